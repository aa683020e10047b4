package plaza.ngsild.distribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import plaza.graph.Value;
import plaza.json.Json;

/// Batches over several servers (clauses 5.6.7 to 5.6.10, 5.6.20).
final class DistributedBatchTest {
  private final Town north = new Town("north");
  private final Town south = new Town("south");
  private final OtherBroker other = new OtherBroker();

  @AfterEach
  void close() {
    north.close();
    south.close();
    other.close();
  }

  private static String thing(String type, int number, int speed) {
    return "{\"id\":\"urn:ngsi-ld:%s:%d\",\"type\":\"%s\",\"speed\":{\"type\":\"Property\",\"value\":%d}}"
        .formatted(type, number, type, speed);
  }

  private static String batch(String... things) {
    return "[" + String.join(",", things) + "]";
  }

  private static List<String> kept(Town town) {
    var answer = town.get("/entities?local=true&options=keyValues");
    return answer.items().stream()
        .map(item ->
            ((Value.Text) Town.members(item).get("id")).text().substring(12)
                + "="
                + Json.text(Town.members(item).getOrDefault("speed", Value.Null.VALUE)))
        .sorted()
        .toList();
  }

  @Test
  void eachEntityOfABatchGoesWhereItBelongs() {
    north.register("redirect", south, "Bus");

    var created =
        north.send(
            "POST",
            "/entityOperations/create",
            batch(thing("Bus", 1, 1), thing("Tram", 1, 1), thing("Bus", 2, 1)));

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.items())
        .containsExactlyInAnyOrder(
            Value.of("urn:ngsi-ld:Bus:1"),
            Value.of("urn:ngsi-ld:Bus:2"),
            Value.of("urn:ngsi-ld:Tram:1"));
    assertThat(kept(north)).containsExactly("Tram:1=1");
    assertThat(kept(south)).containsExactly("Bus:1=1", "Bus:2=1");
  }

  @Test
  void everyBatchOperationReachesSources() {
    north.register("redirect", south, "Bus");
    north.post("/entityOperations/upsert", batch(thing("Bus", 1, 1), thing("Tram", 1, 1)));
    assertThat(kept(south)).containsExactly("Bus:1=1");

    assertThat(
            north
                .send(
                    "POST",
                    "/entityOperations/upsert",
                    batch(thing("Bus", 1, 2), thing("Tram", 1, 2)))
                .status())
        .isEqualTo(204);
    assertThat(kept(south)).containsExactly("Bus:1=2");
    assertThat(
            north
                .send(
                    "POST",
                    "/entityOperations/update",
                    batch(thing("Bus", 1, 3), thing("Tram", 1, 3)))
                .status())
        .isEqualTo(204);
    assertThat(kept(south)).containsExactly("Bus:1=3");
    assertThat(
            north
                .send(
                    "POST",
                    "/entityOperations/merge",
                    batch(thing("Bus", 1, 4), thing("Tram", 1, 4)))
                .status())
        .isEqualTo(204);
    assertThat(kept(south)).containsExactly("Bus:1=4");
    assertThat(kept(north)).containsExactly("Tram:1=4");
    assertThat(
            north
                .send(
                    "POST",
                    "/entityOperations/delete",
                    "[\"urn:ngsi-ld:Bus:1\",\"urn:ngsi-ld:Tram:1\"]")
                .status())
        .isEqualTo(204);
    assertThat(kept(south)).isEmpty();
    assertThat(kept(north)).isEmpty();
  }

  @Test
  void whatFailsAtASourceIsToldWithItsRegistration() {
    north.register("redirect", south, "Bus");
    south.hold(thing("Bus", 1, 1));

    var answer =
        north.send(
            "POST", "/entityOperations/create", batch(thing("Bus", 1, 2), thing("Tram", 1, 2)));

    assertThat(answer.status()).isEqualTo(207);
    assertThat(answer.member("success")).isEqualTo(Value.of(List.of("urn:ngsi-ld:Tram:1")));
    var error = Town.members(((Value.Items) answer.member("errors")).items().getFirst());
    assertThat(error.get("entityId")).isEqualTo(Value.of("urn:ngsi-ld:Bus:1"));
    assertThat(error).containsKey("registrationId");
    assertThat(Town.members(error.get("error")).get("status")).isEqualTo(Value.of(409));
  }

  @Test
  void aSourceWithoutBatchesGetsOneAfterTheOther() {
    north.register(
        south.url(),
        """
        "mode":"redirect","information":[{"entities":[{"type":"Bus"}]}],
        "operations":["createEntity","replaceEntity","mergeEntity","deleteEntity"]\
        """);
    south.hold(thing("Bus", 1, 1));

    var answer =
        north.send(
            "POST", "/entityOperations/upsert", batch(thing("Bus", 1, 2), thing("Bus", 2, 2)));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.items()).containsExactly(Value.of("urn:ngsi-ld:Bus:2"));
    assertThat(kept(south)).containsExactly("Bus:1=2", "Bus:2=2");
    assertThat(north.send("POST", "/entityOperations/update", batch(thing("Bus", 1, 3))).status())
        .isEqualTo(207);
  }

  @Test
  void inclusiveSourcesAndThisServerBothKeepABatch() {
    north.register("inclusive", south, "Bus");

    north.post("/entityOperations/create", batch(thing("Bus", 1, 1), thing("Tram", 1, 1)));
    south.hold(thing("Bus", 2, 1));

    assertThat(kept(north)).containsExactly("Bus:1=1", "Tram:1=1");
    assertThat(kept(south)).containsExactly("Bus:1=1", "Bus:2=1");
    assertThat(
            north
                .send(
                    "POST",
                    "/entityOperations/delete",
                    "[\"urn:ngsi-ld:Bus:2\",\"urn:ngsi-ld:Tram:1\"]")
                .status())
        .isEqualTo(204);
  }

  @Test
  void entitiesOfALinkedDataBatchKeepTheirContexts() {
    north.register(
        other.answers(201, "[\"urn:ngsi-ld:Bus:1\"]").url(),
        """
        "mode":"redirect","information":[{"entities":[{"type":"https://example.org/Bus"}]}],
        "operations":["createBatch"]\
        """);

    var answer =
        north.send(
            "POST",
            "/entityOperations/create",
            """
            [{"id":"urn:ngsi-ld:Bus:1","type":"Coach","@context":{"Coach":"https://example.org/Bus"}}]\
            """,
            "Content-Type",
            "application/ld+json");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(other.last().header("Content-Type")).isEqualTo("application/ld+json");
    var sent = Town.members(((Value.Items) other.last().json()).items().getFirst());
    assertThat(sent.get("type")).isEqualTo(Value.of("Coach"));
    assertThat(Json.text(sent.get("@context"))).contains("https://example.org/Bus");
  }
}
