/// Who uses a service, without knowing who: pseudonymous active users, counted at the gateway.
///
/// A pseudonym is kept only as a keyed hash with a secret of its service, together with the first
/// and the last day it was seen; the secret is forgotten when the service retires, and with it
/// everything that could tell one user from another. What leaves are counts of 10 and more.
@NullMarked
package plaza.programme.usage;

import org.jspecify.annotations.NullMarked;
