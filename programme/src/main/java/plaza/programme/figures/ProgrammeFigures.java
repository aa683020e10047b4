package plaza.programme.figures;

import static java.time.ZoneOffset.UTC;

import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Value;
import plaza.programme.procedure.Roles;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Kind;
import plaza.programme.record.RecordFeed;

/// The mayor's figures of every city, from its records. Kept in memory and fed by the record feed,
/// so that asking costs the same with a million supports as with ten.
///
/// A figure looks at records whose own moment lies in the window: pilots by their start, joint work
/// by its date, money by when it was committed. Demand coverage is as of now.
public final class ProgrammeFigures implements RecordFeed.Listener {
  private static final Set<Kind> READ =
      Stream.concat(CityRecords.KEPT.stream(), Stream.of(Kind.SUPPORT))
          .collect(Collectors.toUnmodifiableSet());
  private static final Set<Kind> FOLLOWED =
      Stream.concat(READ.stream(), Stream.of(Kind.TRANSITION_EVENT))
          .collect(Collectors.toUnmodifiableSet());

  private final Map<String, City> cities = new ConcurrentHashMap<>();
  private final Roles roles;

  private static final class City {
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final CityRecords records = new CityRecords();
  }

  public ProgrammeFigures(Roles roles) {
    this.roles = roles;
  }

  @Override
  public Set<Kind> read() {
    return READ;
  }

  @Override
  public Set<Kind> followed() {
    return FOLLOWED;
  }

  /// Of the audit chain, which grows with everything that happens, only the steps a figure looks at
  /// are read; when needs were published, once a pilot says that it answers them.
  @Override
  public void begin(Address address, Dossiers dossiers) {
    var city = cities.computeIfAbsent(address.tenant(), _ -> new City());
    city.lock.writeLock().lock();
    try {
      city.records.lookUp(subject -> firstPublished(address, dossiers, subject).orElse(null));
    } finally {
      city.lock.writeLock().unlock();
    }
    for (var milestone : Milestone.values())
      if (milestone != Milestone.NEED_PUBLISHED)
        dossiers.each(
            address,
            Kind.TRANSITION_EVENT,
            List.of(new Having("action", milestone.action()), new Having("kind", milestone.kind())),
            event -> {
              take(address.tenant(), event, false);
              return true;
            });
  }

  private static Optional<Instant> firstPublished(Address address, Dossiers dossiers, String need) {
    return dossiers
        .list(address, Kind.TRANSITION_EVENT, List.of(new Having("subject", need)))
        .stream()
        .filter(event -> event.findText("action").equals(Optional.of("publish")))
        .map(event -> event.moment("at"))
        .min(Comparator.naturalOrder());
  }

  @Override
  public void take(String tenant, Dossier record, boolean gone) {
    var city = cities.computeIfAbsent(tenant, _ -> new City());
    city.lock.writeLock().lock();
    try {
      city.records.put(record, gone);
    } finally {
      city.lock.writeLock().unlock();
    }
  }

  /// All figures of a city, each with `n` and `window`.
  public Value.Struct of(String tenant, Window window) {
    return reading(tenant, records -> of(tenant, records, window));
  }

  private Value.Struct of(String tenant, CityRecords records, Window window) {
    var answers = new LinkedHashMap<String, Value>();
    answers.put("leverage", Leverage.of(Purse.commitments(records, window), window));
    answers.put("conversion", Conversion.of(pilots(records, window), window));
    answers.put(
        "timeToPilotDays",
        TimeToPilot.of(
            milestones(records, window).stream().map(Reached::reached).toList(), window));
    answers.put("demandCoverage", coverage(records, window));
    answers.put(
        "retention",
        Retention.of(cohorts(records, window).stream().map(Month::cohort).toList(), window));
    answers.put("collaboration", Network.of(tenant, records, roles, window));
    return new Value.Struct(answers);
  }

  /// The records behind a figure, one row each. What is not public has no id and no title.
  public List<Value.Struct> behind(String tenant, Figure figure, Window window) {
    return reading(tenant, records -> Behind.of(figure, records, window));
  }

  /// The collaboration within a group of organisations, with its measures and joint works.
  public Value.Struct within(String tenant, Set<String> members, Window window) {
    return reading(tenant, records -> Network.within(members, tenant, records, roles, window));
  }

  private <T> T reading(String tenant, Function<CityRecords, T> question) {
    var city = cities.computeIfAbsent(tenant, _ -> new City());
    city.lock.readLock().lock();
    try {
      return question.apply(city.records);
    } finally {
      city.lock.readLock().unlock();
    }
  }

