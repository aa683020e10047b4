package plaza.ngsild.http;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Content;
import plaza.graph.Entity;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.query.ScopeExpression;
import plaza.ledger.Actor;
import plaza.ledger.Reader;
import plaza.ledger.store.Recorded;
import plaza.ledger.store.Span;
import plaza.ngsild.distribute.Records;
import plaza.ngsild.temporal.Aggregate;
import plaza.ngsild.temporal.Periods;
import plaza.ngsild.temporal.TemporalQuery;

/// Gathers the evolution of entities from the reader, as far as it is asked for.
final class Evolutions {
  /// Instances of one attribute in one answer; what is beyond comes with the next request (clause
  /// 6.3.10).
  static final int INSTANCES_PER_ATTRIBUTE = 10_000;

  /// More of one attribute are not put in order or aggregated at once.
  private static final int INSTANCES_AT_ONCE = 1_000_000;

  private final Reader reader;
  private final Actor actor;
  private final Address address;
  private final TemporalAsk asked;
  private final @Nullable Records elsewhere;
  private final @Nullable ScopeExpression wanted;
  // Asked for once for each attribute of one entity after the other.
  private @Nullable ScopesInForce inForce;

  /// @param histories by expanded name; empty when aggregates are asked for
  /// @param aggregates by expanded name
  /// @param scope how its scopes changed; null when that is not known
  /// @param cut where the shortest of the histories that go on ends; null when all are whole
  record Evolution(
      Entity entity,
      Map<String, List<Recorded>> histories,
      Map<String, Aggregate> aggregates,
      @Nullable List<Recorded> scope,
      @Nullable Instant cut) {
    boolean isEmpty() {
      return histories.isEmpty() && aggregates.isEmpty();
    }

    /// How many instances it holds.
    long size() {
      return histories.values().stream().mapToLong(List::size).sum();
    }

    /// What of it lies on this side of a moment, so that all histories of an answer end alike and
    /// the next request can go on from there.
    Evolution upTo(Instant end, TemporalQuery when) {
      var within = new LinkedHashMap<String, List<Recorded>>();
      histories.forEach((name, history) -> {
        var kept = history.stream().filter(one -> isWithin(when, one, end)).toList();
        if (!kept.isEmpty()) within.put(name, kept);
      });
      return new Evolution(entity, within, aggregates, scope, cut);
    }

    private static boolean isWithin(TemporalQuery when, Recorded one, Instant end) {
      var at = when.time(one.attribute());
      return at == null || (when.lastN() == 0 ? !at.isAfter(end) : !at.isBefore(end));
    }
  }

  Evolutions(Reader reader, Actor actor, Address address, TemporalAsk asked) {
    this(reader, actor, address, asked, null, null);
  }

  /// @param elsewhere what sources recorded of the same entities; null for nothing
  /// @param wanted the scopes of which instances are shown; null for all
  Evolutions(
      Reader reader,
      Actor actor,
      Address address,
      TemporalAsk asked,
      @Nullable Records elsewhere,
      @Nullable ScopeExpression wanted) {
    this.elsewhere = elsewhere;
    this.wanted = wanted;
    this.reader = reader;
    this.actor = actor;
    this.address = address;
    this.asked = asked;
  }

  Evolution of(Entity entity) {
    var histories = new LinkedHashMap<String, List<Recorded>>();
    var aggregates = new LinkedHashMap<String, Aggregate>();
    Instant cut = null;
    for (var name : names(entity)) {
      if (!asked.how().projection().shows(name)) continue;
      if (asked.form() == TemporalAsk.Form.AGGREGATES) {
        var aggregate = aggregate(entity, name);
        if (aggregate.isEligible()) aggregates.put(name, aggregate);
        else if (!aggregate.isEmpty() && !asked.names().isEmpty()) throw ineligible(entity, name);
        continue;
      }
      var history = name.equals(Names.SCOPE) ? scopes(entity) : history(entity, name);
      if (history.size() > limit()) {
        history = cut(history);
        var end = asked.when().time(history.getLast().attribute());
        if (end != null) cut = asked.when().sooner(cut, end);
      }
      if (!history.isEmpty()) histories.put(name, history);
    }
    return new Evolution(entity, histories, aggregates, scope(entity), cut);
  }

