/// Where messages become part of the city, exactly once: readings, the marks of what was seen, dead
/// letters and counters are one commit.
///
/// Knows mappings and the ledger; knows no protocol. One [plaza.links.inbox.DurableInbox] per link.
@NullMarked
package plaza.links.inbox;

import org.jspecify.annotations.NullMarked;
