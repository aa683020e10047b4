package plaza.ngsild.snapshot;

import static plaza.fuzz.Inputs.attempt;

import com.code_intelligence.jazzer.junit.FuzzTest;
import plaza.fuzz.Inputs;
import plaza.ngsild.context.Context;
import plaza.ngsild.context.Contexts;

class SnapshotFuzzTest {
  private static final Context CORE = Contexts.builtIn().core();

  @FuzzTest
  void aSnapshotIsReadOrRefused(byte[] bytes) {
    Inputs.object(bytes)
        .ifPresent(document -> attempt(() -> SnapshotDraft.create(document.members(), CORE)));
  }
}
