/// Snapshots (clauses 4.3.7, 5.16): results of queries, frozen in a branch of their own that began
/// empty, with a record beside it that says what they are. Knows no HTTP but that of its
/// notifications.
@NullMarked
package plaza.ngsild.snapshot;

import org.jspecify.annotations.NullMarked;
