/// Distributed operations (clause 4.3.6): requests go on to registered context sources, and what
/// they answer becomes one answer with what is held here.
///
/// Knows registrations, the graph and HTTP as a client; nothing of the web server and its routes.
@NullMarked
package plaza.ngsild.distribute;

import org.jspecify.annotations.NullMarked;
