/// Records of every kind, and what people with roles do with them: a page and a list for each kind,
/// and plain forms for the steps that the programme says somebody can take. Which fields a form has
/// is data (`forms.json`). Whether a step may be taken is decided by the programme alone.
@NullMarked
package plaza.portal.record;

import org.jspecify.annotations.NullMarked;
