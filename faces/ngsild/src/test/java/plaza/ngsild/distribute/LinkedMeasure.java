package plaza.ngsild.distribute;

import java.io.PrintStream;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What filters over links cost when all that is linked to is at another server: 3,000 entities,
/// each linked with another. By hand: `-Dtest=LinkedMeasure`.
final class LinkedMeasure {
  private static final int ENTITIES = 3_000;
  private static final PrintStream OUT = System.out;

  @Test
  void filtersOverLinksToAnotherServer() {
    try (var north = new Town("north");
        var south = new Town("south")) {
      north.register("inclusive", south, "Line");
      for (int from = 0; from < ENTITIES; from += 500) {
        create(north, from, "Bus", ",\"line\":{\"object\":\"urn:ngsi-ld:Line:%d\"}");
        create(south, from, "Line", ",\"color\":{\"value\":\"c%d\"}");
      }
      for (var q : new String[] {"line{color}==\"none\"", "line{color}", "line{color}==\"c2999\""})
        for (int run = 1; run <= 3; run++) {
          long began = System.nanoTime();
          var answer = north.get("/entities?type=Bus&join=inline&limit=20&count=true&q=" + q);
          long took = (System.nanoTime() - began) / 1_000_000;
          OUT.printf(
              "%s, run %d: %d ms, %s found, %s%n",
              q, run, took, answer.header("NGSILD-Results-Count"), answer.warnings());
        }
    }
  }

  private static void create(Town town, int from, String type, String rest) {
    town.post(
        "/entityOperations/create?local=true",
        IntStream.range(from, from + 500)
            .mapToObj(i ->
                "{\"id\":\"urn:ngsi-ld:%s:%d\",\"type\":\"%s\"%s}"
                    .formatted(type, i, type, rest.formatted(i)))
            .collect(Collectors.joining(",", "[", "]")));
  }
}
