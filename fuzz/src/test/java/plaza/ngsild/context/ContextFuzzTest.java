package plaza.ngsild.context;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import plaza.graph.Refusal;
import plaza.json.Json;

class ContextFuzzTest {
  private static final List<String> NAMES =
      List.of("a", "ex:a", "name", "location", "https://example.org/a", "urn:x:a", "@id", "a:b:c");

  /// Clause 5.5.7, JSON-LD 1.1: what a name is compacted to means the same again.
  @FuzzTest
  void everyContextIsRefusedOrGivesNamesThatMeanTheSameAgain(byte[] bytes) {
    Context context;
    try {
      context = Contexts.builtIn().of(Json.parse(bytes));
    } catch (Refusal | ContextUnavailable refused) {
      return;
    }
    for (var name : NAMES) {
      String iri;
      try {
        iri = context.expand(name);
        // A context may give an IRI itself another meaning; then nothing stands for the first.
        if (!context.expand(iri).equals(iri)) continue;
      } catch (Refusal reserved) {
        continue;
      }
      assertThat(context.expand(context.compact(iri))).as("%s as %s", name, iri).isEqualTo(iri);
    }
  }
}
