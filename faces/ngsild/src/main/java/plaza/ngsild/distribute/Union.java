package plaza.ngsild.distribute;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;
import plaza.graph.Attribute;
import plaza.graph.Entity;

/// Makes one entity of what several sources say of it (clauses 4.5.5.2, 4.5.5.3).
final class Union {
  private record Instance(String name, @Nullable String datasetId) {}

  @FunctionalInterface
  private interface Moment {
    @Nullable Instant of(Entity version);
  }

  private Union() {}

  /// @param equals versions by sources that are equals; where nothing else decides, the earlier one
  ///   does
  /// @param auxiliary versions that only add attributes which no equal has
  static Entity of(List<Entity> equals, List<Entity> auxiliary, Instant now) {
    if (equals.size() == 1 && auxiliary.isEmpty()) return equals.getFirst();
    var all = new ArrayList<>(equals);
    all.addAll(auxiliary);
    boolean conflicting = all.stream().map(Entity::expiresAt).distinct().count() > 1;
    var instances = new LinkedHashMap<Instance, Attribute>();
    for (var version : equals) add(version, conflicting, Set.of(), instances, now);
    for (var version : auxiliary) {
      var known = new HashSet<String>();
      instances.keySet().forEach(instance -> known.add(instance.name));
      add(version, conflicting, known, instances, now);
    }
    var types = new LinkedHashSet<String>();
    var scopes = new LinkedHashSet<String>();
    for (var version : all) {
      types.addAll(version.types());
      scopes.addAll(version.scopes());
    }
    return new Entity(
        all.getFirst().id(),
        List.copyOf(types),
        List.copyOf(scopes),
        List.copyOf(instances.values()),
        best(all, Entity::createdAt, Union::earlier),
        best(all, Entity::modifiedAt, Union::later),
        expiry(all),
        0);
  }

  private static void add(
      Entity version,
      boolean conflicting,
      Set<String> except,
      Map<Instance, Attribute> instances,
      Instant now) {
    for (var attribute : version.attributes()) {
      if (except.contains(attribute.name())) continue;
      var bounded = conflicting ? bounded(attribute, version.expiresAt()) : attribute;
      var expiresAt = bounded.expiresAt();
      if (expiresAt != null && expiresAt.isBefore(now)) continue;
      instances.merge(new Instance(bounded.name(), bounded.datasetId()), bounded, Union::newer);
    }
  }

  /// Clause 4.5.5.2: an attribute does not outlive the entity that brought it.
  private static Attribute bounded(Attribute attribute, @Nullable Instant entityExpiresAt) {
    var own = attribute.expiresAt();
    if (entityExpiresAt == null || (own != null && own.isBefore(entityExpiresAt))) return attribute;
    return new Attribute(
        attribute.name(),
        attribute.datasetId(),
        attribute.content(),
        attribute.observedAt(),
        attribute.unitCode(),
        attribute.subAttributes(),
        attribute.createdAt(),
        attribute.modifiedAt(),
        attribute.deletedAt(),
        entityExpiresAt);
  }

  /// Clause 4.5.5.3.
  static Attribute newer(Attribute one, Attribute other) {
    var order = Comparator.nullsFirst(Comparator.<Instant>naturalOrder());
    int observed = Objects.compare(one.observedAt(), other.observedAt(), order);
    if (observed != 0) return observed > 0 ? one : other;
    int modified = Objects.compare(one.modifiedAt(), other.modifiedAt(), order);
    // Of an evolution: a deletion keeps the times of what it ends.
    if (modified == 0 && one.deletedAt() == null && other.deletedAt() != null) return other;
    return modified >= 0 ? one : other;
  }

  /// Clause 4.5.5.3: none when a version has none, else the last one.
  private static @Nullable Instant expiry(List<Entity> versions) {
    for (var version : versions) if (version.expiresAt() == null) return null;
    return best(versions, Entity::expiresAt, Union::later);
  }

  private static @Nullable Instant best(
      List<Entity> versions, Moment moment, BinaryOperator<Instant> better) {
    Instant best = null;
    for (var version : versions) {
      var at = moment.of(version);
      if (at != null) best = best == null ? at : better.apply(best, at);
    }
    return best;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
