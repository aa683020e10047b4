/// What people need: the list, a need's page, the form to state one. Speaks to the programme's
/// [plaza.programme.demand.NeedDesk] in the visitor's name.
@NullMarked
package plaza.portal.need;

import org.jspecify.annotations.NullMarked;
