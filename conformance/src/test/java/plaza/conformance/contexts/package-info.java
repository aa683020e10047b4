/// Clauses 4.4, 5.5.7 and 5.13: what names mean, and where that is kept.
@NullMarked
package plaza.conformance.contexts;

import org.jspecify.annotations.NullMarked;
