/// How the server does, for machines that watch it: health and metrics. Looks at every room,
/// changes nothing.
@NullMarked
package plaza.server.watch;

import org.jspecify.annotations.NullMarked;
