/// The one way in and the one way out.
///
/// [Ledger] is the only path by which the graph changes; acknowledged means synced to disk.
/// [Reader] is the only path by which it is read, narrowed to what the reader may see. [Feed] tells
/// in order what changed; every consequence starts there, none in a request handler. Nothing here
/// knows a store engine, a face or a protocol.
@NullMarked
package plaza.ledger;

import org.jspecify.annotations.NullMarked;