  /// Whether the stretch of time has anything of the entity.
  boolean hasAny(Entity entity) {
    for (var name : names(entity))
      if (asked.how().projection().shows(name) && !read(entity, name, false, 1).isEmpty())
        return true;
    return false;
  }

  /// Clause 5.7.4.4.
  private static Problem ineligible(Entity entity, String name) {
    return new Problem(
        Problem.Type.INVALID_REQUEST,
        "none of the aggrMethods has a meaning for the values of "
            + name
            + " of "
            + entity.id()
            + "; leave the attribute out, or ask for totalCount");
  }

  /// As many as fit, and none of a moment of which not all do.
  private List<Recorded> cut(List<Recorded> history) {
    var next = asked.when().time(history.get(limit()).attribute());
    int size = limit();
    while (size > 0 && Objects.equals(asked.when().time(history.get(size - 1).attribute()), next))
      size--;
    return history.subList(0, size == 0 ? limit() : size);
  }

  private Collection<String> names(Entity entity) {
    if (!asked.names().isEmpty()) return asked.names();
    var names = new TreeSet<>(reader.historyAttributes(actor, address, entity.id()));
    names.remove(Names.SCOPE);
    if (elsewhere != null) names.addAll(elsewhere.names(entity.id()));
    return names;
  }

  /// Clause 4.5.6. Aggregates have none.
  private @Nullable List<Recorded> scope(Entity entity) {
    if (!asked.how().projection().shows("scope")
        || asked.form() == TemporalAsk.Form.AGGREGATES
        || !reader.historyAttributes(actor, address, entity.id()).contains(Names.SCOPE))
      return null;
    return scopes(entity);
  }

  /// The scopes of the stretch of time, newest first when the last ones are asked for. A scope
  /// holds until another takes its place (clause 4.18): what held when the stretch began is among
  /// them.
  List<Recorded> scopes(Entity entity) {
    boolean newestFirst = asked.when().lastN() != 0;
    var within = history(entity, Names.SCOPE, newestFirst, limit());
    var from = asked.when().span().from();
    if (from == null || within.size() >= limit()) return within;
    var earlier = new Span(asked.when().span().clock(), null, from);
    var last = reader.history(actor, address, entity, Names.SCOPE, earlier, true, 1);
    if (last.isEmpty() || last.getFirst().attribute().deletedAt() != null) return within;
    if (wanted != null && !ScopesInForce.isSo(last.getFirst(), wanted)) return within;
    var scopes = new ArrayList<>(within);
    scopes.add(newestFirst ? scopes.size() : 0, last.getFirst());
    return scopes;
  }

  /// Whether the entity was in the scopes wanted at any time of the stretch.
  boolean isInScope(Entity entity) {
    return wanted == null || inForce(entity).ever(wanted);
  }

  private ScopesInForce inForce(Entity entity) {
    var known = inForce;
    if (known != null && known.entity().id().equals(entity.id())) return known;
    var from = asked.when().span().from();
    var before =
        from == null || !asked.when().isByEventTime()
            ? List.<Recorded>of()
            : reader.history(
                actor,
                address,
                entity,
                Names.SCOPE,
                new Span(asked.when().span().clock(), null, from),
                true,
                1,
                _ -> true);
    var within = history(entity, Names.SCOPE, false, INSTANCES_PER_ATTRIBUTE);
    known =
        new ScopesInForce(
            entity, before.isEmpty() ? null : before.getFirst(), within, asked.when());
    inForce = known;
    return known;
  }

  private int limit() {
    int lastN = asked.when().lastN();
    return lastN == 0 ? INSTANCES_PER_ATTRIBUTE : Math.min(lastN, INSTANCES_PER_ATTRIBUTE);
  }

  private List<Recorded> history(Entity entity, String name) {
    int lastN = asked.when().lastN();
    boolean few = lastN != 0 && lastN <= INSTANCES_PER_ATTRIBUTE;
    return history(entity, name, lastN != 0, few ? lastN : INSTANCES_PER_ATTRIBUTE + 1);
  }

  /// Instances of an attribute in the stretch of time, by the clock that is asked for.
  List<Recorded> history(Entity entity, String name, boolean newestFirst, int limit) {
    if (!asked.when().isByEventTime()) return ordered(entity, name, newestFirst, limit);
    return read(entity, name, newestFirst, limit);
  }

