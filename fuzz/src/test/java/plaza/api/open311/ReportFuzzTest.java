package plaza.api.open311;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import plaza.graph.Refusal;

class ReportFuzzTest {
  /// Fields as a form has them once they are decoded, one on each line.
  @FuzzTest
  void aReportIsReadOrRefused(byte[] bytes) {
    var form = new LinkedHashMap<String, List<String>>();
    for (var line : new String(bytes, StandardCharsets.UTF_8).split("\n", -1)) {
      int equals = line.indexOf('=');
      if (equals > 0)
        form.computeIfAbsent(line.substring(0, equals), _ -> new ArrayList<>())
            .add(line.substring(equals + 1));
    }
    try {
      new Report(form).fault();
    } catch (Refusal refused) {
      // As good an answer as any.
    }
  }
}
