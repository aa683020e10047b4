/// What people follow and what they were told of it.
@NullMarked
package plaza.portal.notice;

import org.jspecify.annotations.NullMarked;