  private List<Recorded> read(Entity entity, String name, boolean newestFirst, int limit) {
    var span = asked.when().span();
    var shown = shown(entity, name);
    var here = reader.history(actor, address, entity, name, span, newestFirst, limit, shown);
    return elsewhere == null
        ? here
        : elsewhere.together(here, entity.id(), name, newestFirst, limit, shown);
  }

  private Predicate<Recorded> shown(Entity entity, String name) {
    Predicate<Recorded> shown = one -> asked.shows(one.attribute().datasetId());
    var scopes = wanted;
    if (scopes == null || name.equals(Names.SCOPE)) return shown;
    var then = inForce(entity);
    return shown.and(one -> then.at(asked.when().time(one.attribute()), scopes));
  }

  /// Histories lie by event time; by another clock all of the stretch is put in order.
  private List<Recorded> ordered(Entity entity, String name, boolean newestFirst, int limit) {
    var all = all(entity, name);
    Comparator<Recorded> byTime =
        Comparator.comparing(one -> Objects.requireNonNull(asked.when().time(one.attribute())));
    var order = byTime.thenComparing(Recorded::position).thenComparingInt(Recorded::index);
    return all.stream().sorted(newestFirst ? order.reversed() : order).limit(limit).toList();
  }

  private List<Recorded> all(Entity entity, String name) {
    var all = read(entity, name, false, INSTANCES_AT_ONCE + 1);
    if (all.size() > INSTANCES_AT_ONCE)
      throw new Refusal.TooLarge(
          name
              + " of "
              + entity.id()
              + " has more than "
              + INSTANCES_AT_ONCE
              + " instances in this stretch of time; ask for a shorter one");
    return all;
  }

  private Aggregate aggregate(Entity entity, String name) {
    var aggregate = newAggregate();
    if (mayReadSeries()
        && reader.series(
            actor,
            address,
            entity,
            name,
            asked.when().span(),
            (_, micros, number) -> aggregate.add(micros, number))) {
      aggregate.end();
      return aggregate;
    }
    return aggregateOneByOne(entity, name);
  }

  private Aggregate aggregateOneByOne(Entity entity, String name) {
    var aggregate = newAggregate();
    for (var one :
        asked.when().isByEventTime()
            ? all(entity, name)
            : ordered(entity, name, false, INSTANCES_AT_ONCE)) {
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

  private static @Nullable Long micros(@Nullable Instant at) {
    return at == null ? null : (Long) Periods.micros(at);
  }

  /// Aggregates of one attribute over many entities at once, when that gives the same.
  @Nullable List<Evolution> allAtOnce(List<Entity> entities) {
    if (!canReadSeries(entities)) return null;
    var name = asked.names().getFirst();
    var byId = new LinkedHashMap<String, Aggregate>();
    for (var entity : entities) byId.put(entity.id(), newAggregate());
    if (!reader.series(actor, address, name, asked.when().span(), new Sorting(byId))) return null;
    var evolutions = new ArrayList<Evolution>(entities.size());
    for (var entity : entities) {
      var aggregate = Objects.requireNonNull(byId.get(entity.id()));
      aggregate.end();
      evolutions.add(
          new Evolution(
              entity,
              Map.of(),
              aggregate.isEmpty() ? Map.of() : Map.of(name, aggregate),
              null,
              null));
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

  /// Series have the default instances of the main branch by event time.
  private boolean mayReadSeries() {
    return elsewhere == null
        && wanted == null
        && address.isMain()
        && address.at() == null
        && asked.how().datasetIds() == null
        && asked.when().isByEventTime();
  }

  /// Whether the answer is about so many that one scan over all is cheaper, and promises to do:
  /// each has a number there now.
  private boolean canReadSeries(List<Entity> entities) {
    if (asked.names().size() != 1 || entities.size() < 20 || !mayReadSeries()) return false;
    var name = asked.names().getFirst();
    for (var entity : entities) {
      var instances = entity.instances(name);
      if (instances.size() != 1
          || instances.getFirst().datasetId() != null
          || !(instances.getFirst().content() instanceof Content.Property(var value))
          || Double.isNaN(value.asNumber())) return false;
    }
    return true;
  }
}
