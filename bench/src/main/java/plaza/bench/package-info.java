/// Measures Plaza: whole-server loads over HTTP on a server of its own, and JMH for single parts.
/// Nothing needs this room.
@NullMarked
package plaza.bench;

import org.jspecify.annotations.NullMarked;
