package plaza.ngsild.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import plaza.graph.GeoValue;
import plaza.graph.Value;
import plaza.graph.query.GeoFilter;
import plaza.graph.query.ScopeExpression;
import plaza.graph.query.Selector;
import plaza.graph.query.TypeSelection;
import plaza.json.Json;
import plaza.ledger.store.Span;
import plaza.ngsild.context.Contexts;

/// Clause 5.12: which registrations have to do with a request.
class MatchingTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private final Registry registry = new Registry(InstantSource.fixed(NOW));

  /// Random registrations and requests: the index and the narrowing agree with the clause, word by
  /// word.
  @Test
  void theRegistryAgreesWithANaiveReadingOfTheClause() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      var world = new RandomSources(random);
      var registrations = new ArrayList<Registration>();
      for (int i = 0; i < 30; i++) registrations.add(world.registration(i));
      registry.load("default", registrations);
      for (int i = 0; i < 20; i++) {
        var ask = world.ask();
        assertThat(registry.matching("default", ask).stream().map(m -> m.registration().id()))
            .as("seed %d, %s", seed, ask)
            .containsExactlyElementsOf(
                registrations.stream()
                    .filter(one -> NaiveMatching.matches(one, ask))
                    .map(Registration::id)
                    .toList());
      }
    }
  }

  @Test
  void aRequestIsNarrowedToWhatTheSourceRegistered() {
    put(
        "urn:r:1",
        """
        "information": [{"entities": [{"type": "urn:t:A", "idPattern": "^urn:e:1"}],
                         "propertyNames": ["urn:p:a", "urn:p:b"]}]
        """);
    var wanted =
        new Selector(
            List.of("urn:e:1", "urn:e:2", "urn:e:12"),
            null,
            TypeSelection.anyOf(List.of("urn:t:A", "urn:t:B")));
    var ask =
        new Ask(
            Set.of(Operation.QUERY_ENTITY),
            List.of(wanted),
            List.of("urn:p:b", "urn:p:c"),
            Set.of(),
            null,
            null,
            null,
            null,
            Set.of());

    var part = registry.matching("default", ask).getFirst().parts().getFirst();

    assertThat(part.selectors())
        .containsExactly(
            new Selector(List.of("urn:e:1", "urn:e:12"), null, new TypeSelection.Is("urn:t:A")));
    assertThat(part.attributes()).containsExactly("urn:p:b");
  }

  /// Clause 4.3.6.1: what a source adds beyond its registration is not its own to tell.
  @Test
  void aMatchKnowsWhichEntitiesItsSourceWasRegisteredFor() {
    put(
        "urn:r:1",
        "\"information\": [{\"entities\": [{\"type\": \"urn:t:A\", \"idPattern\": \":1$\"}]}]");

    var match = registry.matching("default", Ask.ANYTHING).getFirst();

    assertThat(match.covers("urn:e:1", List.of("urn:t:A", "urn:t:B"))).isTrue();
    assertThat(match.covers("urn:e:2", List.of("urn:t:A"))).isFalse();
    assertThat(match.covers("urn:e:1", List.of("urn:t:B"))).isFalse();
  }

  /// Clause 4.3.6.4.
  @Test
  void aSourceThatWasPassedDoesNotMatchAgain() {
    put("urn:r:1", "\"contextSourceAlias\": \"north\"");

    assertThat(registry.matching("default", Ask.ANYTHING.passed(Set.of("north")))).isEmpty();
    assertThat(registry.matching("default", Ask.ANYTHING.passed(Set.of("south")))).hasSize(1);
  }

  /// Clause 5.9.2.4.
  @Test
  void whatHasExpiredDoesNotMatch() {
    put("urn:r:1", "\"expiresAt\": \"2026-06-01T12:00:00Z\"");
    put("urn:r:2", "\"expiresAt\": \"2026-06-01T12:00:01Z\"");

    assertThat(registry.matching("default", Ask.ANYTHING))
        .extracting(match -> match.registration().id())
        .containsExactly("urn:r:2");
    assertThat(registry.expired("default")).containsExactly("urn:r:1");
  }

  /// Clause 5.10.2.4: the state and evolutions have registrations of their own.
  @Test
  void sourcesOfEvolutionsMatchQueriesOfTimeOnly() {
    put("urn:r:state", "\"description\": \"now\"");
    put(
        "urn:r:history",
        """
        "observationInterval": {"startAt": "2020-01-01T00:00:00Z",
                                "endAt": "2021-01-01T00:00:00Z"}
        """);
    var then = Instant.parse("2020-06-01T00:00:00Z");

    assertThat(ids(Ask.ANYTHING)).containsExactly("urn:r:state");
    assertThat(ids(Ask.ANYTHING.during(Span.ALWAYS))).containsExactly("urn:r:history");
    assertThat(ids(Ask.ANYTHING.during(new Span(Span.Clock.OBSERVED, then, then))))
        .containsExactly("urn:r:history");
    assertThat(ids(Ask.ANYTHING.during(new Span(Span.Clock.MODIFIED, then, then)))).isEmpty();
    assertThat(ids(Ask.ANYTHING.during(new Span(Span.Clock.OBSERVED, NOW, null)))).isEmpty();
  }

  /// Clause 5.10.2.4: "or if the location possibly contains locations that would match".
  @Test
  void aPlaceThatMayHoldWhatIsAskedMatches() {
    put(
        "urn:r:1",
        """
        "location": {"type": "Polygon",
          "coordinates": [[[121, 25], [122, 25], [122, 26], [121, 26], [121, 25]]]}
        """);
    var inside = GeoValue.point(121.5, 25.5).geometry();
    var outside = GeoValue.point(120, 20).geometry();

    for (var relation :
        List.of(
            new GeoFilter.Relation.Near(0, 100),
            new GeoFilter.Relation.Near(1_000, 100_000),
            new GeoFilter.Relation.Contains(),
            new GeoFilter.Relation.Equals(),
            new GeoFilter.Relation.Intersects(),
            new GeoFilter.Relation.Disjoint())) {
      assertThat(ids(near(new GeoFilter(relation, inside, plaza.graph.Names.LOCATION))))
          .as(relation.toString())
          .hasSize(1);
      assertThat(ids(near(new GeoFilter(relation, outside, plaza.graph.Names.LOCATION))))
          .as(relation.toString())
          .hasSize(relation instanceof GeoFilter.Relation.Disjoint ? 1 : 0);
    }
  }

  @Test
  void aScopeQueryAsksTheScopeOfTheSource() {
    put("urn:r:1", "\"scope\": \"/Taipei/Daan\"");
    put("urn:r:2", "\"scope\": \"/Tainan\"");
    put("urn:r:3", "\"description\": \"anywhere\"");
    var ask =
        new Ask(
            Set.of(),
            List.of(),
            List.of(),
            Set.of(),
            new ScopeExpression.Matches("/Taipei/#"),
            null,
            null,
            null,
            Set.of());

    assertThat(ids(ask)).containsExactly("urn:r:1", "urn:r:3");
  }

  @Test
  void aTenantSeesItsOwnRegistrationsOnly() {
    put("urn:r:1", "\"description\": \"here\"");

    assertThat(registry.isEmpty("default")).isFalse();
    assertThat(registry.isEmpty("other")).isTrue();
    assertThat(registry.matching("other", Ask.ANYTHING)).isEmpty();

    registry.remove("default", "urn:r:1");
    assertThat(registry.isEmpty("default")).isTrue();
  }

  /// Not a measurement: a bound that a scan of patterns would not keep.
  @Test
  void aThousandRegistrationsAreLookedThroughQuickly() {
    var registrations = new ArrayList<Registration>();
    for (int i = 0; i < 1_000; i++)
      registrations.add(
          registration(
              "urn:r:" + i,
              "\"information\": [{\"entities\": [{\"type\": \"urn:t:%d\", \"id\": \"urn:e:%d\"}]}]"
                  .formatted(i % 10, i)));
    registry.load("default", registrations);
    var ask = Ask.of(Operation.RETRIEVE_ENTITY, "urn:e:500", List.of(), List.of());
    for (int i = 0; i < 20_000; i++) registry.matching("default", ask);

    // The best of some rounds: how busy the machine is must not decide.
    long best = Long.MAX_VALUE;
    for (int round = 0; round < 10; round++) {
      long began = System.nanoTime();
      for (int i = 0; i < 1_000; i++) assertThat(registry.matching("default", ask)).hasSize(1);
      best = Math.min(best, System.nanoTime() - began);
    }
    assertThat(best / 1_000).as("nanoseconds a look-up").isLessThan(100_000);
  }

  private static Ask near(GeoFilter filter) {
    return new Ask(Set.of(), List.of(), List.of(), Set.of(), null, filter, null, null, Set.of());
  }

  private List<String> ids(Ask ask) {
    return registry.matching("default", ask).stream()
        .map(match -> match.registration().id())
        .toList();
  }

  private void put(String id, String members) {
    registry.put("default", registration(id, members));
  }

  static Registration registration(String id, String members) {
    Map<String, Value> all = new LinkedHashMap<>();
    all.put("endpoint", Value.of("http://a.example"));
    all.put("information", Json.parse("[{\"entities\": [{\"type\": \"urn:t:A\"}]}]"));
    all.putAll(((Value.Struct) Json.parse("{" + members + "}")).members());
    var core = Contexts.builtIn().core();
    return RegistrationParser.parse(
        id, Documents.written(new Value.Struct(all), core), core.source());
  }

  /// Small enough worlds that things meet.
  private static final class RandomSources {
    private static final List<String> TYPES = List.of("urn:t:A", "urn:t:B", "urn:t:C");
    private static final List<String> IDS = List.of("urn:e:1", "urn:e:2", "urn:e:12");
    private static final List<String> NAMES = List.of("urn:p:a", "urn:p:b", "urn:p:c");
    private static final List<String> PATTERNS = List.of("1", "2$", "^urn:x", ":1");
    private static final List<String> DATASETS = List.of("urn:d:1", "urn:d:2");

    private final Random random;

    RandomSources(Random random) {
      this.random = random;
    }

    Registration registration(int number) {
      var information = new ArrayList<Information>();
      for (int i = 0; i <= random.nextInt(2); i++) information.add(information());
      var document = (Value.Struct) Json.parse("{\"endpoint\": \"http://a.example\"}");
      return new Registration(
          "urn:r:" + number,
          SourceParser.source(document.members()),
          Mode.INCLUSIVE,
          random.nextBoolean() ? Operation.FEDERATION : Set.of(Operation.UPDATE_ATTRS),
          information,
          new Extent(Set.copyOf(some(DATASETS)), List.of(), Map.of(), null, null),
          null,
          null,
          document,
          Value.of(Contexts.CORE));
    }

    private Information information() {
      var entities = new ArrayList<EntityInfo>();
      int count = random.nextInt(3);
      for (int i = 0; i < count; i++)
        entities.add(
            new EntityInfo(
                random.nextInt(5) == 0 ? List.of("urn:t:A", "urn:t:B") : List.of(one(TYPES)),
                random.nextInt(3) == 0 ? one(IDS) : null,
                random.nextInt(3) == 0 ? Pattern.compile(one(PATTERNS)) : null));
      var properties = some(NAMES);
      var relationships = some(NAMES);
      if (entities.isEmpty() && properties.isEmpty() && relationships.isEmpty())
        return information();
      return new Information(entities, properties, relationships);
    }

    Ask ask() {
      var selectors = new ArrayList<Selector>();
      int count = random.nextInt(3);
      for (int i = 0; i < count; i++)
        selectors.add(
            switch (random.nextInt(3)) {
              case 0 -> new Selector(some(IDS), null, types());
              case 1 -> new Selector(List.of(), Pattern.compile(one(PATTERNS)), types());
              default -> new Selector(List.of(), null, types());
            });
      return new Ask(
          random.nextBoolean() ? Set.of() : Set.of(Operation.QUERY_ENTITY),
          selectors,
          some(NAMES),
          Set.copyOf(some(DATASETS)),
          null,
          null,
          null,
          null,
          Set.of());
    }

    private TypeSelection types() {
      return switch (random.nextInt(4)) {
        case 0 -> null;
        case 1 -> new TypeSelection.Is(one(TYPES));
        case 2 -> TypeSelection.anyOf(List.of(one(TYPES), one(TYPES)));
        default ->
            new TypeSelection.AllOf(
                List.of(new TypeSelection.Is(one(TYPES)), new TypeSelection.Is(one(TYPES))));
      };
    }

    private String one(List<String> all) {
      return all.get(random.nextInt(all.size()));
    }

    private List<String> some(List<String> all) {
      return random.nextBoolean() ? List.of() : all.subList(0, 1 + random.nextInt(all.size()));
    }
  }
}
