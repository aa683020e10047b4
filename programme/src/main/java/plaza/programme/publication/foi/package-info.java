/// Who applied to which call and what came of it, in the thirteen columns that a
/// freedom-of-information request asks for.
@NullMarked
package plaza.programme.publication.foi;

import org.jspecify.annotations.NullMarked;
