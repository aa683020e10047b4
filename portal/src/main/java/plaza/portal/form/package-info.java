/// Forms as people fill them in: which fields they have, what stands in them, and what was written
/// as the programme takes it. Knows no kind of record.
@NullMarked
package plaza.portal.form;

import org.jspecify.annotations.NullMarked;
