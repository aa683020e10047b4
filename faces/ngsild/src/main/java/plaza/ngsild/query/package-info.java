/// From NGSI-LD's query languages (clauses 4.9 to 4.11, 4.17, 4.19, 4.21) to the graph's
/// [plaza.graph.query.Query]. Subscriptions, queries and purges read the same texts here. Knows
/// contexts; decides nothing about entities.
@NullMarked
package plaza.ngsild.query;

import org.jspecify.annotations.NullMarked;
