/// The mayor's page: what the programme comes to, each figure with its window, its n and the
/// records behind it. Works nothing out: every number is one of the programme's.
@NullMarked
package plaza.portal.mayor;

import org.jspecify.annotations.NullMarked;
