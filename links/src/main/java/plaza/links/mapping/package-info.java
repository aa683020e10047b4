/// From what an island said to edits of the city: a JSLT expression, and the vocabulary that turns
/// its short names into full ones. Pure functions with limits; nothing here writes.
///
/// JSLT speaks Jackson 2, which stays behind [plaza.links.mapping.JsltExpression].
@NullMarked
package plaza.links.mapping;

import org.jspecify.annotations.NullMarked;
