/// Demand: what people want, who shares it, and which needs belong together.
///
/// A support belongs to one need and one person-key for ever; needs are clustered, never merged.
/// Knows nothing of calls and pilots but the state of the records that a need links to.
@NullMarked
package plaza.programme.demand;

import org.jspecify.annotations.NullMarked;
