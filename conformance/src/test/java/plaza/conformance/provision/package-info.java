/// Clauses 5.6.1 to 5.6.10 and 5.6.17 to 5.6.21: how entities and attributes come, change and go.
@NullMarked
package plaza.conformance.provision;

import org.jspecify.annotations.NullMarked;
