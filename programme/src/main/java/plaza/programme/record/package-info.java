/// What the programme keeps about one need, challenge, pilot: a dossier of fields in a state, and
/// how it lies in the graph as an entity.
///
/// Knows nothing of procedures, roles or people; reads through the ledger's reader and turns
/// changes into edits, and never writes itself.
@NullMarked
package plaza.programme.record;

import org.jspecify.annotations.NullMarked;
