package plaza.ngsild.distribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plaza.graph.Value;
import plaza.json.Json;

/// Provision over several servers (clauses 5.6.1 to 5.6.6, 5.6.17 to 5.6.19, 6.3.17).
final class DistributedProvisionTest {
  private static final String BUS = "urn:ngsi-ld:Bus:1";
  private static final String AT = "/entities/" + BUS;
  private static final String SIMPLE = AT + "?local=true&options=keyValues";

  private final Town north = new Town("north");
  private final Town south = new Town("south");
  private final OtherBroker other = new OtherBroker();

  @AfterEach
  void close() {
    north.close();
    south.close();
    other.close();
  }

  private static String bus(String rest) {
    return "{\"id\":\"%s\",\"type\":\"Bus\"%s}".formatted(BUS, rest);
  }

  private static Value kept(Town town) {
    var answer = town.get(SIMPLE);
    return answer.status() == 200 ? answer.json() : Value.Null.VALUE;
  }

  private void registerSpeed(String mode, String endpoint) {
    var entity = mode.equals("exclusive") ? "\"id\":\"" + BUS + "\"," : "";
    north.register(
        endpoint,
        """
        "id":"urn:ngsi-ld:ContextSourceRegistration:speed","mode":"%s",
        "information":[{"entities":[{%s"type":"Bus"}],"propertyNames":["speed"]}],"operations":%s\
        """
            .formatted(mode, entity, Town.ALL));
  }

