/// JSON-LD contexts (clauses 4.4 and 5.5.7): which short name stands for which IRI, and back.
///
/// The core context is built in and always has the last word. Remote contexts come through a
/// [plaza.ngsild.context.ContextFetcher]; nothing here knows HTTP or entities.
@NullMarked
package plaza.ngsild.context;

import org.jspecify.annotations.NullMarked;
