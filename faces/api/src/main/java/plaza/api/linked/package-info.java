/// Records as linked data: what the vocabularies of the W3C and the EU call them.
@NullMarked
package plaza.api.linked;

import org.jspecify.annotations.NullMarked;
