package plaza.ngsild.distribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import plaza.graph.Entity;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.ngsild.RandomContexts;
import plaza.ngsild.RandomEntities;
import plaza.ngsild.Written;
import plaza.ngsild.context.Context;
import plaza.ngsild.context.Contexts;
import plaza.ngsild.parse.EntityParser;
import plaza.ngsild.parse.Normalized;
import plaza.ngsild.parse.Normalized.Fresh;
import plaza.ngsild.parse.Reading;
import plaza.ngsild.represent.Representation;
import plaza.testkit.Seeds;

/// What is written anew for a source means what was written (clauses 4.3.6.1, 4.3.6.6).
class RewritingTest {
  private static final Context CORE = Contexts.builtIn().core();

  @Test
  void whatIsWrittenTerselyMeansTheSameNormalized() {
    Seeds.of(1_000)
        .forEach(seed -> {
          var entity = new RandomEntities(seed).entity();
          var context = RandomContexts.valid(seed);
          var terse =
              Written.entity(entity, context, Representation.of(Representation.Format.CONCISE));
          var normalized = Normalized.entity(struct(terse), Fresh.YES);
          assertThat(read(normalized, context)).as("seed %d: %s", seed, terse).isEqualTo(entity);
          assertThat(normalized)
              .as("seed %d: %s", seed, terse)
              .isEqualTo(Json.parse(Written.entity(entity, context, Representation.NORMALIZED)));
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"NORMALIZED", "CONCISE"})
  void whatIsWrittenInOnesWordsMeansTheSameInAnothers(Representation.Format format) {
    Seeds.of(1_000)
        .forEach(seed -> {
          var entity = new RandomEntities(seed).entity();
          var from = RandomContexts.valid(seed);
          for (var to : List.of(CORE, RandomContexts.valid(seed + 500_000))) {
            var text = Written.entity(entity, from, Representation.of(format));
            var renamed = Renaming.of(struct(text), from, new Dialect(to, null, false));
            assertThat(read(renamed, to)).as("seed %d: %s", seed, text).isEqualTo(entity);
          }
        });
  }

  /// Clause 5.2.5: the sealed members of a proof are texts, one of them a type's name.
  @Test
  void theSealedMembersOfAProofStayTexts() {
    var proof =
        struct(
            """
            {"ngsildproof": {"value": {"type": "DataIntegrityProof"},
             "entityIdSealed": "urn:a:1", "entityTypeSealed": "Bus"}}
            """);
    assertThat(Normalized.entity(proof, Fresh.YES))
        .isEqualTo(
            Json.parse(
                """
                {"ngsildproof": {"type": "Property", "value": {"type": "DataIntegrityProof"},
                 "entityIdSealed": "urn:a:1", "entityTypeSealed": "Bus"}}
                """));
    var context = Contexts.builtIn().of(Json.parse("{\"Bus\": \"https://example.org/Bus\"}"));
    assertThat(Renaming.of(proof, context, new Dialect(CORE, null, false)))
        .isEqualTo(
            Json.parse(
                """
                {"ngsildproof": {"value": {"type": "DataIntegrityProof"},
                 "entityIdSealed": "urn:a:1", "entityTypeSealed": "https://example.org/Bus"}}
                """));
  }

  /// Clause 5.2.2: what only answers say is ignored, so it is no sub-attribute.
  @Test
  void whatOnlyAnswersSayIsLeftAsItIs() {
    var members = Map.<String, Value>of("value", Value.of(5), "previousValue", Value.of(4));
    assertThat(Normalized.attribute(new Value.Struct(members)))
        .isEqualTo(Json.parse("{\"type\": \"Property\", \"value\": 5, \"previousValue\": 4}"));
  }

  private static Value.Struct struct(String json) {
    return (Value.Struct) Json.parse(json);
  }

  private static Entity read(Value document, Context context) {
    return new EntityParser(Reading.entities(context, false)).entity(document);
  }
}
