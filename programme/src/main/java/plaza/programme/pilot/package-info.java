/// Pilots: their agreement, indicators, grants of data, evaluation and gate.
///
/// What a pilot reached is measured, never typed; who decides did not propose and has no tie. Keys
/// and the enforcement of grants belong to the access room, reached through `GrantBinding`.
@NullMarked
package plaza.programme.pilot;

import org.jspecify.annotations.NullMarked;
