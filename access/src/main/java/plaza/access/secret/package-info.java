/// Making, hashing and judging secrets: random tokens and passwords. Keeps none.
@NullMarked
package plaza.access.secret;

import org.jspecify.annotations.NullMarked;
