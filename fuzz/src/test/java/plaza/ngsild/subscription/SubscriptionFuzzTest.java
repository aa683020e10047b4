package plaza.ngsild.subscription;

import com.code_intelligence.jazzer.junit.FuzzTest;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.ngsild.context.Context;
import plaza.ngsild.context.Contexts;

class SubscriptionFuzzTest {
  private static final Context CORE = Contexts.builtIn().core();

  @FuzzTest
  void aSubscriptionIsReadOrRefused(byte[] bytes) {
    Value document;
    try {
      document = Json.parse(bytes);
    } catch (Refusal refused) {
      return;
    }
    if (!(document instanceof Value.Struct struct)) return;
    for (var kind : Kind.values())
      try {
        parser().parse(kind, Documents.written(struct), CORE, "http://localhost");
      } catch (Refusal refused) {
        // As good an answer as any.
      }
  }

  @SuppressWarnings("NullAway") // a jsonldContext, for which alone the shelf is there, is cut off
  private static DefinitionParser parser() {
    return new DefinitionParser(null);
  }
}
