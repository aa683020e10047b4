package plaza.ngsild.snapshot;

import com.code_intelligence.jazzer.junit.FuzzTest;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.ngsild.context.Context;
import plaza.ngsild.context.Contexts;

class SnapshotFuzzTest {
  private static final Context CORE = Contexts.builtIn().core();

  @FuzzTest
  void aSnapshotIsReadOrRefused(byte[] bytes) {
    try {
      if (Json.parse(bytes) instanceof Value.Struct(var members))
        SnapshotDraft.create(members, CORE);
    } catch (Refusal refused) {
      // As good an answer as any.
    }
  }
}
