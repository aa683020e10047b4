/// From NGSI-LD's representations of entities to the graph's words: normalized, concise and
/// simplified input, fragments for updates and merges, temporal evolutions. Knows contexts; knows
/// no HTTP, and asks the graph nothing.
@NullMarked
package plaza.ngsild.parse;

import org.jspecify.annotations.NullMarked;
