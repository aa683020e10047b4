/// What one can ask of the graph, and the one place that decides whether an entity is an answer.
///
/// A store only narrows; [plaza.graph.query.Evaluator] decides, for queries, subscriptions,
/// branches and grants alike, so that every engine answers the same. Clauses are of NGSI-LD V1.9.1.
@NullMarked
package plaza.graph.query;

import org.jspecify.annotations.NullMarked;