  @ParameterizedTest
  @ValueSource(strings = {"exclusive", "redirect"})
  void registeredAttributesOfACreationGoOutAndTheRestStays(String mode) {
    registerSpeed(mode, south.url());

    var answer =
        north.send("POST", "/entities", bus(",\"speed\":{\"value\":1},\"line\":{\"value\":\"5\"}"));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.header("Location")).isEqualTo("/ngsi-ld/v1/entities/" + BUS);
    assertThat(kept(south)).isEqualTo(Json.parse(bus(",\"speed\":1")));
    assertThat(kept(north)).isEqualTo(Json.parse(bus(",\"line\":\"5\"")));
  }

  @Test
  void anInclusiveSourceGetsACreationToo() {
    registerSpeed("inclusive", south.url());

    north.post("/entities", bus(",\"speed\":{\"value\":1},\"line\":{\"value\":\"5\"}"));

    assertThat(kept(south)).isEqualTo(Json.parse(bus(",\"speed\":1")));
    assertThat(kept(north)).isEqualTo(Json.parse(bus(",\"speed\":1,\"line\":\"5\"")));
  }

  @Test
  void aRedirectOfWholeEntitiesLeavesNothingHere() {
    north.register("redirect", south, "Bus");

    assertThat(north.send("POST", "/entities", bus(",\"speed\":{\"value\":1}")).status())
        .isEqualTo(201);
    assertThat(north.send("POST", "/entities", bus(",\"speed\":{\"value\":1}")).status())
        .isEqualTo(409);

    assertThat(kept(north)).isEqualTo(Value.Null.VALUE);
    assertThat(kept(south)).isEqualTo(Json.parse(bus(",\"speed\":1")));
  }

  @Test
  void everyChangeReachesAProxiedEntity() {
    north.register("redirect", south, "Bus");
    north.post("/entities", bus(",\"speed\":{\"value\":1}"));

    assertThat(
            north
                .send("PATCH", AT + "/attrs", "{\"type\":\"Bus\",\"speed\":{\"value\":2}}")
                .status())
        .isEqualTo(204);
    assertThat(kept(south)).isEqualTo(Json.parse(bus(",\"speed\":2")));
    assertThat(north.send("POST", AT + "/attrs", "{\"load\":{\"value\":0.5}}").status())
        .isEqualTo(204);
    assertThat(kept(south)).isEqualTo(Json.parse(bus(",\"speed\":2,\"load\":0.5")));
    assertThat(north.send("PATCH", AT + "/attrs/speed", "{\"value\":3}").status()).isEqualTo(204);
    assertThat(kept(south)).isEqualTo(Json.parse(bus(",\"speed\":3,\"load\":0.5")));
    assertThat(
            north.send("PUT", AT + "/attrs/speed", "{\"type\":\"Property\",\"value\":4}").status())
        .isEqualTo(204);
    assertThat(kept(south)).isEqualTo(Json.parse(bus(",\"speed\":4,\"load\":0.5")));
    assertThat(north.delete(AT + "/attrs/load").status()).isEqualTo(204);
    assertThat(kept(south)).isEqualTo(Json.parse(bus(",\"speed\":4")));
    assertThat(north.send("PATCH", AT, "{\"load\":{\"value\":1}}").status()).isEqualTo(204);
    assertThat(kept(south)).isEqualTo(Json.parse(bus(",\"speed\":4,\"load\":1")));
    assertThat(north.send("PUT", AT, bus(",\"line\":{\"value\":\"5\"}")).status()).isEqualTo(204);
    assertThat(kept(south)).isEqualTo(Json.parse(bus(",\"line\":\"5\"")));
    assertThat(north.delete(AT).status()).isEqualTo(204);
    assertThat(kept(south)).isEqualTo(Value.Null.VALUE);
    assertThat(north.delete(AT).status()).isEqualTo(404);
  }

  @Test
  void anEntityHeldElsewhereOnlyIsChangedThereAndOneHeldHereOnlyHere() {
    north.register("inclusive", south, "Bus");
    south.hold(bus(",\"speed\":{\"value\":1}"));
    north.hold("{\"id\":\"urn:ngsi-ld:Bus:2\",\"type\":\"Bus\",\"speed\":{\"value\":1}}");

    assertThat(north.send("PATCH", AT + "/attrs", "{\"speed\":{\"value\":2}}").status())
        .isEqualTo(204);
    assertThat(
            north
                .send("PATCH", "/entities/urn:ngsi-ld:Bus:2/attrs", "{\"speed\":{\"value\":2}}")
                .status())
        .isEqualTo(204);
    assertThat(
            north
                .send("PATCH", "/entities/urn:ngsi-ld:Bus:3/attrs", "{\"speed\":{\"value\":2}}")
                .status())
        .isEqualTo(404);
    assertThat(kept(south)).isEqualTo(Json.parse(bus(",\"speed\":2")));
  }

  @Test
  void whatAProxiedSourceDoesNotOfferIsAConflict() {
    north.register(
        other.url(),
        """
        "mode":"redirect","information":[{"entities":[{"type":"Bus"}]}],
        "operations":["retrieveOps"]\
        """);

    var answer = north.send("POST", "/entities", bus(",\"speed\":{\"value\":1}"));

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.error()).isEqualTo("Conflict");
    assertThat(other.asked).isEmpty();
  }

  @Test
  void whatAnInclusiveSourceDoesNotOfferIsNotAsked() {
    north.register(
        other.url(),
        "\"information\":[{\"entities\":[{\"type\":\"Bus\"}]}],\"operations\":[\"retrieveOps\"]");

    assertThat(north.send("POST", "/entities", bus("")).status()).isEqualTo(201);
    assertThat(other.asked).isEmpty();
  }

  @Test
  void aPartThatFailsIsTold() {
    registerSpeed("redirect", other.answers(403, "").url());

    var answer =
        north.send("POST", "/entities", bus(",\"speed\":{\"value\":1},\"line\":{\"value\":\"5\"}"));

    assertThat(answer.status()).isEqualTo(207);
    assertThat(answer.header("Location")).isEqualTo("/ngsi-ld/v1/entities/" + BUS);
    assertThat(answer.member("success")).isEqualTo(Value.of(List.of(BUS)));
    var error = Town.members(((Value.Items) answer.member("errors")).items().getFirst());
    assertThat(error.get("entityId")).isEqualTo(Value.of(BUS));
    assertThat(error.get("registrationId"))
        .isEqualTo(Value.of("urn:ngsi-ld:ContextSourceRegistration:speed"));
    assertThat(Town.members(error.get("error")).get("status")).isEqualTo(Value.of(502));
  }

  @Test
  void attributesThatAreNotUpdatedAreTold() {
    registerSpeed("redirect", other.answers(403, "").url());
    north.hold(bus(",\"line\":{\"value\":\"5\"}"));

    var answer =
        north.send("PATCH", AT + "/attrs", "{\"speed\":{\"value\":1},\"line\":{\"value\":\"7\"}}");

    assertThat(answer.status()).isEqualTo(207);
    assertThat(answer.member("updated")).isEqualTo(Value.of(List.of("line")));
    var left = Town.members(((Value.Items) answer.member("notUpdated")).items().getFirst());
    assertThat(left.get("attributeName")).isEqualTo(Value.of("speed"));
    assertThat(left).containsKeys("reason", "registrationId");
  }

  @Test
  void oneSourceThatFailsDecidesTheStatus() {
    north.register(
        other.url(),
        """
        "mode":"redirect","information":[{"entities":[{"type":"Bus"}]}],"operations":%s,
        "management":{"timeout":2000}\
        """
            .formatted(Town.ALL));

    other.answers(403, "{\"title\":\"no\"}");
    assertThat(north.send("POST", "/entities", bus("")).status()).isEqualTo(502);
    other.answers(404, "");
    assertThat(north.delete(AT).status()).isEqualTo(404);
    other.answers(508, "");
    assertThat(north.send("POST", "/entities", bus("")).status()).isEqualTo(508);
    other.answers(201, "").after(20_000);
    assertThat(north.send("POST", "/entities", bus("")).status()).isEqualTo(504);
  }

  @Test
  void aRedirectInACircleIsFound() {
    north.register("redirect", south, "Bus");
    south.register("redirect", north, "Bus");

    assertThat(north.send("POST", "/entities", bus("")).status()).isEqualTo(508);
    assertThat(kept(north)).isEqualTo(Value.Null.VALUE);
    assertThat(kept(south)).isEqualTo(Value.Null.VALUE);
  }

  @Test
  void aRedirectBackToWhereTheRequestComesFromIsFoundByItsAlias() {
    south.register(
        other.url(),
        """
        "mode":"redirect","information":[{"entities":[{"type":"Bus"}]}],"operations":%s,
        "contextSourceAlias":"north\"\
        """
            .formatted(Town.ALL));

    var answer = south.send("POST", "/entities", bus(""), "Via", "1.1 west, 1.1 north");

    assertThat(answer.status()).isEqualTo(508);
    assertThat(other.asked).isEmpty();
  }

  @Test
  void aChainOfServersPassesAChangeOn() {
    try (var east = new Town("east")) {
      north.register("redirect", south, "Bus");
      south.register("redirect", east, "Bus");

      assertThat(north.send("POST", "/entities", bus(",\"speed\":{\"value\":1}")).status())
          .isEqualTo(201);
      assertThat(kept(east)).isEqualTo(Json.parse(bus(",\"speed\":1")));
      assertThat(north.get(AT + "?options=keyValues").json())
          .isEqualTo(Json.parse(bus(",\"speed\":1")));
    }
  }
}
