/// Context sources: who else has what, how they are registered and found (clauses 4.3.6, 5.9, 5.10,
/// 5.12). Knows nothing of HTTP and calls nobody: asking the sources is another's work.
@NullMarked
package plaza.ngsild.source;

import org.jspecify.annotations.NullMarked;
