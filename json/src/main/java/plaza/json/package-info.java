/// JSON text as graph values, and back. The only room that knows Jackson's parser; the limits on
/// what comes in are here.
@NullMarked
package plaza.json;

import org.jspecify.annotations.NullMarked;
