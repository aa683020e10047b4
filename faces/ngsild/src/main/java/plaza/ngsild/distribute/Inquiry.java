package plaza.ngsild.distribute;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Names;
import plaza.graph.query.Condition;
import plaza.graph.query.Query;
import plaza.graph.query.Sight;
import plaza.ledger.Actor;
import plaza.ngsild.source.Ask;
import plaza.ngsild.source.Operation;
import plaza.ngsild.source.SourceFilter;

/// A question to this broker and its sources together.
///
/// @param query what is asked, understood
/// @param written the filters as the caller wrote them, as URL parameters: `q`, `georel` and its
///   companions, `scopeQ`, `expandValues`
/// @param datasetIds of the instances wanted; empty for all
/// @param csf which sources may be asked
/// @param split whether one entity's attributes may lie in several places (`splitEntities`); null
///   when the caller does not say
/// @param document whether it came as a Query document (clause 6.23), as it then goes on to sources
///   that take one
/// @param map the entity map that says whom to ask for what; null when none does
public record Inquiry(
    Passage passage,
    Actor actor,
    Address address,
    Query query,
    Map<String, String> written,
    Set<String> datasetIds,
    @Nullable SourceFilter csf,
    @Nullable Boolean split,
    boolean document,
    @Nullable EntityMapping map) {
  public Inquiry {
    written = Map.copyOf(written);
    datasetIds = Set.copyOf(datasetIds);
  }

  /// One that asks for entities by identity and type only.
  public static Inquiry of(Passage passage, Actor actor, Address address, Query query) {
    return new Inquiry(passage, actor, address, query, Map.of(), Set.of(), null, null, false, null);
  }

  /// The same caller's question about something else.
  Inquiry about(Query other) {
    return new Inquiry(passage, actor, address, other, Map.of(), Set.of(), csf, split, false, null);
  }

  /// The same with an entity map in use.
  public Inquiry by(@Nullable EntityMapping newMap) {
    return new Inquiry(
        passage, actor, address, query, written, datasetIds, csf, split, document, newMap);
  }

  /// The same about entities of these ids.
  public Inquiry only(Query some) {
    return new Inquiry(
        passage, actor, address, some, written, datasetIds, csf, split, document, map);
  }

  boolean hasFilters() {
    return query.condition() != null
        || query.geo() != null
        || query.scope() != null
        || !query.attributes().isEmpty();
  }

  Ask ask(Set<Operation> operations, Sight sight) {
    return new Ask(
        operations,
        query.selectors(),
        needed(sight),
        datasetIds,
        query.scope(),
        query.geo(),
        null,
        csf,
        passage.passed());
  }

  /// The attributes that the filters are about.
  Set<String> judged() {
    var names = new LinkedHashSet<>(query.attributes());
    if (query.condition() != null) named(query.condition(), names);
    if (query.geo() != null) names.add(query.geo().property());
    return names;
  }

  /// The attributes that must be known to answer; empty for all of them.
  private List<String> needed(Sight sight) {
    if (query.attributes().isEmpty()) return List.of();
    var names = judged();
    if (sight.views().stream().anyMatch(view -> view.area() != null)) names.add(Names.LOCATION);
    return List.copyOf(names);
  }

  private static void named(Condition condition, Set<String> names) {
    switch (condition) {
      case Condition.And(var parts) -> parts.forEach(part -> named(part, names));
      case Condition.Or(var parts) -> parts.forEach(part -> named(part, names));
      case Condition.Linked(var path, _, _) -> names.add(path.attribute());
      case Condition.Exists(var path) -> names.add(path.attribute());
      case Condition.Test(var path, _, _) -> names.add(path.attribute());
    }
  }
}
