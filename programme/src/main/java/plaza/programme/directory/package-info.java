/// Which records there are, small enough for memory: found by field, words and place, in the order
/// people want, with how many there are.
///
/// Fed by the record feed; gives ids, never what a record says. What a caller may see is told by a
/// clearance, so that nobody can feel for hidden fields with filters or counts.
@NullMarked
package plaza.programme.directory;

import org.jspecify.annotations.NullMarked;
