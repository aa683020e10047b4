/// What opens data without a person at hand: keys, and the grants that say how far they reach.
/// Decides nothing about requests: the policy reads what is kept here.
@NullMarked
package plaza.access.key;

import org.jspecify.annotations.NullMarked;
