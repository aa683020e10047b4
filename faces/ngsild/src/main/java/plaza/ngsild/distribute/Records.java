package plaza.ngsild.distribute;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.query.Sight;
import plaza.ledger.store.Position;
import plaza.ledger.store.Recorded;
import plaza.ledger.store.Span;

/// What sources recorded of entities: evolutions, each as an entity with any number of instances of
/// an attribute (clauses 5.7.3.4, 5.7.4.4). Instances keep the ids that [Instances] gave them.
public final class Records {
  /// No commit of ours.
  private static final Position ELSEWHERE = Position.START;

  private final Span span;
  private final Map<String, Entity> equals = new LinkedHashMap<>();
  private final Map<String, Entity> auxiliary = new LinkedHashMap<>();

  Records(Span span) {
    this.span = span;
  }

  /// Adds what a source says, as far as it shows.
  void add(Entity evolution, boolean adds, Sight sight) {
    sight
        .of(evolution)
        .ifPresent(shown -> (adds ? auxiliary : equals).merge(shown.id(), shown, this::together));
  }

  private Entity together(Entity one, Entity other) {
    var instances = new ArrayList<>(one.attributes());
    instances.addAll(other.attributes());
    var types = new LinkedHashSet<>(one.types());
    types.addAll(other.types());
    var scopes = new LinkedHashSet<>(one.scopes());
    scopes.addAll(other.scopes());
    return new Entity(
        one.id(),
        List.copyOf(types),
        List.copyOf(scopes),
        instances,
        one.createdAt(),
        one.modifiedAt(),
        null,
        0);
  }

  public Set<String> ids() {
    var ids = new LinkedHashSet<>(equals.keySet());
    ids.addAll(auxiliary.keySet());
    return ids;
  }

  /// The entity with all instances that sources recorded.
  public Optional<Entity> find(String id) {
    var known = equals.get(id);
    var more = auxiliary.get(id);
    if (known == null) return Optional.ofNullable(more);
    return Optional.of(more == null ? known : together(known, more));
  }

  /// Names of the attributes that sources recorded of an entity.
  public Collection<String> names(String id) {
    return find(id)
        .map(entity ->
            entity.attributes().stream()
                .map(Attribute::name)
                .collect(Collectors.toCollection(LinkedHashSet::new)))
        .orElseGet(LinkedHashSet::new);
  }

  /// What is recorded here and at sources, in the order of time.
  ///
  /// Of two with the same time and datasetId the newer one stays (clause 4.5.5.3); what auxiliary
  /// sources recorded counts only where nobody else has that moment.
  ///
  /// @param here in the order of time, from the beginning or from the end
  public List<Recorded> together(
      List<Recorded> here,
      String id,
      String name,
      boolean newestFirst,
      int limit,
      Predicate<Recorded> wanted) {
    var instances = new LinkedHashMap<Moment, Recorded>();
    for (var one : here) instances.put(Moment.of(one.attribute(), span), one);
    int index = 0;
    for (var attribute : instances(equals.get(id), name)) {
      var one = new Recorded(attribute, ELSEWHERE, index++);
      if (wanted.test(one))
        instances.merge(
            Moment.of(attribute, span),
            one,
            (known, other) ->
                Union.newer(known.attribute(), other.attribute()).equals(known.attribute())
                    ? known
                    : other);
    }
    for (var attribute : instances(auxiliary.get(id), name)) {
      var one = new Recorded(attribute, ELSEWHERE, index++);
      if (wanted.test(one)) instances.putIfAbsent(Moment.of(attribute, span), one);
    }
    Comparator<Recorded> byTime =
        Comparator.comparing(
            one -> span.time(one.attribute()), Comparator.nullsFirst(Comparator.naturalOrder()));
    return instances.values().stream()
        .sorted(newestFirst ? byTime.reversed() : byTime)
        .limit(limit)
        .toList();
  }

  private List<Attribute> instances(@Nullable Entity evolution, String name) {
    return evolution == null
        ? List.of()
        : evolution.attributes().stream()
            .filter(one -> one.name().equals(name) && isTimed(one) && span.contains(one))
            .toList();
  }

  private boolean isTimed(Attribute attribute) {
    return span.clock() != Span.Clock.EVENT
        || attribute.observedAt() != null
        || attribute.modifiedAt() != null;
  }

  private record Moment(java.time.@Nullable Instant at, @Nullable String datasetId) {
    static Moment of(Attribute attribute, Span span) {
      return new Moment(span.time(attribute), attribute.datasetId());
    }
  }
}
