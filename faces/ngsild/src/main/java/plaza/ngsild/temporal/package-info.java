/// The temporal query language (clause 4.11) and aggregation (clause 4.5.19): which stretch of
/// time, which periods of it, and what the values of a period come to. Knows no HTTP.
@NullMarked
package plaza.ngsild.temporal;

import org.jspecify.annotations.NullMarked;
