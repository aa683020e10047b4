package plaza.ngsild.source;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.graph.query.GeoFilter;
import plaza.graph.query.Query;
import plaza.graph.query.ScopeExpression;
import plaza.graph.query.Selector;
import plaza.graph.query.TypeSelection;
import plaza.ledger.store.Span;

/// What registrations are looked for (clause 5.12). What is empty or null asks nothing.
///
/// @param operations of which the source must offer one
/// @param selectors the entities, alternatives
/// @param attributes expanded names, of which the source must have one
/// @param datasetIds with which the source must have one in common, if it names any
/// @param span the time asked about, by its clock; null for sources that have the state. EVENT
///   stands for evolutions at any time
/// @param csf the context source filter
/// @param passed aliases of sources the request has passed already; they do not match again
public record Ask(
    Set<Operation> operations,
    List<Selector> selectors,
    List<String> attributes,
    Set<String> datasetIds,
    @Nullable ScopeExpression scope,
    @Nullable GeoFilter geo,
    @Nullable Span span,
    @Nullable SourceFilter csf,
    Set<String> passed) {
  public static final Ask ANYTHING =
      new Ask(Set.of(), List.of(), List.of(), Set.of(), null, null, null, null, Set.of());

  public Ask {
    operations = Set.copyOf(operations);
    selectors = List.copyOf(selectors);
    attributes = List.copyOf(attributes);
    datasetIds = Set.copyOf(datasetIds);
    passed = Set.copyOf(passed);
  }

  /// Who may have entities a query asks for.
  ///
  /// @param attributes expanded names wanted of them; not those its conditions name
  public static Ask of(Operation operation, Query query, List<String> attributes) {
    return new Ask(
        Set.of(operation),
        query.selectors(),
        attributes,
        Set.of(),
        query.scope(),
        query.geo(),
        null,
        null,
        Set.of());
  }

  /// Who may have something of one entity.
  ///
  /// @param types its expanded types, of which the source must have one; empty when unknown
  public static Ask of(
      Operation operation, String entityId, List<String> types, List<String> attributes) {
    var selector =
        new Selector(List.of(entityId), null, types.isEmpty() ? null : TypeSelection.anyOf(types));
    return new Ask(
        Set.of(operation),
        List.of(selector),
        attributes,
        Set.of(),
        null,
        null,
        null,
        null,
        Set.of());
  }

  public Ask datasets(Set<String> newDatasetIds) {
    return new Ask(operations, selectors, attributes, newDatasetIds, scope, geo, span, csf, passed);
  }

  public Ask during(@Nullable Span newSpan) {
    return new Ask(operations, selectors, attributes, datasetIds, scope, geo, newSpan, csf, passed);
  }

  public Ask filtered(@Nullable SourceFilter newCsf) {
    return new Ask(operations, selectors, attributes, datasetIds, scope, geo, span, newCsf, passed);
  }

  public Ask passed(Set<String> aliases) {
    return new Ask(operations, selectors, attributes, datasetIds, scope, geo, span, csf, aliases);
  }
}
