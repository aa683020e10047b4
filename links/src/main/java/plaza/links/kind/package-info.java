/// What a new kind of link implements, and what it is given.
///
/// A [plaza.links.kind.LinkKind] reads its settings and opens a [plaza.links.kind.Link]; the link
/// takes [plaza.links.kind.Message]s from an island and hands them to its [plaza.links.kind.Inbox].
/// It knows nothing of mappings, entities or the ledger.
@NullMarked
package plaza.links.kind;

import org.jspecify.annotations.NullMarked;
