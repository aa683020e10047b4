package plaza.ngsild.distribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import plaza.ledger.Policy;

/// Clauses 4.9, 4.5.23, 6.3.17: what very many links lead to is at a source.
final class LinkedSourcesTest {
  private static final String LINES =
      "\"information\":[{\"entities\":[{\"type\":\"Line\"}]}],\"operations\":[\"retrieveOps\"]";
  private static final String RED = "/entities?type=Bus&join=inline&q=line{color}==\"red\"";

  private static final SourceLimits SMALL =
      new SourceLimits(
          Duration.ofMillis(300),
          Duration.ofSeconds(60),
          Duration.ZERO,
          32 << 20,
          512,
          10_000,
          100_000,
          1_000,
          1_000,
          400,
          Duration.ofDays(7),
          SourceLimits.Split.AS_REGISTERED);

  private final OtherBroker lines = new OtherBroker();
  private final Town north = new Town("north", Policy.OPEN, SMALL);

  @AfterEach
  void close() {
    north.close();
    lines.close();
  }

  /// Buses here, each on a line of its own.
  private void hold(int buses) {
    north.post(
        "/entityOperations/create?local=true",
        IntStream.range(0, buses)
            .mapToObj(i ->
                """
                {"id":"urn:ngsi-ld:Bus:%d","type":"Bus","line":{"object":"urn:ngsi-ld:Line:%d"}}\
                """
                    .formatted(i, i))
            .collect(Collectors.joining(",", "[", "]")));
  }

  /// The source has every line it is asked for; one in a hundred is red.
  private void answer() {
    lines.following(asked ->
        lines.answers(
            200,
            ids(asked).stream()
                .map(id ->
                    """
                    {"id":"%s","type":"Line","color":{"value":"%s"}}\
                    """
                        .formatted(id, id.endsWith("00") ? "red" : "blue"))
                .collect(Collectors.joining(",", "[", "]"))));
  }

  private static List<String> ids(OtherBroker.Asked asked) {
    for (var parameter : asked.query().split("&"))
      if (parameter.startsWith("id=")) return List.of(parameter.substring(3).split(","));
    return List.of();
  }

  private List<String> askedFor() {
    var ids = new ArrayList<String>();
    for (var asked : lines.asked) ids.addAll(ids(asked));
    return ids;
  }

  @Test
  void theEndsOfAllLinksAreAskedForTogetherAndOnceEach() {
    hold(350);
    answer();
    north.register(lines.url(), LINES);

    var found = north.get(RED + "&count=true");

    assertThat(found.ids())
        .containsExactlyInAnyOrder(
            "urn:ngsi-ld:Bus:100", "urn:ngsi-ld:Bus:200", "urn:ngsi-ld:Bus:300");
    assertThat(found.header("NGSILD-Results-Count")).isEqualTo("3");
    assertThat(found.warnings()).isEmpty();
    // The three that answer come along, so they are asked for as links of the answer again.
    assertThat(askedFor()).hasSize(350 + 3).contains("urn:ngsi-ld:Line:349");
    assertThat(lines.asked).hasSizeLessThan(12);
    for (var asked : lines.asked) assertThat(asked.query()).hasSizeLessThan(4_500);
  }

  @Test
  void whoWantsOnePageLooksNoFurther() {
    hold(350);
    answer();
    north.register(lines.url(), LINES);

    assertThat(north.get("/entities?type=Bus&join=inline&q=line{color}&limit=5").ids()).hasSize(5);
    assertThat(askedFor()).hasSizeLessThan(50);
  }

  @Test
  void linksOfAnAnswerAreAskedForTogether() {
    hold(250);
    answer();
    north.register(lines.url(), LINES);

    var found = north.get("/entities?type=Bus&join=flat&limit=250");

    assertThat(found.ids()).hasSize(500);
    assertThat(askedFor()).hasSize(250);
    assertThat(lines.asked).hasSize(3);
  }

  @Test
  void linksOfLinksAreAskedForLevelByLevel() {
    lines.following(asked ->
        lines.answers(
            200,
            ids(asked).stream()
                .map(id ->
                    id.contains("Line")
                        ? "{\"id\":\"%s\",\"type\":\"Line\",\"owner\":{\"object\":\"%s\"}}"
                            .formatted(id, id.replace("Line", "Owner"))
                        : "{\"id\":\"%s\",\"type\":\"Owner\",\"name\":{\"value\":\"%s\"}}"
                            .formatted(id, id.substring(id.lastIndexOf(':') + 1)))
                .collect(Collectors.joining(",", "[", "]"))));
    hold(60);
    north.register(
        lines.url(), "\"information\":[{\"entities\":[{\"type\":\"Line\"},{\"type\":\"Owner\"}]}]");

    var found =
        north.get(
            "/entities?type=Bus&join=inline&joinLevel=2&q=line{owner{name}}==\"59\"&count=true");

    assertThat(found.ids()).containsExactly("urn:ngsi-ld:Bus:59");
    assertThat(found.header("NGSILD-Results-Count")).isEqualTo("1");
    assertThat(lines.asked).hasSizeLessThan(8);
  }

  @Test
  void aSourceThatDoesNotAnswerIsWaitedForOnce() {
    hold(350);
    lines.after(20_000);
    north.register(lines.url(), LINES);
    long began = System.nanoTime();

    var found = north.get(RED);

    assertThat(found.status()).isEqualTo(200);
    assertThat(found.ids()).isEmpty();
    assertThat(found.warnings()).isNotEmpty().allMatch(warning -> warning.startsWith("199 "));
    assertThat(lines.asked).hasSizeLessThan(5);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
  }

  @Test
  void aSlowSourceIsNotAskedLongerThanIsWaitedForAnAnswer() {
    hold(350);
    answer();
    lines.after(180);
    north.register(lines.url(), LINES);

    var found = north.get(RED + "&count=true");

    assertThat(found.status()).isEqualTo(200);
    assertThat(found.warnings()).isNotEmpty().allMatch(warning -> warning.startsWith("199 "));
    assertThat(lines.asked).hasSizeLessThan(5);
  }

  @Test
  void moreLinksThanAllowedAreRefusedInASentence() {
    hold(450);
    answer();
    north.register(lines.url(), LINES);

    var found = north.get(RED);

    assertThat(found.status()).isEqualTo(403);
    assertThat(found.error()).isEqualTo("TooComplexQuery");
    assertThat(found.text()).contains("more than 400 entities at context sources");
  }
}
