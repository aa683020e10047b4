/// A load generator that costs little beside the server it loads: raw HTTP/1.1 over kept sockets.
@NullMarked
package plaza.bench.load;

import org.jspecify.annotations.NullMarked;
