/// Indicators: what is measured, how, and what the data say. Definitions are data; values come from
/// series of the graph and from nowhere else.
///
/// Knows nothing of pilots, people or procedures. The exact arithmetic is written down in
/// `docs/indicators.md`, so that anybody can compute the same number.
@NullMarked
package plaza.programme.indicator;

import org.jspecify.annotations.NullMarked;
