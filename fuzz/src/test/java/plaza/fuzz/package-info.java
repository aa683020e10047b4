/// The parsers that strangers' bytes reach, given bytes by chance that learn from what they set off
/// (Jazzer): every input is refused in a sentence or understood, soon, and what is understood reads
/// the same when it is written. Each test stands in the package of the parser it is about; here is
/// what they share. Knows the rooms `json`, `faces/ngsild` and `faces/api`; nobody knows it.
@NullMarked
package plaza.fuzz;

import org.jspecify.annotations.NullMarked;