  /// A month of new users of a service, and the record of it.
  record Month(Dossier cell, Retention.Cohort cohort) {}

  /// Months of new users of every service, of which the last day that counts lies in the window.
  static List<Month> cohorts(CityRecords records, Window window) {
    var found = new ArrayList<Month>();
    for (var cell : records.all(Kind.COHORT_CELL)) {
      var month = YearMonth.parse(cell.text("cohort"));
      var over = month.atEndOfMonth().plusDays(Retention.LAST_DAY + 1L).atStartOfDay(UTC);
      if (!window.contains(over.toInstant())) continue;
      var counted = cell.findStruct("counted").map(Value.Struct::members).orElse(Map.of());
      found.add(
          new Month(
              cell,
              new Retention.Cohort(
                  service(cell) + " " + month,
                  count(counted, "members"),
                  count(counted, "active"))));
    }
    return found;
  }

  private static String service(Dossier cell) {
    var id = cell.text("service");
    return id.substring(id.lastIndexOf(':') + 1);
  }

  private static long count(Map<String, Value> members, String name) {
    return members.get(name) instanceof Value.Whole(long number) ? number : 0;
  }

  private static List<Conversion.Pilot> pilots(CityRecords records, Window window) {
    var found = new ArrayList<Conversion.Pilot>();
    for (var pilot : records.all(Kind.PILOT)) {
      var started = records.first(Milestone.PILOT_STARTED, pilot.id());
      if (started == null || !window.contains(started)) continue;
      found.add(new Conversion.Pilot(pilot.state(), started, durable(records, pilot, window)));
    }
    return found;
  }

  /// Whether the service was live 12 months after the pilot scaled; null before then.
  static @Nullable Boolean durable(CityRecords records, Dossier pilot, Window window) {
    var scaled = records.first(Milestone.PILOT_SCALED, pilot.id());
    if (scaled == null) return null;
    var later = scaled.atZone(java.time.ZoneOffset.UTC).plusMonths(12).toInstant();
    if (later.isAfter(window.until())) return null;
    for (var service : records.all(Kind.SERVICE)) {
      if (!service.texts("pilot").contains(pilot.id())) continue;
      var launched = records.first(Milestone.SERVICE_LAUNCHED, service.id());
      var retired = service.findMoment("retiredAt").orElse(Instant.MAX);
      if (launched != null && !launched.isAfter(later) && retired.isAfter(later)) return true;
    }
    return false;
  }

  /// When a pilot reached its milestones, and the pilot.
  record Reached(Dossier pilot, TimeToPilot.Milestones reached) {}

  static List<Reached> milestones(CityRecords records, Window window) {
    var found = new ArrayList<Reached>();
    for (var pilot : records.all(Kind.PILOT)) {
      var started = records.first(Milestone.PILOT_STARTED, pilot.id());
      if (started == null || !window.contains(started)) continue;
      found.add(
          new Reached(
              pilot,
              new TimeToPilot.Milestones(
                  earliest(records, Milestone.NEED_PUBLISHED, pilot.texts("needs")),
                  earliest(records, Milestone.CALL_OPENED, pilot.texts("challenge")),
                  earliest(records, Milestone.PROPOSAL_SELECTED, pilot.texts("proposal")),
                  started,
                  pilot.findMoment("firstDataAt").orElse(null))));
    }
    return found;
  }

  private static @Nullable Instant earliest(
      CityRecords records, Milestone milestone, List<String> ids) {
    Instant earliest = null;
    for (var id : ids) {
      var at = records.first(milestone, id);
      if (at != null && (earliest == null || at.isBefore(earliest))) earliest = at;
    }
    return earliest;
  }

  private static Value.Struct coverage(CityRecords records, Window window) {
    var all = new BitSet();
    var answered = new BitSet();
    long clusters = 0;
    long answeredClusters = 0;
    var answering = new Answering(records);
    for (var cluster : records.all(Kind.NEED_CLUSTER)) {
      if (cluster.is("DISSOLVED")) continue;
      clusters++;
      records.supporters().gather(cluster.texts("needs"), all);
      if (!answering.isAnswered(cluster)) continue;
      answeredClusters++;
      records.supporters().gather(cluster.texts("needs"), answered);
    }
    return DemandCoverage.answer(
        answered.cardinality(), all.cardinality(), clusters, answeredClusters, window);
  }
}
