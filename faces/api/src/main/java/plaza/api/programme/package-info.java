/// `/api/v1` of the innovation programme: records opened, read and moved by the steps of their
/// procedures. What may be done and seen is the programme's to say.
@NullMarked
package plaza.api.programme;

import org.jspecify.annotations.NullMarked;
