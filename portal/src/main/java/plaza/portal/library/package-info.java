/// What the programme left behind for everybody: the services that run, and what was learned.
@NullMarked
package plaza.portal.library;

import org.jspecify.annotations.NullMarked;
