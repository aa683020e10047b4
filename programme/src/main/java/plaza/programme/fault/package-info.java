/// Faults: what is broken, reported to whoever mends it. Open311's service requests and services.
///
/// A fault is no need: it asks for something that was there, a need for something that was not.
/// Neither becomes the other but by a step that somebody takes and the author is told of. Knows
/// needs, and no HTTP.
@NullMarked
package plaza.programme.fault;

import org.jspecify.annotations.NullMarked;
