/// What pilots try and make in the city: their own entities, and branches in which the city's past
/// readings happen again. Knows no face; what a pilot may see is asked of the policy with each
/// read.
@NullMarked
package plaza.programme.sandbox;

import org.jspecify.annotations.NullMarked;
