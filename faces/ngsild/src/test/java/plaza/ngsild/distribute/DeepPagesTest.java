package plaza.ngsild.distribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import plaza.graph.Names;
import plaza.graph.query.Sight;
import plaza.ledger.Policy;

/// Pages of more entities than are taken of a source at once (clauses 5.5.9, 5.7.2.4).
final class DeepPagesTest {
  private static final SourceLimits SMALL =
      new SourceLimits(
          Duration.ofSeconds(5),
          Duration.ofSeconds(60),
          Duration.ZERO,
          32 << 20,
          512,
          10,
          60,
          5,
          1_000,
          10_000,
          Duration.ofDays(7),
          SourceLimits.Split.AS_REGISTERED);

  private final Town south = new Town("south");
  private final Town north = new Town("north", Policy.OPEN, SMALL);

  @AfterEach
  void close() {
    north.close();
    south.close();
  }

  private static String bus(int number) {
    return "{\"id\":\"urn:ngsi-ld:Bus:%02d\",\"type\":\"Bus\",\"speed\":{\"type\":\"Property\",\"value\":%d}}"
        .formatted(number, number);
  }

  private static List<String> ids(int from, int until) {
    return IntStream.range(from, until).mapToObj("urn:ngsi-ld:Bus:%02d"::formatted).toList();
  }

  /// Follows the next links to their end.
  private static List<String> all(Town town, String first) {
    var ids = new ArrayList<String>();
    var path = first;
    for (int pages = 0; !path.isEmpty(); pages++) {
      assertThat(pages).as("pages").isLessThan(40);
      var answer = town.get(path);
      ids.addAll(answer.ids());
      path =
          answer.response().headers().allValues("Link").stream()
              .filter(link -> link.contains("rel=\"next\""))
              .map(link ->
                  link.substring(link.indexOf('/') + "/ngsi-ld/v1".length(), link.indexOf('>')))
              .findFirst()
              .orElse("");
    }
    return ids;
  }

  @Test
  void pagesLeadFartherThanIsTakenAtOnce() {
    for (int i = 0; i < 45; i++) south.hold(bus(i));
    for (int i = 40; i < 50; i++) north.hold(bus(i).replace("speed", "load"));
    north.register("inclusive", south, "Bus");

    assertThat(all(north, "/entities?type=Bus&limit=7"))
        .hasSize(50)
        .containsExactlyInAnyOrderElementsOf(ids(0, 50));
    var deep = north.get("/entities?type=Bus&limit=3&offset=40&options=keyValues");
    assertThat(deep.text()).contains("\"speed\":");
    assertThat(deep.items()).hasSize(3);
    assertThat(deep.warnings()).isEmpty();
  }

  @Test
  void whereTheyEndIsSaid() {
    for (int i = 0; i < 80; i++) south.hold(bus(i));
    north.register("inclusive", south, "Bus");

    assertThat(all(north, "/entities?type=Bus&limit=20")).hasSize(60);
    assertThat(north.get("/entities?type=Bus&limit=20&offset=60").warnings().getFirst())
        .startsWith("199 ")
        .contains("more entities than the 60 that were looked at");
  }

  /// Clause 5.7.2.4: filters decided here look at all that can be reached, of what cannot be kept
  /// whole at what they are about.
  @Test
  void whatIsJudgedHereIsLookedAtAsFarAsPagesLead() {
    for (int i = 0; i < 20; i++) south.hold(bus(i).replace("}}", "},\"line\":{\"value\":1}}"));
    for (int i = 15; i < 25; i++) north.hold(bus(i).replace("speed", "load"));
    north.register("inclusive", south, "Bus");
    var split = "/entities?type=Bus&splitEntities=true&q=";

    assertThat(all(north, split + "speed>=2&limit=4"))
        .containsExactlyInAnyOrderElementsOf(ids(2, 20));
    var both = north.get(split + "speed>=0;load>=0&options=keyValues&count=true");
    assertThat(both.ids()).containsExactlyInAnyOrderElementsOf(ids(15, 20));
    assertThat(both.header("NGSILD-Results-Count")).isEqualTo("5");
    assertThat(both.warnings()).isEmpty();
    for (var found : both.items())
      assertThat(Town.members(found)).containsKeys("speed", "load", "line");
  }

  @Test
  void whereWhatIsJudgedEndsIsSaid() {
    for (int i = 0; i < 80; i++) south.hold(bus(i));
    north.register("inclusive", south, "Bus");

    var judged = north.get("/entities?type=Bus&q=speed>=0&splitEntities=true&limit=100&count=true");
    assertThat(judged.items()).hasSize(60);
    assertThat(judged.header("NGSILD-Results-Count")).isEqualTo("60");
    assertThat(judged.warnings().getFirst())
        .contains("more entities than the 60 that were looked at", "splitEntities=false");
    assertThat(all(north, "/entities?type=Bus&q=speed>=0&splitEntities=false&limit=20"))
        .hasSize(60);
  }

  /// What a source sends and was not registered for leaves no gap in the pages.
  @Test
  void nothingIsLostBetweenPages() {
    for (int i = 0; i < 30; i++) {
      south.hold(bus(i));
      south.hold(
          bus(i)
              .replace("Bus:", "Bus:x")
              .replace("\"type\":\"Bus\"", "\"type\":[\"Bus\",\"Old\"]"));
    }
    north.register(
        south.url(),
        """
        "information":[{"entities":[{"type":"Bus","idPattern":"Bus:[0-9]"}]},
        {"entities":[{"type":"Bus","idPattern":"Bus:y"}]}]\
        """);

    var ids = all(north, "/entities?type=Bus&limit=3");

    assertThat(new HashSet<>(ids))
        .hasSameSizeAs(ids)
        .containsExactlyInAnyOrderElementsOf(ids(0, 30));
  }

  /// Who may not see everything loses nothing either.
  @Test
  void nothingIsLostForWhoSeesLess() {
    var here = List.of(Names.DEFAULT_VOCAB + "Bus");
    var sight =
        Sight.of(
            new Sight.View(Set.copyOf(here), Set.of(), square(), null, null), "ask the operator");
    Policy narrow =
        (actor, address) ->
            actor.isAnonymous()
                ? new Policy.Rights(sight, sight)
                : Policy.OPEN.rights(actor, address);
    try (var east = new Town("east", narrow, SourceLimits.DEFAULT)) {
      for (int i = 0; i < 40; i++)
        south.hold(
            bus(i)
                .replace(
                    "\"speed\"",
                    "\"location\":{\"type\":\"Point\",\"coordinates\":[%d,0]},\"speed\""
                        .formatted(i % 2 == 0 ? 5 : 50)));
      east.register("inclusive", south, "Bus");

      assertThat(all(east, "/entities?type=Bus&limit=3")).hasSize(20).doesNotHaveDuplicates();
    }
  }

  private static Geometry square() {
    return new GeometryFactory().toGeometry(new Envelope(0, 10, -10, 10));
  }
}
