package plaza.programme.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plaza.access.Access;
import plaza.access.AccessSettings;
import plaza.access.AnonymousAccess;
import plaza.access.key.GrantTerms;
import plaza.access.key.Ground;
import plaza.access.secret.HashCost;
import plaza.graph.Address;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Entity;
import plaza.graph.GeoValue;
import plaza.graph.Names;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.graph.change.Write;
import plaza.graph.query.Query;
import plaza.json.Json;
import plaza.ledger.Actor;
import plaza.ledger.Feed;
import plaza.ledger.Ledger;
import plaza.ledger.Limits;
import plaza.ledger.Reader;
import plaza.ledger.store.Span;
import plaza.programme.record.Dossiers;
import plaza.testkit.Eventually;
import plaza.testkit.MemoryStore;

/// What a sandbox replays is what the pilot could read, all of it, each once: whatever was granted,
/// and however often the replay is broken off.
class ReplayPropertyTest {
  private static final Actor OFFICE = Actor.of("urn:plaza:test").through("programme");
  private static final String PILOT = "urn:ngsi-ld:Pilot:vans";
  private static final String NS = "https://smartdatamodels.org/";
  private static final List<String> TYPES = List.of(NS + "Station", NS + "Tree");
  private static final List<String> NAMES = List.of(NS + "bikes", NS + "slots", NS + "note");
  private static final Instant FROM = Instant.parse("2025-04-07T00:00:00Z");
  private static final Instant UNTIL = FROM.plus(Duration.ofHours(20));

  private final InstantSource clock = InstantSource.system();
  private final MemoryStore store = new MemoryStore();
  private final Feed feed = new Feed(store);
  private final Access access =
      new Access(
          AccessSettings.DEFAULT.with(AnonymousAccess.NONE).with(HashCost.CHEAP),
          clock,
          new Random(7));
  private final Ledger ledger = new Ledger(store, access.policy(), feed, Limits.DEFAULT, clock);
  private final Reader reader = new Reader(store, ledger, access.policy(), Limits.DEFAULT);

  @AfterEach
  void close() {
    feed.close();
    ledger.close();
  }

  /// A reading as somebody knows it.
  private record Known(String entity, String attribute, Instant at, Value value) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void allThatMayBeReadHappensAgainOnceAndNothingElse(long seed) {
    var random = new Random(seed);
    access.open(ledger, reader);
    city(random);
    for (int i = 0; i <= random.nextInt(2); i++) grant(random);
    var times = List.of(Times.values()).get(random.nextInt(3));
    var sandbox = opened(times);

    replayed(random, sandbox);

    var may = granted();
    var again = inside(sandbox);
    assertThat(again).as("seed " + seed).containsExactlyInAnyOrderElementsOf(may);
    seedsShowNoMore(seed, sandbox);
    assertThat(mainReadings()).as("the city is as it was").isEqualTo(written);
  }

  private final Set<Known> written = new HashSet<>();

  private void city(Random random) {
    for (int i = 0; i < 20; i++) {
      var id = "urn:ngsi-ld:Thing:" + i;
      var type = TYPES.get(random.nextInt(2));
      var fixed = new ArrayList<Attribute>();
      if (random.nextInt(6) > 0)
        fixed.add(
            Attribute.of(
                Names.LOCATION,
                new Content.GeoProperty(GeoValue.point(random.nextInt(11) / 10.0, 0.5))));
      fixed.add(Attribute.of(NS + "name", Value.of("Thing " + i)));
      write(new Edit.Put(Entity.of(id, type, fixed)));
      for (var name : NAMES) {
        if (random.nextInt(4) == 0) continue;
        for (int n = random.nextInt(30); n > 0; n--) {
          // Many at the same moments, some beside the window.
          var at = FROM.plus(Duration.ofMinutes(10L * (random.nextInt(140) - 10)));
          var known = new Known(id, name, at, Value.of(at.getEpochSecond() % 1_000));
          if (!written.add(known)) continue;
          write(
              new Edit.Observe(Entity.of(id, type, List.of(Attribute.of(name, known.value, at)))));
        }
      }
    }
  }

  private void grant(Random random) {
    double west = random.nextInt(6) / 10.0;
    var now = clock.instant();
    access
        .grants()
        .give(
            OFFICE,
            new GrantTerms(
                Address.DEFAULT_TENANT,
                PILOT,
                Set.of(TYPES.get(random.nextInt(2))),
                random.nextBoolean() ? Set.of() : Set.of(NAMES.get(random.nextInt(3))),
                random.nextBoolean() ? null : area(west, west + 0.5),
                null,
                random.nextBoolean() ? null : FROM.plus(Duration.ofHours(random.nextInt(6))),
                random.nextBoolean() ? null : UNTIL.minus(Duration.ofHours(random.nextInt(6))),
                now,
                now.plus(Duration.ofDays(1)),
                null));
  }

