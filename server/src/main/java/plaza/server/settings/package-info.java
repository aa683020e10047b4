/// What an operator can set: every setting with its name, kind, default and one sentence, and the
/// four places a value may come from. Knows files and the environment, not what the values are for.
@NullMarked
package plaza.server.settings;

import org.jspecify.annotations.NullMarked;
