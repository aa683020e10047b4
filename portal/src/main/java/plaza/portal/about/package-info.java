/// Where the city's data come from, what was read and what was kept aside. Knows links by their
/// health and their dead letters.
@NullMarked
package plaza.portal.about;

import org.jspecify.annotations.NullMarked;
