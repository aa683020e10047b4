package plaza.ngsild.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plaza.graph.Refusal;

class PatternsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?:(?:(?:){9999}){9999}){9999}",
        "(?:a{0}){2147483647}",
        "((a{99,}){99}){99}",
        "(?x)(?:(?:){9 9 9 9}){9 9 9 9}",
        "(?ix:a)",
        "(",
        ""
      })
  void clause49APatternThatCouldRepeatNothingForEverIsRefused(String pattern) {
    assertThatThrownBy(() -> Patterns.compile(pattern, "q")).isInstanceOf(Refusal.Invalid.class);
  }

  @Test
  void clause49CountsThatPeopleWriteAreRead() {
    var uuid = "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$";

    assertThat(Patterns.compile(uuid, "q").pattern()).isEqualTo(uuid);
  }
}
