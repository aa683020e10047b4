/// From the graph's words to NGSI-LD's representations of entities and their evolution: normalized,
/// concise, simplified, GeoJSON, temporal values, aggregates. Writes straight to JSON, with names
/// compacted by the reader's context. Knows no HTTP, and asks the graph nothing.
@NullMarked
package plaza.ngsild.represent;

import org.jspecify.annotations.NullMarked;
