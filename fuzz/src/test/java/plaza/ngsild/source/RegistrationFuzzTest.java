package plaza.ngsild.source;

import com.code_intelligence.jazzer.junit.FuzzTest;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.ngsild.context.Context;
import plaza.ngsild.context.Contexts;

class RegistrationFuzzTest {
  private static final Context CORE = Contexts.builtIn().core();

  @FuzzTest
  void aRegistrationIsReadOrRefused(byte[] bytes) {
    Value document;
    try {
      document = Json.parse(bytes);
    } catch (Refusal refused) {
      return;
    }
    if (!(document instanceof Value.Struct struct)) return;
    try {
      RegistrationParser.requireType(struct, true);
      var written = Documents.written(struct, CORE);
      RegistrationParser.parse("urn:x:1", written, CORE.source());
      Documents.shown(written, CORE);
    } catch (Refusal refused) {
      // As good an answer as any.
    }
    try {
      AskParser.parse(struct, CORE);
    } catch (Refusal refused) {
      // As good an answer as any.
    }
  }
}
