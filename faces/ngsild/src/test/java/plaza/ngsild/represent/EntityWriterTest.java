package plaza.ngsild.represent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import plaza.graph.Entity;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.ngsild.Written;
import plaza.ngsild.context.Context;
import plaza.ngsild.context.Contexts;
import plaza.ngsild.parse.EntityParser;
import plaza.ngsild.parse.Reading;

class EntityWriterTest {
  private static final Contexts CONTEXTS = Contexts.builtIn();

  @Test
  void clause454KeyValuesAreBareValues() {
    var entity =
        new EntityParser(Reading.entities(CONTEXTS.core(), false))
            .entity(
                Json.parse(
                    """
                    {"id": "urn:ngsi-ld:A:1", "type": "A",
                     "bikes": {"type": "Property", "value": 5, "observedAt": "2026-06-01T12:00:00Z"},
                     "owner": {"type": "Relationship", "object": "urn:ngsi-ld:P:1"},
                     "says": {"type": "LanguageProperty", "languageMap": {"en": "yes"}},
                     "kind": {"type": "VocabProperty", "vocab": "Dock"},
                     "speed": [{"value": 1}, {"value": 2, "datasetId": "urn:gps"}]}
                    """));

    assertThat(Json.parse(written(entity, CONTEXTS.core(), Representation.Format.SIMPLIFIED)))
        .isEqualTo(
            Json.parse(
                """
                {"id": "urn:ngsi-ld:A:1", "type": "A", "bikes": 5, "owner": "urn:ngsi-ld:P:1",
                 "says": {"languageMap": {"en": "yes"}}, "kind": {"vocab": "Dock"},
                 "speed": {"dataset": {"@none": 1, "urn:gps": 2}}}
                """));
  }

  @Test
  void clause415ALanguageFilterTurnsALanguageMapIntoAText() {
    var entity =
        new EntityParser(Reading.entities(CONTEXTS.core(), false))
            .entity(
                Json.parse(
                    """
                    {"id": "urn:a:1", "type": "A", "says": {"languageMap": {"en": "yes", "fr": "oui"}}}
                    """));
    var how =
        new Representation(
            Representation.Format.NORMALIZED,
            false,
            Projection.ALL,
            LanguageFilter.parse("de,fr-CH;q=0.8"),
            null);

    assertThat(member(Written.entity(entity, CONTEXTS.core(), how), "says"))
        .isEqualTo(Json.parse("{\"type\": \"Property\", \"value\": \"oui\", \"lang\": \"fr\"}"));
  }

  @Test
  void clause4516AnEntityWithoutAPlaceIsAFeatureWithoutGeometry() {
    var entity = Entity.of("urn:a:1", "urn:t:A", java.util.List.of());
    var feature =
        Written.text(out ->
            new EntityWriter(CONTEXTS.core(), Representation.NORMALIZED, out)
                .writeFeature(entity, plaza.graph.Names.LOCATION, false));

    assertThat(Json.parse(feature))
        .isEqualTo(
            Json.parse(
                """
                {"id": "urn:a:1", "type": "Feature", "geometry": null,
                 "properties": {"type": "urn:t:A"}}
                """));
  }

  private static Value member(String json, String name) {
    return ((Value.Struct) Json.parse(json)).members().get(name);
  }

  private static String written(Entity entity, Context context, Representation.Format format) {
    return Written.entity(entity, context, Representation.of(format));
  }
}
