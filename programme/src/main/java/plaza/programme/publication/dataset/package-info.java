/// Everything of the programme that anybody may have, kind of record by kind of record: without
/// personal data and without small cells (I14).
@NullMarked
package plaza.programme.publication.dataset;

import org.jspecify.annotations.NullMarked;
