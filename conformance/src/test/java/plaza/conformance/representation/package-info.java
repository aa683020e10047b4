/// Clauses 4.5 to 4.8: what entities look like on the wire.
@NullMarked
package plaza.conformance.representation;

import org.jspecify.annotations.NullMarked;
