package plaza.ngsild.distribute;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import plaza.graph.Value;
import plaza.json.Json;

/// A source that was registered for some datasetIds gets and answers for these instances only
/// (clauses 4.3.6.1, 5.2.9, 5.12).
final class DatasetBoundsTest {
  private static final String BUS = "urn:ngsi-ld:Bus:1";
  private static final String AT = "/entities/" + BUS;
  private static final String SIMPLE = "?local=true&options=keyValues";
  private static final String BOTH =
      "[{\"type\":\"Property\",\"value\":1},"
          + "{\"type\":\"Property\",\"value\":2,\"datasetId\":\"urn:gps\"}]";

  private final Town north = new Town("north");
  private final Town south = new Town("south");

  @AfterEach
  void close() {
    north.close();
    south.close();
  }

  private void register(String mode, String datasetIds) {
    north.register(
        south.url(),
        """
        "mode":"%s","datasetId":%s,"operations":%s,
        "information":[{"entities":[{"id":"%s","type":"Bus"}],"propertyNames":["speed"]}]\
        """
            .formatted(mode, datasetIds, Town.ALL, BUS));
  }

  private static String bus(String speed) {
    return "{\"id\":\"%s\",\"type\":\"Bus\",\"speed\":%s}".formatted(BUS, speed);
  }

  private static Value speed(Town town) {
    var answer = town.get(AT + SIMPLE);
    return answer.status() == 200 ? answer.member("speed") : Value.Null.VALUE;
  }

  private static Value json(String text) {
    return Json.parse(text);
  }

  @Test
  void aCreationIsSplitByDatasetId() {
    register("exclusive", "[\"urn:gps\"]");

    north.post("/entities", bus(BOTH));

    assertThat(speed(south)).isEqualTo(json("{\"dataset\":{\"urn:gps\":2}}"));
    assertThat(speed(north)).isEqualTo(json("1"));
    assertThat(north.get(AT + "?options=keyValues").member("speed"))
        .isEqualTo(json("{\"dataset\":{\"@none\":1,\"urn:gps\":2}}"));
  }

  @Test
  void noneMeansTheDefaultInstance() {
    register("redirect", "[\"@none\"]");

    north.post("/entities", bus(BOTH));

    assertThat(speed(south)).isEqualTo(json("1"));
    assertThat(speed(north)).isEqualTo(json("{\"dataset\":{\"urn:gps\":2}}"));
  }

  @Test
  void bareValuesAreSplitToo() {
    register("redirect", "[\"urn:gps\"]");

    north.post("/entities?options=keyValues", bus("{\"dataset\":{\"@none\":1,\"urn:gps\":2}}"));

    assertThat(speed(south)).isEqualTo(json("{\"dataset\":{\"urn:gps\":2}}"));
    assertThat(speed(north)).isEqualTo(json("1"));
  }

  @Test
  void anInclusiveSourceGetsNoInstanceOfAnotherDataset() {
    register("inclusive", "[\"urn:gps\"]");

    north.post("/entities", bus("{\"type\":\"Property\",\"value\":1}"));
    assertThat(south.get(AT + SIMPLE).status()).isEqualTo(404);
    north.post("/entityOperations/upsert?options=update", "[" + bus(BOTH) + "]");

    assertThat(speed(south)).isEqualTo(json("{\"dataset\":{\"urn:gps\":2}}"));
    assertThat(speed(north)).isEqualTo(json("{\"dataset\":{\"@none\":1,\"urn:gps\":2}}"));
  }

  @Test
  void changesOfAnAttributeGoWhereTheirInstanceIs() {
    register("redirect", "[\"urn:gps\"]");
    north.post("/entities", bus(BOTH));

    assertThat(
            north
                .send("PATCH", AT + "/attrs/speed", "{\"value\":3,\"datasetId\":\"urn:gps\"}")
                .status())
        .isEqualTo(204);
    assertThat(north.send("PATCH", AT + "/attrs/speed", "{\"value\":4}").status()).isEqualTo(204);

    assertThat(speed(south)).isEqualTo(json("{\"dataset\":{\"urn:gps\":3}}"));
    assertThat(speed(north)).isEqualTo(json("4"));

    assertThat(
            north
                .send(
                    "PATCH",
                    AT,
                    "{\"speed\":[{\"value\":5},{\"value\":6,\"datasetId\":\"urn:gps\"}]}")
                .status())
        .isEqualTo(204);
    assertThat(speed(south)).isEqualTo(json("{\"dataset\":{\"urn:gps\":6}}"));
    assertThat(speed(north)).isEqualTo(json("5"));

    assertThat(north.delete(AT + "/attrs/speed").status()).isEqualTo(204);
    assertThat(speed(north)).isEqualTo(Value.Null.VALUE);
    assertThat(speed(south)).isEqualTo(json("{\"dataset\":{\"urn:gps\":6}}"));
    assertThat(north.delete(AT + "/attrs/speed?datasetId=urn:gps").status()).isEqualTo(204);
    assertThat(speed(south)).isEqualTo(Value.Null.VALUE);
  }

  @Test
  void ofAllInstancesTheSourceLosesThoseItWasRegisteredForOnly() {
    register("redirect", "[\"urn:gps\",\"urn:odometer\"]");
    north.post("/entities", bus(BOTH));
    south.post(
        AT + "/attrs",
        "{\"speed\":{\"type\":\"Property\",\"value\":9,\"datasetId\":\"urn:radar\"}}");

    assertThat(north.delete(AT + "/attrs/speed?deleteAll=true").status()).isEqualTo(204);

    assertThat(speed(north)).isEqualTo(Value.Null.VALUE);
    assertThat(speed(south)).isEqualTo(json("{\"dataset\":{\"urn:radar\":9}}"));
  }
}
