package plaza.ngsild.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import plaza.fuzz.Inputs;
import plaza.graph.Entity;
import plaza.graph.Value;
import plaza.graph.query.Evaluator;
import plaza.graph.query.GeoFilter;
import plaza.graph.query.Query;
import plaza.json.Json;
import plaza.ngsild.context.Context;
import plaza.ngsild.context.Contexts;
import plaza.ngsild.parse.EntityParser;
import plaza.ngsild.parse.Reading;
import plaza.ngsild.represent.LanguageFilter;

/// The query languages: whatever is asked is decided or refused, and soon.
class QueryFuzzTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Context CORE = Contexts.builtIn().core();

  /// An entity with something of every kind.
  private static final Entity ENTITY =
      new EntityParser(Reading.entities(CORE, false))
          .entity(
              Json.parse(
                  """
                  {"id": "urn:a:1", "type": ["A", "B"], "scope": ["/a", "/a/b"],
                   "a": [{"value": 5, "observedAt": "2026-06-01T12:00:00Z", "unitCode": "CEL",
                          "s": {"value": {"x": [1, "y", {"z": null}]}, "t": 7}},
                         {"value": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx!", "datasetId": "urn:d:1"}],
                   "b": {"object": ["urn:a:1", "urn:a:2"]},
                   "c": {"languageMap": {"en": "yes", "fr": ["oui", "si"]}},
                   "d": {"vocab": ["A"]}, "e": {"json": {"x": [true, null]}},
                   "f": {"valueList": [1, "2"]}, "g": {"objectList": ["urn:a:2"]},
                   "location": {"type": "Point", "coordinates": [1, 2]}}
                  """));

  @FuzzTest
  void aConditionIsDecidedOrRefusedSoon(byte[] bytes) {
    within(() ->
        Evaluator.matches(
            QParser.parse(text(bytes), CORE, Set.of("a"), 3),
            ENTITY,
            id -> id.equals("urn:a:1") ? Optional.of(ENTITY) : Optional.empty()));
  }

  @FuzzTest
  void aTypeOrScopeSelectionIsDecidedOrRefusedSoon(byte[] bytes) {
    var text = text(bytes);
    within(() -> {
      var types = Selections.types(text, CORE);
      if (types != null) types.accepts(ENTITY.types());
    });
    within(() -> Selections.scopes(text).accepts(ENTITY.scopes()));
    within(() -> Evaluator.matches(Selections.selector(List.of(), text, null, CORE), ENTITY));
  }

  @FuzzTest
  void aProjectionOrOrderOrLanguageIsReadOrRefusedSoon(byte[] bytes) {
    var text = text(bytes);
    within(() -> ProjectionParser.parse(text, null, CORE, 3));
    within(() -> ProjectionParser.parse(null, text, CORE, 0));
    within(() -> EntityOrder.parse(text, _ -> null, CORE).keyed(ENTITY));
    within(() -> LanguageFilter.parse(text));
    within(() -> Collation.parse(text).key(text));
  }

  /// Georel, geometry and coordinates, each on a line.
  @FuzzTest
  void aGeoQueryIsDecidedOrRefusedSoon(byte[] bytes) {
    var lines = text(bytes).split("\n", 3);
    if (lines.length < 3) return;
    within(() -> {
      GeoFilter geo = GeoQueries.parse(lines[0], lines[1], lines[2], null, CORE);
      Evaluator.matches(geo, ENTITY);
    });
  }

  /// The same question in a URL and in a document is the same query.
  @FuzzTest
  void aQueryDocumentIsDecidedOrRefusedAsItsParametersAre(byte[] bytes) {
    Inputs.object(bytes).ifPresent(QueryFuzzTest::requireSameQuestion);
  }

  private static void requireSameQuestion(Value.Struct struct) {
    within(() -> Evaluator.matches(QueryParser.parse(struct, CORE, 2), ENTITY));
    if (struct.members().get("q") instanceof Value.Text(var q)
        && struct.members().get("scopeQ") instanceof Value.Text(var scopeQ))
      assertThat(parsed(new Value.Struct(Map.of("q", Value.of(q), "scopeQ", Value.of(scopeQ)))))
          .isEqualTo(parsed(Map.of("q", q, "scopeQ", scopeQ)));
  }

  private static Optional<Query> parsed(Value.Struct document) {
    return Inputs.read(() -> QueryParser.parse(document, CORE));
  }

  private static Optional<Query> parsed(Map<String, String> parameters) {
    return Inputs.read(() -> QueryParser.parse(parameters::get, CORE));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static void within(Runnable asked) {
    long start = System.nanoTime();
    Inputs.attempt(asked);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
  }
}
