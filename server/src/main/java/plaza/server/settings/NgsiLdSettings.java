package plaza.server.settings;

import java.time.Duration;
import java.util.List;
import plaza.graph.Refusal;
import plaza.ngsild.distribute.SourceLimits;
import plaza.ngsild.http.ConsumptionLimits;
import plaza.ngsild.snapshot.SnapshotLimits;
import plaza.ngsild.subscription.delivery.CourierLimits;

/// What an operator decides about NGSI-LD: context sources, long questions, snapshots and the
/// delivery of notifications.
public record NgsiLdSettings(
    SourceLimits sources,
    ConsumptionLimits queries,
    SnapshotLimits snapshots,
    CourierLimits delivery) {
  private static final Kind<Integer> COUNT = Kind.whole(1, 100_000_000);

  static final Setting<Duration> SOURCE_TIMEOUT =
      new Setting<>(
          "sources.timeout",
          Kind.DURATION,
          "5s",
          "how long a context source may take, unless its registration says otherwise");
  static final Setting<Duration> SOURCE_LONGEST_TIMEOUT =
      new Setting<>(
          "sources.longest-timeout",
          Kind.DURATION,
          "60s",
          "how long a context source may take, whatever its registration says");
  static final Setting<Duration> SOURCE_COOLDOWN =
      new Setting<>(
          "sources.cooldown",
          Kind.DURATION,
          "0s",
          "how long a context source that failed is left alone, unless its registration says");
  static final Setting<Integer> SOURCE_ANSWER_MB =
      new Setting<>(
          "sources.answer-mb",
          Kind.whole(1, 1_024),
          "32",
          "largest answer of a context source that is read");
  static final Setting<Integer> SOURCE_CALLS =
      new Setting<>(
          "sources.calls", COUNT, "512", "most requests to context sources under way at once");
  static final Setting<Integer> SOURCE_ENTITIES =
      new Setting<>(
          "sources.entities",
          COUNT,
          "10000",
          "most entities one query takes of a context source at once, to judge or to count them");
  static final Setting<Integer> SOURCE_REACH =
      new Setting<>(
          "sources.reach",
          COUNT,
          "100000",
          "how far the pages of a query lead into one context source");
  static final Setting<Integer> SOURCE_PAGE =
      new Setting<>(
          "sources.page",
          Kind.whole(1, 100_000),
          "1000",
          "how many entities a context source is asked for at once");
  static final Setting<Integer> SOURCE_CACHED_ANSWERS =
      new Setting<>(
          "sources.cached-answers",
          COUNT,
          "1000",
          "most answers kept of context sources that allow it");
  static final Setting<Integer> SOURCE_LINKED =
      new Setting<>(
          "sources.linked-entities",
          COUNT,
          "10000",
          "most entities at context sources that the links of one request lead to (join, q)");
  static final Setting<Duration> SOURCE_REMOVALS =
      new Setting<>(
          "sources.remove-copies",
          Kind.DURATION,
          "7d",
          "how long copies of subscriptions are tried to be deleted at sources registered no more");
  static final Setting<SourceLimits.Split> SOURCE_SPLIT =
      new Setting<>(
          "sources.split-entities",
          Kind.oneOf(SourceLimits.Split.class),
          "as-registered",
          "whether one entity's attributes may lie in several places, unless a request says");
  static final Setting<Integer> LINKED_ENTITIES =
      new Setting<>(
          "queries.linked-entities", COUNT, "10000", "most linked entities in an answer (join)");
  static final Setting<Integer> ORDERED_ENTITIES =
      new Setting<>(
          "queries.ordered-entities", COUNT, "50000", "most entities a query orders (orderBy)");
  static final Setting<Integer> MAPS =
      new Setting<>("queries.entity-maps", COUNT, "1000", "most entity maps at a time");
  static final Setting<Integer> MAP_ENTITIES =
      new Setting<>("queries.entities-per-map", COUNT, "100000", "most entities in one entity map");
  static final Setting<Duration> MAP_LIFETIME =
      new Setting<>(
          "queries.map-lifetime",
          Kind.DURATION,
          "5m",
          "how long an entity map lives whose maker does not say");
  static final Setting<Duration> LONGEST_MAP_LIFETIME =
      new Setting<>(
          "queries.longest-map-lifetime",
          Kind.DURATION,
          "1h",
          "how long an entity map may be asked to live");
  static final Setting<Integer> SNAPSHOTS =
      new Setting<>("snapshots.per-tenant", COUNT, "50", "most snapshots of a tenant");
  static final Setting<Integer> SNAPSHOT_ENTITIES =
      new Setting<>("snapshots.entities", COUNT, "200000", "most entities in one snapshot");
  static final Setting<Integer> SNAPSHOT_INSTANCES =
      new Setting<>(
          "snapshots.instances",
          COUNT,
          "10000",
          "most instances of an attribute that a temporal query brings into a snapshot");
  static final Setting<Duration> SNAPSHOT_LIFETIME =
      new Setting<>(
          "snapshots.lifetime",
          Kind.DURATION,
          "1d",
          "how long a snapshot lives whose maker does not say");
  static final Setting<Duration> LONGEST_SNAPSHOT_LIFETIME =
      new Setting<>(
          "snapshots.longest-lifetime",
          Kind.DURATION,
          "31d",
          "how long a snapshot may be asked to live");
  static final Setting<Duration> RETENTION =
      new Setting<>(
          "delivery.retention",
          Kind.DURATION,
          "24h",
          "what could not be notified for so long is given up");
  static final Setting<Integer> RETAINED_ENTRIES =
      new Setting<>(
          "delivery.retained-entries",
          Kind.whole(1_000, Integer.MAX_VALUE),
          "5000000",
          "most entries of the feed kept for notifications that wait");
  static final Setting<Integer> REFUSALS =
      new Setting<>(
          "delivery.refusals",
          COUNT,
          "8",
          "how often in a row a receiver may refuse a notification for good before it is given"
              + " up");
  static final Setting<Duration> FIRST_PAUSE =
      new Setting<>(
          "delivery.first-pause",
          Kind.DURATION,
          "250ms",
          "how long a receiver that failed is left alone; doubled each time");
  static final Setting<Duration> LONGEST_PAUSE =
      new Setting<>(
          "delivery.longest-pause",
          Kind.DURATION,
          "30s",
          "how long a receiver that failed is left alone at most");
  static final Setting<Integer> AT_ONCE =
      new Setting<>("delivery.at-once", COUNT, "4096", "most notifications under way");
  static final Setting<Integer> AT_ONCE_TROUBLED =
      new Setting<>(
          "delivery.at-once-troubled",
          COUNT,
          "256",
          "most notifications under way to receivers that failed last time");
  static final Setting<Integer> IN_MEMORY =
      new Setting<>("delivery.in-memory", COUNT, "20000", "most notifications that wait in memory");
  static final Setting<Integer> IN_MEMORY_EACH =
      new Setting<>(
          "delivery.in-memory-each",
          Kind.whole(2, 1_000_000),
          "1000",
          "most notifications of one subscription that wait in memory");
  static final Setting<Integer> LAG =
      new Setting<>(
          "delivery.lag",
          COUNT,
          "64",
          "how many must wait for one subscription before several go as one notification");
  static final Setting<Integer> PER_MESSAGE =
      new Setting<>(
          "delivery.per-message", COUNT, "100", "most changes that then go as one notification");

  /// In the order in which they are shown.
  static List<Setting<?>> all() {
    return List.of(
        SOURCE_TIMEOUT,
        SOURCE_LONGEST_TIMEOUT,
        SOURCE_COOLDOWN,
        SOURCE_ANSWER_MB,
        SOURCE_CALLS,
        SOURCE_ENTITIES,
        SOURCE_REACH,
        SOURCE_PAGE,
        SOURCE_CACHED_ANSWERS,
        SOURCE_LINKED,
        SOURCE_REMOVALS,
        SOURCE_SPLIT,
        LINKED_ENTITIES,
        ORDERED_ENTITIES,
        MAPS,
        MAP_ENTITIES,
        MAP_LIFETIME,
        LONGEST_MAP_LIFETIME,
        SNAPSHOTS,
        SNAPSHOT_ENTITIES,
        SNAPSHOT_INSTANCES,
        SNAPSHOT_LIFETIME,
        LONGEST_SNAPSHOT_LIFETIME,
        RETENTION,
        RETAINED_ENTRIES,
        REFUSALS,
        FIRST_PAUSE,
        LONGEST_PAUSE,
        AT_ONCE,
        AT_ONCE_TROUBLED,
        IN_MEMORY,
        IN_MEMORY_EACH,
        LAG,
        PER_MESSAGE);
  }

  /// @throws Refusal.Invalid when settings contradict each other
  static NgsiLdSettings of(Configuration from) {
    requireOrder(from, SOURCE_TIMEOUT, SOURCE_LONGEST_TIMEOUT);
    requireOrder(from, MAP_LIFETIME, LONGEST_MAP_LIFETIME);
    requireOrder(from, SNAPSHOT_LIFETIME, LONGEST_SNAPSHOT_LIFETIME);
    requireOrder(from, FIRST_PAUSE, LONGEST_PAUSE);
    return new NgsiLdSettings(
        new SourceLimits(
            from.get(SOURCE_TIMEOUT),
            from.get(SOURCE_LONGEST_TIMEOUT),
            from.get(SOURCE_COOLDOWN),
            from.get(SOURCE_ANSWER_MB) << 20,
            from.get(SOURCE_CALLS),
            from.get(SOURCE_ENTITIES),
            Math.max(from.get(SOURCE_REACH), from.get(SOURCE_ENTITIES)),
            from.get(SOURCE_PAGE),
            from.get(SOURCE_CACHED_ANSWERS),
            from.get(SOURCE_LINKED),
            from.get(SOURCE_REMOVALS),
            from.get(SOURCE_SPLIT)),
        new ConsumptionLimits(
            from.get(LINKED_ENTITIES),
            from.get(ORDERED_ENTITIES),
            from.get(MAPS),
            from.get(MAP_ENTITIES),
            from.get(MAP_LIFETIME),
            from.get(LONGEST_MAP_LIFETIME)),
        new SnapshotLimits(
            from.get(SNAPSHOTS),
            from.get(SNAPSHOT_ENTITIES),
            from.get(SNAPSHOT_INSTANCES),
            from.get(SNAPSHOT_LIFETIME),
            from.get(LONGEST_SNAPSHOT_LIFETIME)),
        new CourierLimits(
            from.get(RETENTION),
            from.get(RETAINED_ENTRIES),
            from.get(REFUSALS),
            from.get(FIRST_PAUSE),
            from.get(LONGEST_PAUSE),
            from.get(AT_ONCE),
            from.get(AT_ONCE_TROUBLED),
            from.get(IN_MEMORY),
            from.get(IN_MEMORY_EACH),
            from.get(LAG),
            from.get(PER_MESSAGE)));
  }

  private static void requireOrder(
      Configuration from, Setting<Duration> shorter, Setting<Duration> longer) {
    var most = from.get(longer);
    if (from.get(shorter).isZero() || from.get(shorter).compareTo(most) > 0)
      throw new Refusal.Invalid(
          shorter.name()
              + " must be more than nothing and at most "
              + longer.name()
              + ", which is "
              + from.chosen(longer).text()
              + ", not "
              + from.chosen(shorter).text());
  }
}
