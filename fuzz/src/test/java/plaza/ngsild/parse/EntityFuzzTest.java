package plaza.ngsild.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static plaza.fuzz.Inputs.attempt;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.util.List;
import plaza.fuzz.Inputs;
import plaza.graph.Entity;
import plaza.graph.Names;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.json.JsonWriter;
import plaza.ngsild.context.Context;
import plaza.ngsild.context.Contexts;
import plaza.ngsild.represent.EntityWriter;
import plaza.ngsild.represent.Representation;

class EntityFuzzTest {
  private static final Context CORE = Contexts.builtIn().core();

  @FuzzTest
  void anEntityIsRefusedOrReadBackAsItIsWritten(byte[] bytes) {
    Inputs.read(() -> new EntityParser(Reading.entities(CORE, false)).entity(Json.parse(bytes)))
        .ifPresent(EntityFuzzTest::requireSameReadBack);
  }

  private static void requireSameReadBack(Entity entity) {
    if (entity.attributes().stream().anyMatch(one -> Names.isPrivate(one.name()))) return;
    for (var how : new Representation[] {Representation.NORMALIZED, Representation.CONCISE}) {
      var text = written(entity, how.withSystem());
      var read = new EntityParser(Reading.entities(CORE, false)).entity(Json.parse(text));
      assertThat(read.with(List.of())).isEqualTo(entity.with(List.of()));
      // Instances of a name come together.
      assertThat(read.attributes()).containsExactlyInAnyOrderElementsOf(entity.attributes());
    }
    written(entity, Representation.SIMPLIFIED);
  }

  @FuzzTest
  void aFragmentIsReadOrRefusedInEveryReading(byte[] bytes) {
    Inputs.json(bytes)
        .ifPresent(document -> {
          for (boolean simplified : new boolean[] {false, true})
            for (var nulls : Reading.Nulls.values())
              for (boolean temporal : new boolean[] {false, true})
                read(new Reading(CORE, simplified, nulls, temporal, temporal), document);
        });
  }

  private static void read(Reading reading, Value document) {
    var parser = new EntityParser(reading);
    attempt(() -> {
      var fragment = parser.fragment(document);
      fragment.patches();
      fragment.gone();
      fragment.attributes();
    });
    attempt(() -> {
      parser.patch("name", document);
      parser.attribute("name", document);
    });
  }

  private static byte[] written(Entity entity, Representation how) {
    var out = new ByteArrayOutputStream();
    try (var writer = new JsonWriter(out)) {
      new EntityWriter(CORE, how, writer).write(entity, true);
    }
    return out.toByteArray();
  }
}
