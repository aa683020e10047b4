/// Islands: the city's other systems, each connected by a link that the [plaza.links.LinkDesk]
/// keeps. What arrives passes a durable inbox and a mapping on its way to the ledger; what cannot
/// be used waits as a dead letter with its reason; a link is healthy while its data is fresh.
///
/// Must not write except through the ledger, and knows no face. Kinds of links do not know each
/// other; each lives in a package of its own beside [plaza.links.kind].
@NullMarked
package plaza.links;

import org.jspecify.annotations.NullMarked;
