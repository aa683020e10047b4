/// The server: reads the configuration, opens every room, joins them with `new` in one place
/// ([City]), and serves. Holds no rule of the city, of a standard or of the programme.
@NullMarked
package plaza.server;

import org.jspecify.annotations.NullMarked;
