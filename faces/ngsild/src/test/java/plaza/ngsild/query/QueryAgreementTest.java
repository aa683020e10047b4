package plaza.ngsild.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;
import plaza.graph.Entity;
import plaza.graph.Value;
import plaza.graph.query.Evaluator;
import plaza.json.Json;
import plaza.json.JsonWriter;
import plaza.ngsild.RandomEntities;
import plaza.ngsild.context.Context;
import plaza.ngsild.context.Contexts;
import plaza.ngsild.represent.EntityWriter;
import plaza.ngsild.represent.Representation;

/// Clause 4.9: the parser and the evaluator together agree with a plain reading of the text.
class QueryAgreementTest {
  @Test
  void randomConditionsOnRandomEntitiesDecideAsThePlainReadingDoes() {
    var context = Contexts.builtIn().core();
    int met = 0;
    for (int seed = 0; seed < 30_000; seed++) {
      var entity = new RandomEntities(seed).entity();
      var query = NaiveQuery.random(new Random(seed * 31L));
      boolean expected = query.matches(normalized(entity, context));

      boolean found = Evaluator.matches(QParser.parse(query.text(), context), entity);

      assertThat(found).as("seed %d: %s on %s", seed, query.text(), entity).isEqualTo(expected);
      if (found) met++;
    }
    assertThat(met).as("conditions met at all").isGreaterThan(500);
  }

  private static java.util.Map<String, Value> normalized(Entity entity, Context context) {
    var out = new ByteArrayOutputStream();
    try (var writer = new JsonWriter(out)) {
      new EntityWriter(context, Representation.NORMALIZED, writer).write(entity, false);
    }
    return ((Value.Struct) Json.parse(out.toByteArray())).members();
  }
}
