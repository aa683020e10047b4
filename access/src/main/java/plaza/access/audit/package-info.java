/// What happened, by whom, in an order that nobody can change unnoticed: each entry carries the
/// hash of the one before it. Knows nothing of people or keys; other rooms keep chains of their own
/// with the same class.
@NullMarked
package plaza.access.audit;

import org.jspecify.annotations.NullMarked;
