package plaza.ngsild.http;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import plaza.graph.Value;
import plaza.graph.query.Query;

/// The entities that one query found, so that its pages fit together whatever is written between
/// them (clauses 4.5.25, 4.3.6.7, 5.5.14). Safe for many threads.
final class EntityMap {
  /// Stands for what is held here.
  static final String HERE = "@none";

  private final String id;
  private final String owner;
  private final Query query;
  private final Map<String, List<String>> entities;
  private final Map<String, String> linkedMaps;
  private volatile Instant expiresAt;

  /// @param owner tenant, branch and actor, to whom alone it shows
  /// @param entities ids, and where each is known: registrations, or [#HERE]
  EntityMap(
      String id,
      String owner,
      Query query,
      Map<String, List<String>> entities,
      Map<String, String> linkedMaps,
      Instant expiresAt) {
    this.id = id;
    this.owner = owner;
    this.query = query;
    this.entities = new LinkedHashMap<>(entities);
    this.linkedMaps = Map.copyOf(linkedMaps);
    this.expiresAt = expiresAt;
  }

  String id() {
    return id;
  }

  String owner() {
    return owner;
  }

  Query query() {
    return query;
  }

  Instant expiresAt() {
    return expiresAt;
  }

  void expireAt(Instant at) {
    expiresAt = at;
  }

  synchronized int size() {
    return entities.size();
  }

  /// Some ids, in the order in which they were found.
  synchronized List<String> ids(int from, int most) {
    return new ArrayList<>(entities.keySet().stream().skip(from).limit(most).toList());
  }

  synchronized void remove(Collection<String> gone) {
    gone.forEach(entities::remove);
  }

  /// Clause 5.2.39.
  synchronized Value document() {
    var found = new LinkedHashMap<String, Value>();
    entities.forEach((entity, sources) -> found.put(entity, Value.of(sources)));
    var linked = new LinkedHashMap<String, Value>();
    linkedMaps.forEach((source, map) -> linked.put(source, Value.of(map)));
    var members = new LinkedHashMap<String, Value>();
    members.put("id", Value.of(id));
    members.put("type", Value.of("EntityMap"));
    members.put("expiresAt", Value.of(expiresAt.toString()));
    members.put("entityMap", new Value.Struct(found));
    members.put("linkedMaps", new Value.Struct(linked));
    return new Value.Struct(members);
  }
}
