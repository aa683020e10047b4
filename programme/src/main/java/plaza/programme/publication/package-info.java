/// What the programme publishes for everybody in the standards of its field: who publishes, what of
/// a record is public, and how it was at each public step. Knows no web and no one who asks: what
/// is here is what anybody may read.
@NullMarked
package plaza.programme.publication;

import org.jspecify.annotations.NullMarked;
