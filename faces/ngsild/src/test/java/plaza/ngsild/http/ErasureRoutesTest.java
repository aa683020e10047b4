package plaza.ngsild.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import plaza.graph.Value;

class ErasureRoutesTest {
  private static final String ID = "urn:ngsi-ld:Station:1";
  private static final String PATH = "/temporal/entities/" + ID;
  private final Broker broker = new Broker();

  @BeforeEach
  void fill() {
    broker.post(
        "/temporal/entities",
        """
        {"id": "urn:ngsi-ld:Station:1", "type": "Station",
         "bikes": [%s,
          {"value": 50, "datasetId": "urn:d:1", "observedAt": "2026-06-01T00:00:00Z"}],
         "mood": [{"value": "good", "observedAt": "2026-06-01T00:00:00Z"}]}
        """
            .formatted(
                IntStream.range(0, 6)
                    .mapToObj(i ->
                        "{\"value\": %d, \"observedAt\": \"2026-06-01T00:0%d:00Z\"}"
                            .formatted(i, i))
                    .collect(Collectors.joining(","))));
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @Test
  void clause5616AnErasedEvolutionIsGoneWithItsEntity() {
    assertThat(broker.delete(PATH).status()).isEqualTo(204);

    assertThat(broker.get(PATH).status()).isEqualTo(404);
    assertThat(broker.get("/entities/" + ID).status()).isEqualTo(404);
    assertThat(
            broker
                .get("/temporal/entities?type=Station&timerel=before&timeAt=2030-01-01T00:00:00Z")
                .items())
        .isEmpty();
    assertThat(broker.delete(PATH).status()).isEqualTo(404);
    assertThat(broker.delete("/temporal/entities/nothing").status()).isEqualTo(400);
    assertThat(
            broker
                .post(
                    "/temporal/entities",
                    "{\"id\": \"%s\", \"type\": \"Station\", \"bikes\": [{\"value\": 1}]}"
                        .formatted(ID))
                .status())
        .isEqualTo(201);
    assertThat(instances("bikes")).hasSize(1);
  }

  @Test
  void clause5613AnAttributeIsErasedByDatasetOrWhole() {
    assertThat(broker.delete(PATH + "/attrs/bikes?datasetId=urn:d:1").status()).isEqualTo(204);
    assertThat(instances("bikes")).hasSize(6);
    assertThat(broker.delete(PATH + "/attrs/bikes?datasetId=urn:d:1").status()).isEqualTo(404);
    assertThat(broker.delete(PATH + "/attrs/bikes").status()).isEqualTo(204);
    assertThat(((Value.Struct) broker.get(PATH).json()).members())
        .containsKey("mood")
        .doesNotContainKey("bikes");

    assertThat(broker.delete(PATH + "/attrs/mood?deleteAll=true").status()).isEqualTo(204);
    assertThat(broker.delete(PATH + "/attrs/mood?deleteAll=true").status()).isEqualTo(404);
    assertThat(broker.delete(PATH + "/attrs/mo<od").status()).isEqualTo(400);
    assertThat(broker.delete("/temporal/entities/urn:x:9/attrs/mood").status()).isEqualTo(404);
  }

  @Test
  void clause5615AnInstanceIsErasedByItsId() {
    var last = instanceId(5);
    assertThat(broker.delete(PATH + "/attrs/bikes/" + last).status()).isEqualTo(204);

    assertThat(instances("bikes")).hasSize(6);
    assertThat(state()).isEqualTo(Value.of(4));
    assertThat(broker.delete(PATH + "/attrs/bikes/" + last).status()).isEqualTo(404);
    assertThat(broker.delete(PATH + "/attrs/mood/" + instanceId(0)).status()).isEqualTo(404);
    assertThat(broker.delete(PATH + "/attrs/bikes/urn:other:1").status()).isEqualTo(404);
    assertThat(broker.delete(PATH + "/attrs/bikes/1").status()).isEqualTo(400);
  }

  @Test
  void clause5614AnInstanceIsReplacedAndKeepsItsId() {
    var id = instanceId(5);
    var before = instances("bikes?options=sysAttrs").stream().filter(one -> is(one, id)).toList();
    var corrected =
        broker.send(
            "PATCH",
            PATH + "/attrs/bikes/" + id,
            "{\"bikes\": [{\"value\": 40, \"observedAt\": \"2026-06-01T00:05:00Z\"}]}");

    assertThat(corrected.status()).isEqualTo(204);
    assertThat(state()).isEqualTo(Value.of(40));
    var after = instances("bikes?options=sysAttrs").stream().filter(one -> is(one, id)).toList();
    assertThat(member(after, "value")).isEqualTo(Value.of(40));
    assertThat(member(after, "createdAt")).isEqualTo(member(before, "createdAt"));
    assertThat(member(after, "modifiedAt")).isNotEqualTo(member(before, "modifiedAt"));

    for (var wrong :
        List.of(
            "{\"mood\": [{\"value\": 40}]}", "{\"bikes\": [{\"value\": 1}, {\"value\": 2}]}", "{}"))
      assertThat(broker.send("PATCH", PATH + "/attrs/bikes/" + id, wrong).status()).isEqualTo(400);
    assertThat(
            broker
                .send(
                    "PATCH",
                    PATH + "/attrs/bikes/urn:ngsi-ld:instance:9-9",
                    "{\"bikes\": [{\"value\": 1}]}")
                .status())
        .isEqualTo(404);
  }

  private Value state() {
    return broker.get("/entities/" + ID + "?options=keyValues&datasetId=@none").member("bikes");
  }

  private String instanceId(int bikes) {
    for (var one : instances("bikes"))
      if (one instanceof Value.Struct(var members)
          && Value.of(bikes).equals(members.get("value"))
          && members.get("instanceId") instanceof Value.Text(var id)) return id;
    throw new AssertionError("no instance says " + bikes);
  }

  private static boolean is(Value instance, String id) {
    return instance instanceof Value.Struct(var members)
        && Value.of(id).equals(members.get("instanceId"));
  }

  private static Value member(List<Value> instances, String name) {
    return ((Value.Struct) instances.getFirst()).members().getOrDefault(name, Value.Null.VALUE);
  }

  private List<Value> instances(String query) {
    var name = query.split("\\?")[0];
    var path = PATH + (query.contains("?") ? query.substring(name.length()) : "");
    return ((Value.Items) broker.get(path).member(name)).items();
  }
}
