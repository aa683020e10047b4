/// How this room keeps its records: as entities of private types in the system tenant, each change
/// in one write with its audit entry, all of them at hand in memory. Knows no particular record.
@NullMarked
package plaza.access.record;

import org.jspecify.annotations.NullMarked;
