/// Decisions against needs, with reasons, and their authors' one appeal, which somebody else
/// decides. Knows needs as records only.
@NullMarked
package plaza.programme.moderation;

import org.jspecify.annotations.NullMarked;
