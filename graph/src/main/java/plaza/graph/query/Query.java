package plaza.graph.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which entities are wanted. Every part that is present must hold.
///
/// @param selectors alternatives by identity and type (clause 5.2.33); empty selects every entity
/// @param attributes expanded names of which the entity must have at least one; empty asks nothing
/// @param condition the `q` of clause 4.9
/// @param geo the geo-query of clause 4.10
/// @param scope the scope query of clause 4.19
public record Query(
    List<Selector> selectors,
    List<String> attributes,
    @Nullable Condition condition,
    @Nullable GeoFilter geo,
    @Nullable ScopeExpression scope) {

  public static final Query EVERYTHING = new Query(List.of(), List.of(), null, null, null);

  public Query {
    selectors = List.copyOf(selectors);
    attributes = List.copyOf(attributes);
  }

  public static Query type(String type) {
    return of(Selector.type(type));
  }

  public static Query of(Selector selector) {
    return new Query(List.of(selector), List.of(), null, null, null);
  }

  public Query where(@Nullable Condition newCondition) {
    return new Query(selectors, attributes, newCondition, geo, scope);
  }

  public Query where(@Nullable GeoFilter newGeo) {
    return new Query(selectors, attributes, condition, newGeo, scope);
  }

  public Query having(List<String> newAttributes) {
    return new Query(selectors, newAttributes, condition, geo, scope);
  }
}
