/// `/api/v1/links`: islands connected, watched, and their dead letters replayed.
@NullMarked
package plaza.api.link;

import org.jspecify.annotations.NullMarked;
