package plaza.ngsild.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Pages of evolutions are filled as long as there are some (clauses 5.5.9.3, 5.7.4.4).
final class TemporalPagesTest {
  private static final String JANUARY =
      "/temporal/entities?type=Bus&attrs=speed&timerel=between&timeAt=2026-01-01T00:00:00Z"
          + "&endTimeAt=2026-02-01T00:00:00Z&options=aggregatedValues&aggrMethods=avg&limit=3";

  private final Broker broker = new Broker();

  @AfterEach
  void close() {
    broker.close();
  }

  private void hold(int number, String month) {
    broker.post(
        "/entities",
        """
        {"id": "urn:x:%02d", "type": "Bus", "speed": {"type": "Property", "value": %d,
          "observedAt": "2026-%s-02T00:00:00Z"}}
        """
            .formatted(number, number, month));
  }

  /// What has nothing in the stretch of time takes no place of a page.
  @Test
  void pagesOfAggregatesHaveNoGaps() {
    for (int i = 0; i < 30; i++) hold(i, i % 6 == 5 ? "01" : "03");

    var first = broker.get(JANUARY);
    var second = broker.get(JANUARY + "&offset=3");

    assertThat(first.text())
        .contains("urn:x:05", "urn:x:11", "urn:x:17")
        .doesNotContain("urn:x:23");
    assertThat(first.header("Link")).contains("rel=\"next\"");
    assertThat(second.text()).contains("urn:x:23", "urn:x:29").doesNotContain("urn:x:17");
    assertThat(second.header("Link")).doesNotContain("rel=\"next\"");
  }
}
