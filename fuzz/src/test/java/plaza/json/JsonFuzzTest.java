package plaza.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import plaza.fuzz.Inputs;

class JsonFuzzTest {
  @FuzzTest
  void whatIsReadIsWrittenSoThatItReadsTheSame(byte[] bytes) {
    Inputs.json(bytes)
        .ifPresent(read -> {
          assertThat(Json.parse(Json.bytes(read))).isEqualTo(read);
          assertThat(Json.parse(Json.text(read))).isEqualTo(read);
        });
  }
}
