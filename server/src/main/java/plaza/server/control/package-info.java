/// How a command of the same machine reaches a running server: a port on loopback and a token that
/// only the owner of the data folder can read. Knows files and sockets.
@NullMarked
package plaza.server.control;

import org.jspecify.annotations.NullMarked;
