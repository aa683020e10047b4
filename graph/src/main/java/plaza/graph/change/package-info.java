/// How the graph changes: what a caller asks for ([plaza.graph.change.Edit]), what it comes to for
/// one entity ([plaza.graph.change.Change]), and the pure rules between the two.
@NullMarked
package plaza.graph.change;

import org.jspecify.annotations.NullMarked;