  private static GeoValue area(double west, double east) {
    return GeoValue.of(
        (Value.Struct)
            Json.parse(
                """
                {"type": "Polygon", "coordinates":
                  [[[%1$s,0],[%2$s,0],[%2$s,1],[%1$s,1],[%1$s,0]]]}
                """
                    .formatted(west, east)));
  }

  private Sandbox opened(Times times) {
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    var sandbox =
        new Sandbox(
            Address.DEFAULT_TENANT,
            PILOT,
            "1",
            Ground.of(PILOT).sandbox("1"),
            List.of(),
            FROM,
            UNTIL,
            times,
            Speed.MOST,
            Sandbox.State.PREPARING,
            FROM,
            0,
            0,
            0,
            null,
            now,
            "urn:plaza:person:1",
            now.plus(Duration.ofDays(1)));
    new SandboxNotes(ledger).keep(sandbox);
    ledger.open(Dossiers.PROGRAMME, sandbox.address());
    return sandbox;
  }

  /// Broken off at random moments, and begun again from what is kept.
  private void replayed(Random random, Sandbox opened) {
    var notes = new SandboxNotes(ledger);
    for (int start = 0; start < 4; start++) {
      var kept = notes.all().stream().filter(one -> one.key().equals(opened.key())).toList();
      var player = new Player(kept.getFirst(), ledger, reader, notes, SandboxLimits.DEFAULT, clock);
      player.start();
      if (start < 3)
        Eventually.eventually(() ->
            assertThat(player.sandbox().readings())
                .satisfiesAnyOf(
                    readings -> assertThat(readings).isGreaterThan(random.nextInt(300)),
                    _ -> assertThat(player.sandbox().state()).isEqualTo(Sandbox.State.FINISHED)));
      else
        Eventually.eventually(
            () -> assertThat(player.sandbox().state()).isEqualTo(Sandbox.State.FINISHED));
      player.close();
    }
  }

  /// What the pilot may read of the window outside of its sandbox.
  private Set<Known> granted() {
    return readings(Actor.of(PILOT), Address.DEFAULT, null);
  }

  private Set<Known> mainReadings() {
    return readings(OFFICE, Address.DEFAULT, Span.ALWAYS);
  }

  private Set<Known> readings(Actor actor, Address address, @Nullable Span span) {
    var known = new HashSet<Known>();
    reader.each(
        actor,
        address,
        Query.EVERYTHING,
        entity -> {
          if (entity.id().startsWith("urn:ngsi-ld:Thing:"))
            for (var name : NAMES)
              for (var one :
                  reader.history(
                      actor,
                      address,
                      entity,
                      name,
                      span == null ? Span.between(FROM, UNTIL) : span,
                      false,
                      10_000)) known.add(known(entity.id(), one.attribute()));
          return true;
        });
    return known;
  }

  private static Known known(String id, Attribute attribute) {
    var value = attribute.content() instanceof Content.Property(var held) ? held : Value.of("?");
    return new Known(
        id, attribute.name(), java.util.Objects.requireNonNull(attribute.observedAt()), value);
  }

  /// What was replayed, by the times it had: seeds lie before the window.
  private List<Known> inside(Sandbox sandbox) {
    var known = new ArrayList<Known>();
    reader.each(
        OFFICE,
        sandbox.address(),
        Query.EVERYTHING,
        entity -> {
          for (var name : NAMES)
            for (var one :
                reader.history(
                    OFFICE, sandbox.address(), entity, name, Span.ALWAYS, false, 10_000)) {
              var original = original(one.attribute());
              if (!original.isBefore(FROM))
                known.add(known(entity.id(), one.attribute().observed(original)));
            }
          return true;
        });
    return known;
  }

  private static Instant original(Attribute attribute) {
    for (var sub : attribute.subAttributes())
      if (sub.name().equals(Disguise.LABEL)
          && sub.content() instanceof Content.Property(Value.Text(var text)))
        return Instant.parse(text);
    throw new AssertionError(attribute + " is not labelled");
  }

  /// No entity and no attribute is in the sandbox that the pilot may not see in the city.
  private void seedsShowNoMore(long seed, Sandbox sandbox) {
    var seen = new TreeMap<String, Set<String>>();
    reader.each(
        Actor.of(PILOT),
        Address.DEFAULT,
        Query.EVERYTHING,
        entity -> seen.put(entity.id(), names(entity)) == null);
    reader.each(
        OFFICE,
        sandbox.address(),
        Query.EVERYTHING,
        entity -> {
          assertThat(seen).as("seed " + seed).containsKey(entity.id());
          for (var name : names(entity))
            assertThat(reader.historyAttributes(Actor.of(PILOT), Address.DEFAULT, entity.id()))
                .as("seed %d, %s", seed, entity.id())
                .contains(name);
          return true;
        });
  }

  private static Set<String> names(Entity entity) {
    var names = new HashSet<String>();
    for (var attribute : entity.attributes()) names.add(attribute.name());
    return names;
  }

  private void write(Edit edit) {
    ledger.write(OFFICE, Write.atomic(Address.DEFAULT, edit));
  }
}
