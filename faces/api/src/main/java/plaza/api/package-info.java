/// Plaza's own API under `/api/v1`, one package for each subject, and its description at
/// `/openapi`. Parses and represents; the rooms behind decide.
@NullMarked
package plaza.api;

import org.jspecify.annotations.NullMarked;
