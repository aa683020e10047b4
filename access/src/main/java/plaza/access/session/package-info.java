/// Signing in and staying so: sessions, failed attempts, the one-time token that makes the first
/// administrator. Knows nothing of cookies.
@NullMarked
package plaza.access.session;

import org.jspecify.annotations.NullMarked;
