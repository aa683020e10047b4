package plaza.ngsild.subscription;

import static plaza.fuzz.Inputs.attempt;

import com.code_intelligence.jazzer.junit.FuzzTest;
import plaza.fuzz.Inputs;
import plaza.graph.Value;
import plaza.ngsild.context.Context;
import plaza.ngsild.context.Contexts;

class SubscriptionFuzzTest {
  private static final Context CORE = Contexts.builtIn().core();

  @FuzzTest
  void aSubscriptionIsReadOrRefused(byte[] bytes) {
    Inputs.object(bytes).ifPresent(SubscriptionFuzzTest::read);
  }

  private static void read(Value.Struct document) {
    for (var kind : Kind.values())
      attempt(
          () -> parser().parse(kind, Documents.written(document, CORE), CORE, "http://localhost"));
  }

  @SuppressWarnings("NullAway") // a jsonldContext, for which alone the shelf is there, is cut off
  private static DefinitionParser parser() {
    return new DefinitionParser(null);
  }
}
