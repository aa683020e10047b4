/// How the server logs: everything ends in the JDK's logging, and here on standard error as one
/// JSON object on one line. Knows nothing of the city.
@NullMarked
package plaza.server.log;

import org.jspecify.annotations.NullMarked;
