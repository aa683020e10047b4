/// NGSI-LD's HTTP binding (clause 6): routes, negotiation, contexts, tenants, errors. A handler
/// parses, asks the ledger or the reader, and represents; it holds no rule of its own. Knows
/// [plaza.web.Exchange] and never the web framework.
@NullMarked
package plaza.ngsild.http;

import org.jspecify.annotations.NullMarked;
