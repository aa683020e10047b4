/// What was learned, failures included: a lesson for everything that ended, findable by the next
/// who tries.
@NullMarked
package plaza.programme.lesson;

import org.jspecify.annotations.NullMarked;
