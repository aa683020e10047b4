package plaza.programme.place;

import static org.assertj.core.api.Assertions.assertThat;

import biweekly.Biweekly;
import biweekly.ICalVersion;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Calendars as another reader of RFC 5545 understands them.
class ICalendarTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00.5Z");

  private static ICalendar.Entry entry(String summary, String status) {
    return new ICalendar.Entry(
        "urn:ngsi-ld:Booking:1",
        3,
        status,
        NOON,
        NOON.plusSeconds(3600),
        NOON,
        summary,
        "First line;\r\nsecond, with a \\ and a comma",
        "大安森林公園; Xinsheng Road, Taipei, a place whose name alone is longer than one line holds",
        25.03,
        121.54,
        "https://plaza.example/events/1");
  }

  @Test
  void anotherReaderUnderstandsWhatIsWritten() {
    var text = ICalendar.text("Field, west", List.of(entry("測試 drone 🚁 test", "CONFIRMED")));

    var calendar = Biweekly.parse(text).first();

    assertThat(calendar.validate(ICalVersion.V2_0).isEmpty())
        .as("%s", calendar.validate(ICalVersion.V2_0))
        .isTrue();
    var event = calendar.getEvents().getFirst();
    assertThat(event.getUid().getValue()).isEqualTo("urn:ngsi-ld:Booking:1");
    assertThat(event.getSummary().getValue()).isEqualTo("測試 drone 🚁 test");
    assertThat(event.getDescription().getValue().lines())
        .containsExactly("First line;", "second, with a \\ and a comma");
    assertThat(event.getLocation().getValue()).startsWith("大安森林公園; Xinsheng Road, Taipei");
    assertThat(event.getDateStart().getValue()).isEqualTo("2026-06-01T12:00:00Z");
    assertThat(event.getDateEnd().getValue()).isEqualTo("2026-06-01T13:00:00Z");
    assertThat(event.getStatus().isConfirmed()).isTrue();
    assertThat(event.getSequence().getValue()).isEqualTo(3);
    assertThat(event.getGeo().getLatitude()).isEqualTo(25.03);
  }

  @Test
  void noLineIsLongerThan75OctetsAndNoCharacterIsBroken() {
    var text = ICalendar.text("🚁".repeat(60), List.of(entry("é".repeat(200), "TENTATIVE")));

    assertThat(text).endsWith("\r\n").doesNotContain("�");
    for (var line : text.split("\r\n"))
      assertThat(line.getBytes(StandardCharsets.UTF_8).length).as(line).isLessThanOrEqualTo(75);
    assertThat(text.replace("\r\n", "")).doesNotContain("\r").doesNotContain("\n");
    assertThat(text.replace("\r\n ", "")).contains("é".repeat(200)).contains("🚁".repeat(60));
  }

  @Test
  void whatIsGivenUpIsCancelledSoThatCalendarsForgetIt() {
    assertThat(List.of("REQUESTED", "CONFIRMED", "IN_USE", "RELEASED"))
        .extracting(Calendars::status)
        .containsExactly("TENTATIVE", "CONFIRMED", "CONFIRMED", "CONFIRMED");
    assertThat(List.of("CANCELLED", "REJECTED", "NO_SHOW"))
        .extracting(Calendars::status)
        .containsOnly("CANCELLED");
  }
}
