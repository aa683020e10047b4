/// Clauses 5.6.11 to 5.6.16, 5.7.3 and 5.7.4: what entities were.
@NullMarked
package plaza.conformance.temporal;

import org.jspecify.annotations.NullMarked;
