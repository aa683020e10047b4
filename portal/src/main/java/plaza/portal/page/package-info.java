/// What all pages share: the frame around them, the assets, how refusals and moments read. Knows
/// JTE; knows no subject.
@NullMarked
package plaza.portal.page;

import org.jspecify.annotations.NullMarked;
