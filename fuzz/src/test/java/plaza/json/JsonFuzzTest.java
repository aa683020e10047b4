package plaza.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import plaza.graph.Refusal;
import plaza.graph.Value;

class JsonFuzzTest {
  @FuzzTest
  void whatIsReadIsWrittenSoThatItReadsTheSame(byte[] bytes) {
    Value read;
    try {
      read = Json.parse(bytes);
    } catch (Refusal refused) {
      return;
    }
    assertThat(Json.parse(Json.bytes(read))).isEqualTo(read);
    assertThat(Json.parse(Json.text(read))).isEqualTo(read);
  }
}
