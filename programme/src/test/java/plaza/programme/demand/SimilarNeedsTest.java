package plaza.programme.demand;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import plaza.graph.GeoJson;
import plaza.graph.Value;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

class SimilarNeedsTest {
  private static final Value.Struct HERE = GeoJson.point(121.5654, 25.0330);
  private static final Value.Struct FAR = GeoJson.point(121.45, 25.15);
  private final SimilarNeeds similar = new SimilarNeeds();

  @Test
  void needsOfLikeWordsAreFoundTheLikestFirst() {
    put("a", "No bikes at the station in the morning", null);
    put("b", "The station has no bike every morning", null);
    put("c", "More benches in the park", null);

    assertThat(found("no bike at my station in the mornings", null)).containsExactly("a", "b");
  }

  @Test
  void chineseNeedsAreFoundWithoutBlanksBetweenWords() {
    put("a", "早上站點沒有腳踏車可借", null);
    put("b", "公園需要更多長椅", null);
    put("c", "每天早上都借不到腳踏車", null);

    assertThat(found("早上沒有腳踏車", null)).contains("a", "c").doesNotContain("b");
    assertThat(found("長椅", null)).containsExactly("b");
  }

  @Test
  void widthAndCaseMakeNoDifference() {
    put("a", "ＹｏｕＢｉｋｅ broken", null);

    assertThat(found("youbike BROKEN", null)).containsExactly("a");
  }

  @Test
  void ofEquallyLikeNeedsTheNearestComesFirst() {
    put("far", "No bikes in the morning", FAR);
    put("near", "No bikes in the morning", HERE);

    assertThat(found("no bikes in the morning", HERE)).containsExactly("near", "far");
  }

  @Test
  void whatIsHiddenOrAnsweredIsNotFound() {
    put("a", "No bikes in the morning", null);
    similar.put("default", need("a", "No bikes in the morning", null).in("SUBMITTED"));

    assertThat(found("no bikes in the morning", null)).isEmpty();
  }

  @Test
  void nothingIsFoundForNothing() {
    put("a", "No bikes in the morning", null);

    assertThat(found("", null)).isEmpty();
    assertThat(found("?!", null)).isEmpty();
    assertThat(similar.find("elsewhere", "bikes", null, 5)).isEmpty();
  }

  @Test
  void amongManyNeedsTheSearchStaysQuick() {
    var words =
        List.of("bike", "bench", "light", "noise", "bus", "stop", "park", "tree", "school", "rain");
    var random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      var text = new StringBuilder();
      for (int w = 0; w < 6; w++)
        text.append(words.get(random.nextInt(10))).append(random.nextInt(300)).append(' ');
      put("n" + i, text.toString(), GeoJson.point(121.5 + random.nextDouble() / 10, 25.05));
    }
    put("mine", "a playground with shade for toddlers", HERE);
    found("bike7 bench2", HERE);
    // The best of them: how busy the machine is must not decide.
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 20; i++) {
      long start = System.nanoTime();
      assertThat(found("shade on the playground bike bus park " + i, HERE)).startsWith("mine");
      best = Math.min(best, System.nanoTime() - start);
    }
    assertThat(Duration.ofNanos(best)).isLessThan(Duration.ofMillis(250));
  }

  private void put(String id, String title, Value.Struct place) {
    similar.put("default", need(id, title, place));
  }

  private static Dossier need(String id, String title, Value.Struct place) {
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("title", Value.of(title));
    if (place != null) fields.put("location", place);
    return Dossier.of(Kind.NEED, "urn:n:" + id, "PUBLISHED", fields);
  }

  private List<String> found(String text, Value.Struct near) {
    var ids = new ArrayList<String>();
    for (var match : similar.find("default", text, near, 5)) ids.add(match.id().substring(6));
    return ids;
  }
}
