/// The city's programme, from a need to a verdict: the front of this room.
///
/// `Programme` wires the desks and the engine and is what faces and the demo talk to. Procedures
/// are data; the packages below hold what their words mean. Knows no HTTP and no HTML.
@NullMarked
package plaza.programme;

import org.jspecify.annotations.NullMarked;
