package plaza.ngsild.http;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plaza.graph.Value;
import plaza.graph.query.Query;
import plaza.ngsild.distribute.EntityMapping;
import plaza.ngsild.distribute.Mapping;

/// The entities that one query found, so that its pages fit together whatever is written between
/// them, and where each is known (clauses 4.5.25, 4.3.6.7, 5.5.14). Safe for many threads.
final class EntityMap implements EntityMapping {
  /// Stands for what is held here.
  static final String HERE = "@none";

  private final String id;
  private final String owner;
  private final Query query;
  private final Map<String, List<String>> entities;
  private final Map<String, String> linkedMaps = new LinkedHashMap<>();
  private final int weight;
  private boolean making;
  private boolean judged = true;
  private volatile Instant expiresAt;

  /// @param owner tenant, branch and actor, to whom alone it shows
  /// @param entities ids, and where each is known: registrations, or [#HERE]
  EntityMap(
      String id, String owner, Query query, Map<String, List<String>> entities, Instant expiresAt) {
    this.id = id;
    this.owner = owner;
    this.query = query;
    this.entities = new LinkedHashMap<>(entities);
    this.weight = entities.size();
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

  /// How many entities it was made with.
  int weight() {
    return weight;
  }

  synchronized int size() {
    return entities.size();
  }

  /// From now on, until it is [#made], it leads everywhere and remembers what is found.
  synchronized EntityMap making() {
    making = true;
    return this;
  }

  synchronized void made() {
    making = false;
  }

  /// Whether the filters of its query have been applied to all that is in it (clause 5.5.9.3).
  synchronized boolean isJudged() {
    return judged;
  }

  synchronized void judged(boolean newJudged) {
    judged = newJudged;
  }

  /// Some ids, in the order in which they were found.
  synchronized List<String> ids(int from, int most) {
    return new ArrayList<>(entities.keySet().stream().skip(from).limit(most).toList());
  }

  /// Those of some ids that are in it.
  synchronized List<String> among(Collection<String> wanted) {
    return wanted.stream().filter(entities::containsKey).distinct().toList();
  }

  synchronized void remove(Collection<String> gone) {
    gone.forEach(entities::remove);
  }

  @Override
  public synchronized boolean leadsTo(String registrationId, String entityId) {
    return making || entities.getOrDefault(entityId, List.of()).contains(registrationId);
  }

  @Override
  public synchronized @Nullable String linked(String registrationId) {
    return linkedMaps.get(registrationId);
  }

  @Override
  public synchronized void link(String registrationId, String location) {
    linkedMaps.put(registrationId, location);
  }

  @Override
  public synchronized void found(String entityId, String where) {
    var known = entities.getOrDefault(entityId, List.of());
    if (known.contains(where)) return;
    var all = new ArrayList<>(known);
    all.add(where);
    entities.put(entityId, List.copyOf(all));
  }

  synchronized Map<String, String> linkedMaps() {
    return new LinkedHashMap<>(linkedMaps);
  }

  /// Clause 5.2.39.
  synchronized Value.Struct document() {
    var found = new LinkedHashMap<String, Value>();
    entities.forEach((entity, sources) -> found.put(entity, Value.of(sources)));
    var linked = new LinkedHashMap<String, Value>();
    linkedMaps.forEach((source, map) -> linked.put(source, Value.of(Mapping.id(map))));
    var members = new LinkedHashMap<String, Value>();
    members.put("id", Value.of(id));
    members.put("type", Value.of("EntityMap"));
    members.put("expiresAt", Value.of(expiresAt.toString()));
    members.put("entityMap", new Value.Struct(found));
    members.put("linkedMaps", new Value.Struct(linked));
    return new Value.Struct(members);
  }
}
