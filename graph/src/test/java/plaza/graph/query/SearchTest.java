package plaza.graph.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plaza.graph.Refusal;

class SearchTest {
  private static final String LONG = "x".repeat(9_999) + "!";

  @Test
  void aPatternIsFoundAnywhereInTheText() {
    assertThat(Search.finds(Pattern.compile("inyi R"), "Xinyi Road")).isTrue();
    assertThat(Search.finds(Pattern.compile("^inyi"), "Xinyi Road")).isFalse();
    assertThat(Search.finds(Pattern.compile("x!$"), LONG)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)y", "(x+x+)+\\1y", "(x|y)*z"})
  void aPatternThatWouldNeverEndIsRefusedOrDoesNotMatch(String endless) {
    var pattern = Pattern.compile(endless);

    assertThatThrownBy(() -> Search.finds(pattern, LONG))
        .isInstanceOf(Refusal.TooLarge.class)
        .hasMessageContaining(endless);
    assertThat(Search.findsSoon(pattern, LONG)).isFalse();
  }
}
