/// Signing in and out, and the one-time link that makes the first administrator.
@NullMarked
package plaza.portal.account;

import org.jspecify.annotations.NullMarked;
