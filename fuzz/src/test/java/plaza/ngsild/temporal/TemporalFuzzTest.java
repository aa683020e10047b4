package plaza.ngsild.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import plaza.graph.Refusal;
import plaza.ngsild.parse.DateTimes;

class TemporalFuzzTest {
  private static final Duration LONGEST = Duration.ofDays(400);

  @FuzzTest
  void aDateTimeIsWhatTheJdkReadsOrIsRefused(byte[] bytes) {
    var text = text(bytes);
    Instant read;
    try {
      read = DateTimes.parse(text, "observedAt");
    } catch (Refusal refused) {
      return;
    }
    assertThat(read).isEqualTo(Instant.parse(text.replace(',', '.')));
  }

  @FuzzTest
  void aDurationIsPositiveOrRefused(byte[] bytes) {
    var text = text(bytes);
    try {
      assertThat(Periods.Length.parse(text).micros()).isNotNegative();
    } catch (Refusal refused) {
      // As good an answer as any.
    }
    try {
      assertThat(Lifetime.parse(text, "lifetime", Duration.ZERO, LONGEST))
          .isBetween(Duration.ZERO, LONGEST);
    } catch (Refusal refused) {
      // As good an answer as any.
    }
  }

  /// Parameters as in a URL, one on each line.
  @FuzzTest
  void aTemporalQueryHasAnOrderedSpanOrIsRefused(byte[] bytes) {
    var parameters = new HashMap<String, String>();
    for (var line : text(bytes).split("\n", -1)) {
      int equals = line.indexOf('=');
      if (equals > 0) parameters.put(line.substring(0, equals), line.substring(equals + 1));
    }
    try {
      var query = TemporalQuery.parse(parameters::get);
      assertThat(query.lastN()).isNotNegative();
      if (query.span().from() != null && query.span().until() != null)
        assertThat(query.span().from()).isBefore(query.span().until());
    } catch (Refusal refused) {
      // As good an answer as any.
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
