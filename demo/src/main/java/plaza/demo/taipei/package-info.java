/// Taipei's open data as entities: places once, 34 days of bike readings as history, and the rest
/// of the last day as a replay. What cannot be read is kept aside with its reason, never invented.
/// Writes as a link does, through the ledger.
@NullMarked
package plaza.demo.taipei;

import org.jspecify.annotations.NullMarked;
