package plaza.ngsild.source;

import static plaza.fuzz.Inputs.attempt;

import com.code_intelligence.jazzer.junit.FuzzTest;
import plaza.fuzz.Inputs;
import plaza.graph.Value;
import plaza.ngsild.context.Context;
import plaza.ngsild.context.Contexts;

class RegistrationFuzzTest {
  private static final Context CORE = Contexts.builtIn().core();

  @FuzzTest
  void aRegistrationIsReadOrRefused(byte[] bytes) {
    Inputs.object(bytes).ifPresent(RegistrationFuzzTest::read);
  }

  private static void read(Value.Struct document) {
    attempt(() -> {
      RegistrationParser.requireType(document, true);
      var written = Documents.written(document, CORE);
      RegistrationParser.parse("urn:x:1", written, CORE.source());
      Documents.shown(written, CORE);
    });
    attempt(() -> AskParser.parse(document, CORE));
  }
}
