/// Clauses 4.3.6 and 5.9 to 5.12: brokers that know of each other.
@NullMarked
package plaza.conformance.sources;

import org.jspecify.annotations.NullMarked;
