/// A city's programme of several years, invented from a seed and written in bulk: what the load on
/// the programme runs against. Knows nothing of HTTP or of measuring.
@NullMarked
package plaza.bench.world;

import org.jspecify.annotations.NullMarked;
