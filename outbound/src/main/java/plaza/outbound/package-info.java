/// Whom Plaza may call: keeps requests that others define (a link's source, a subscription's
/// receiver) away from this machine and the network behind it, unless the operator allows them.
///
/// Knows addresses only: no protocol, no client, nothing of the city.
@NullMarked
package plaza.outbound;

import org.jspecify.annotations.NullMarked;
