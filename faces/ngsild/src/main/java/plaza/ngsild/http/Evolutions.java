package plaza.ngsild.http;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Entity;
import plaza.ledger.Actor;
import plaza.ledger.Reader;
import plaza.ledger.store.Recorded;
import plaza.ngsild.temporal.Aggregate;
import plaza.ngsild.temporal.Periods;

/// Gathers the evolution of entities from the reader, as far as it is asked for.
final class Evolutions {
  /// Instances of one attribute in one answer; what is beyond comes with the next request (clause
  /// 6.3.10).
  static final int INSTANCES_PER_ATTRIBUTE = 10_000;

  private static final int INSTANCES_AGGREGATED = 5_000_000;

  private final Reader reader;
  private final Actor actor;
  private final Address address;
  private final TemporalAsk asked;

  /// @param histories by expanded name; empty when aggregates are asked for
  /// @param aggregates by expanded name
  /// @param cut whether some history goes on where this one ends
  record Evolution(
      Entity entity,
      Map<String, List<Recorded>> histories,
      Map<String, Aggregate> aggregates,
      boolean cut) {
    boolean isEmpty() {
      return histories.isEmpty() && aggregates.isEmpty();
    }
  }

  Evolutions(Reader reader, Actor actor, Address address, TemporalAsk asked) {
    this.reader = reader;
    this.actor = actor;
    this.address = address;
    this.asked = asked;
  }

  Evolution of(Entity entity) {
    var histories = new LinkedHashMap<String, List<Recorded>>();
    var aggregates = new LinkedHashMap<String, Aggregate>();
    boolean cut = false;
    for (var name : names(entity)) {
      if (!asked.how().projection().shows(name)) continue;
      if (asked.form() == TemporalAsk.Form.AGGREGATES) {
        var aggregate = aggregate(entity, name);
        if (!aggregate.isEmpty()) aggregates.put(name, aggregate);
        continue;
      }
      var history = history(entity, name);
      if (history.size() > limit()) {
        cut = true;
        history = history.subList(0, limit());
      }
      if (!history.isEmpty()) histories.put(name, history);
    }
    return new Evolution(entity, histories, aggregates, cut);
  }

  private Collection<String> names(Entity entity) {
    return asked.names().isEmpty()
        ? reader.historyAttributes(actor, address, entity.id())
        : asked.names();
  }

  private int limit() {
    int lastN = asked.when().lastN();
    return lastN == 0 ? INSTANCES_PER_ATTRIBUTE : Math.min(lastN, INSTANCES_PER_ATTRIBUTE);
  }

  private List<Recorded> history(Entity entity, String name) {
    int lastN = asked.when().lastN();
    int wanted =
        lastN != 0 && lastN <= INSTANCES_PER_ATTRIBUTE ? lastN : INSTANCES_PER_ATTRIBUTE + 1;
    return history(entity, name, lastN != 0, wanted);
  }

  /// All instances of an attribute in the stretch of time, for conditions on them.
  List<Recorded> history(Entity entity, String name, boolean newestFirst, int limit) {
    var found =
        reader.history(actor, address, entity, name, asked.when().span(), newestFirst, limit);
    if (asked.how().datasetIds() == null) return found;
    return found.stream().filter(one -> asked.shows(one.attribute().datasetId())).toList();
  }

  private Aggregate aggregate(Entity entity, String name) {
    var aggregate = newAggregate();
    for (var one : history(entity, name, false, INSTANCES_AGGREGATED)) {
      var at = asked.when().time(one.attribute());
      if (at != null && one.attribute().deletedAt() == null)
        aggregate.add(Periods.micros(at), one.attribute());
    }
    aggregate.end();
    return aggregate;
  }

  Aggregate newAggregate() {
    var span = asked.when().span();
    return new Aggregate(
        asked.methods(),
        asked.period(),
        micros(span.from()),
        span.until() == null ? Long.MAX_VALUE : Periods.micros(span.until()));
  }

  private static @Nullable Long micros(java.time.@Nullable Instant at) {
    return at == null ? null : (Long) Periods.micros(at);
  }

  /// Aggregates of one attribute over many entities at once, when that gives the same.
  @Nullable List<Evolution> allAtOnce(List<Entity> entities) {
    if (!canReadSeries(entities)) return null;
    var name = asked.names().getFirst();
    var byId = new LinkedHashMap<String, Aggregate>();
    for (var entity : entities) byId.put(entity.id(), newAggregate());
    reader.series(actor, address, name, asked.when().span(), new Sorting(byId));
    var evolutions = new ArrayList<Evolution>(entities.size());
    for (var entity : entities) {
      var aggregate = java.util.Objects.requireNonNull(byId.get(entity.id()));
      aggregate.end();
      evolutions.add(
          new Evolution(
              entity, Map.of(), aggregate.isEmpty() ? Map.of() : Map.of(name, aggregate), false));
    }
    return evolutions;
  }

  /// Hands each reading to its entity's aggregate.
  private static final class Sorting implements plaza.ledger.store.SeriesVisitor {
    private final Map<String, Aggregate> byId;
    private @Nullable String currentId;
    private @Nullable Aggregate current;

    Sorting(Map<String, Aggregate> byId) {
      this.byId = byId;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the same object for all readings of an entity
    public void reading(String entityId, long epochMicros, double value) {
      if (entityId != currentId) {
        currentId = entityId;
        current = byId.get(entityId);
      }
      if (current != null) current.add(epochMicros, value);
    }
  }

  /// Series hold plain numbers by event time: right when that is what every entity has.
  private boolean canReadSeries(List<Entity> entities) {
    var clock = asked.when().span().clock();
    if (asked.names().size() != 1
        || entities.size() < 20
        || !address.isMain()
        || address.at() != null
        || asked.how().datasetIds() != null
        || (clock != plaza.ledger.store.Span.Clock.OBSERVED
            && clock != plaza.ledger.store.Span.Clock.EVENT)) return false;
    var name = asked.names().getFirst();
    for (var entity : entities) {
      var instances = entity.instances(name);
      if (instances.size() != 1) return false;
      var only = instances.getFirst();
      if (only.datasetId() != null
          || only.observedAt() == null
          || !(only.content() instanceof plaza.graph.Content.Property(var value))
          || Double.isNaN(value.asNumber())) return false;
    }
    return true;
  }
}
