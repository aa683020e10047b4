/// Clause 5.7: how entities, types and attributes are found.
@NullMarked
package plaza.conformance.consumption;

import org.jspecify.annotations.NullMarked;
