package plaza.ngsild.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import plaza.graph.Address;
import plaza.graph.Names;
import plaza.graph.Value;
import plaza.graph.query.Sight;
import plaza.ledger.Policy;
import plaza.ngsild.source.Ask;
import plaza.testkit.MemoryStore;

/// Clauses 5.9, 5.10, 5.15, 6.8, 6.9 and 6.33 over HTTP.
class RegistrationRoutesTest {
  private static final String PATH = "/csourceRegistrations";
  private static final String ID = "urn:ngsi-ld:ContextSourceRegistration:north";
  private static final String NORTH =
      """
      {"id": "%s", "type": "ContextSourceRegistration", "endpoint": "http://127.0.0.1:9/north",
       "registrationName": "North", "contextSourceInfo": [{"key": "X-Key", "value": "secret"}],
       "information": [
         {"entities": [{"type": "Vehicle"}], "propertyNames": ["speed"]},
         {"entities": [{"type": "Building", "id": "urn:ngsi-ld:Building:1"}]}]}
      """
          .formatted(ID);

  private final Broker broker = new Broker();

  @AfterEach
  void stop() {
    broker.close();
  }

  @Test
  void aRegistrationLivesFromPostToDelete() {
    var created = broker.post(PATH, NORTH);
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.header("Location"))
        .isEqualTo("/ngsi-ld/v1/csourceRegistrations/urn:ngsi-ld:ContextSourceRegistration:north");

    var shown = broker.get(PATH + "/" + ID);
    assertThat(shown.status()).isEqualTo(200);
    assertThat(shown.member("registrationName")).isEqualTo(Value.of("North"));
    assertThat(shown.member("information"))
        .isEqualTo(
            Broker.json(
                """
                [{"entities": [{"type": "Vehicle"}], "propertyNames": ["speed"]},
                 {"entities": [{"type": "Building", "id": "urn:ngsi-ld:Building:1"}]}]
                """));
    assertThat(shown.text()).doesNotContain("createdAt").doesNotContain("timesSent");
    assertThat(broker.get(PATH + "/" + ID + "?options=sysAttrs").text()).contains("createdAt");

    assertThat(
            broker
                .send(
                    "PATCH",
                    PATH + "/" + ID,
                    "{\"registrationName\": \"Far north\", \"contextSourceInfo\":"
                        + " \"urn:ngsi-ld:null\"}")
                .status())
        .isEqualTo(204);
    var changed = broker.get(PATH + "/" + ID);
    assertThat(changed.member("registrationName")).isEqualTo(Value.of("Far north"));
    assertThat(changed.text()).doesNotContain("X-Key");

    assertThat(broker.delete(PATH + "/" + ID).status()).isEqualTo(204);
    assertThat(broker.get(PATH + "/" + ID).error()).isEqualTo("ResourceNotFound");
    assertThat(broker.delete(PATH + "/" + ID).status()).isEqualTo(404);
    assertThat(broker.send("PATCH", PATH + "/" + ID, "{\"tenant\": \"x\"}").status())
        .isEqualTo(404);
  }

  /// Clause 4.6.2: what is shown can be sent back as it is.
  @Test
  void namesThatHaveNoShortOneAreShownInFull() {
    var type = Names.DEFAULT_VOCAB + "off-street";
    var information =
        "\"information\": [{\"entities\": [{\"type\": \"%s\"}], \"propertyNames\": [\"%s/x\"]}]"
            .formatted(type, type);
    broker.post(
        PATH,
        "{\"id\": \"%s\", \"type\": \"ContextSourceRegistration\", \"endpoint\":".formatted(ID)
            + " \"http://127.0.0.1:9/north\", \""
            + type
            + "\": 1, "
            + information
            + "}");

    var shown = broker.get(PATH + "/" + ID);
    assertThat(shown.member("information"))
        .isEqualTo(
            ((Value.Struct) Broker.json("{" + information + "}")).members().get("information"));
    assertThat(shown.member(type)).isEqualTo(Value.of(1));
    assertThat(broker.send("PATCH", PATH + "/" + ID, shown.text()).status()).isEqualTo(204);
  }

  @Test
  void aRegistrationWithoutAnIdIsGivenOneAndATakenIdIsRefused() {
    var location =
        broker.post(PATH, NORTH.replace("\"id\": \"" + ID + "\",", "")).header("Location");
    assertThat(location).contains("urn:ngsi-ld:ContextSourceRegistration:");

    broker.post(PATH, NORTH);
    var again = broker.send("POST", PATH, NORTH);
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.error()).isEqualTo("AlreadyExists");
  }

  @Test
  void whatBreaksARuleIsABadRequest() {
    for (var wrong :
        List.of(
            "{\"type\": \"ContextSourceRegistration\", \"endpoint\": \"http://a.example\"}",
            NORTH.replace("ContextSourceRegistration\",", "Subscription\","),
            NORTH.replace(
                "\"registrationName\": \"North\"", "\"expiresAt\": \"2020-01-01T00:00:00Z\""),
            NORTH.replace("urn:ngsi-ld:Building:1", "Building 1"))) {
      var answer = broker.send("POST", PATH, wrong);
      assertThat(answer.status()).as(wrong).isEqualTo(400);
      assertThat(answer.error()).isEqualTo("BadRequestData");
    }
    broker.post(PATH, NORTH);
    assertThat(broker.send("PATCH", PATH + "/" + ID, "{\"information\": []}").status())
        .isEqualTo(400);
    assertThat(broker.get(PATH + "/nouri").status()).isEqualTo(400);
  }

  /// Clause 5.10.2: who may have what is asked for, and only what is relevant of it.
  @Test
  void sourcesAreFoundByWhatTheyMayKnow() {
    broker.post(PATH, NORTH);

    var found = broker.get(PATH + "?type=Vehicle&attrs=speed");
    assertThat(found.items()).hasSize(1);
    assertThat(found.text()).contains("Vehicle").doesNotContain("Building");
    assertThat(broker.get(PATH + "?type=Vehicle&attrs=brand").items()).isEmpty();
    assertThat(broker.get(PATH + "?type=Vehicle&pick=id,speed").items()).hasSize(1);
    assertThat(broker.get(PATH + "?type=Vehicle&pick=brand,owner{speed,id}").items()).isEmpty();
    assertThat(broker.get(PATH + "?type=Vehicle&q=speed>50").items()).hasSize(1);
    assertThat(broker.get(PATH + "?type=Vehicle&q=brand==\"X\"").items()).isEmpty();
    assertThat(broker.get(PATH + "?type=Building&id=urn:ngsi-ld:Building:1").items()).hasSize(1);
    assertThat(broker.get(PATH + "?type=Building&id=urn:ngsi-ld:Building:2").items()).isEmpty();
    assertThat(broker.get(PATH + "?type=Building&idPattern=Building:.*").items()).hasSize(1);
    assertThat(broker.get(PATH + "?id=urn:ngsi-ld:Building:1").error()).isEqualTo("BadRequestData");
    assertThat(broker.get(PATH).status()).isEqualTo(400);
    assertThat(broker.get(PATH + "?type=Vehicle&wrong=1").status()).isEqualTo(400);
  }

  /// Clause 4.9: `csf`.
  @Test
  void aSourceFilterAsksForMembersOfTheRegistration() {
    broker.post(PATH, NORTH);

    assertThat(broker.get(PATH + "?type=Vehicle&csf=registrationName==\"North\"").items())
        .hasSize(1);
    assertThat(broker.get(PATH + "?type=Vehicle&csf=registrationName==\"South\"").items())
        .isEmpty();
    assertThat(broker.get(PATH + "?type=Vehicle&csf=(").error()).isEqualTo("BadRequestData");
  }

  /// Clause 5.10.2.4.
  @Test
  void aQueryOfTimeFindsSourcesOfEvolutions() {
    broker.post(PATH, NORTH);
    broker.post(
        PATH,
        NORTH
            .replace(ID, "urn:r:history")
            .replace(
                "\"registrationName\": \"North\"",
                """
                "observationInterval": {"startAt": "2020-01-01T00:00:00Z",
                                        "endAt": "2021-01-01T00:00:00Z"}
                """));
    var asked = PATH + "?type=Vehicle&timerel=";

    assertThat(broker.get(PATH + "?type=Vehicle").text()).doesNotContain("urn:r:history");
    assertThat(ids(broker.get(asked + "before&timeAt=2020-06-01T00:00:00Z")))
        .containsExactly("urn:r:history");
    assertThat(ids(broker.get(asked + "after&timeAt=2022-06-01T00:00:00Z"))).isEmpty();
    assertThat(
            ids(
                broker.get(
                    asked + "between&timeAt=2019-06-01T00:00:00Z&endTimeAt=2020-06-01T00:00:00Z")))
        .containsExactly("urn:r:history");
    assertThat(
            ids(broker.get(asked + "before&timeAt=2020-06-01T00:00:00Z&timeproperty=modifiedAt")))
        .isEmpty();
  }

  /// Clause 5.5.9.
  @Test
  void manyRegistrationsComePageByPage() {
    for (int i = 0; i < 5; i++) broker.post(PATH, NORTH.replace(ID, "urn:r:" + i));

    var page = broker.get(PATH + "?type=Vehicle&limit=2&offset=2&count=true");

    assertThat(ids(page)).containsExactly("urn:r:2", "urn:r:3");
    assertThat(page.header("NGSILD-Results-Count")).isEqualTo("5");
    assertThat(page.headers("Link")).contains("rel=\"next\"").contains("rel=\"prev\"");
  }

  /// Clauses 4.3.6.3, 5.9.2.4.
  @Test
  void anExclusiveSourceBearsNoOtherAndNothingHeldHere() {
    var exclusive =
        """
        {"id": "urn:r:1", "type": "ContextSourceRegistration", "mode": "exclusive",
         "endpoint": "http://a.example", "information": [{"propertyNames": ["speed"],
           "entities": [{"type": "Vehicle", "id": "urn:ngsi-ld:Vehicle:1"}]}]}
        """;
    var speeding =
        """
        {"id": "urn:ngsi-ld:Vehicle:1", "type": "Vehicle", "%s": {"type": "Property", "value": 1}}
        """;
    broker.post("/entities", speeding.formatted("speed"));
    assertThat(broker.send("POST", PATH, exclusive).error()).isEqualTo("Conflict");
    broker.delete("/entities/urn:ngsi-ld:Vehicle:1");
    broker.post("/entities", speeding.formatted("brand"));
    broker.post(PATH, exclusive);

    var second = exclusive.replace("urn:r:1", "urn:r:2");
    assertThat(broker.send("POST", PATH, second).error()).isEqualTo("Conflict");
    assertThat(broker.send("POST", PATH, second.replace("exclusive", "redirect")).status())
        .isEqualTo(409);
    assertThat(broker.send("POST", PATH, second.replace("speed", "colour")).status())
        .isEqualTo(201);
    assertThat(
            broker
                .send(
                    "PATCH",
                    PATH + "/urn:r:2",
                    "{\"information\": [{\"propertyNames\": [\"speed\"], \"entities\":"
                        + " [{\"type\": \"Vehicle\", \"id\": \"urn:ngsi-ld:Vehicle:1\"}]}]}")
                .error())
        .isEqualTo("Conflict");
    assertThat(
            broker
                .send(
                    "POST",
                    PATH,
                    second.replace("urn:r:2", "urn:r:3").replace("exclusive", "inclusive"))
                .status())
        .isEqualTo(201);
  }

  /// Clauses 4.3.6.3, 5.9.2.4.
  @Test
  void aRedirectSourceMayOverlapOthersButNotWhatIsHeldHere() {
    var redirect =
        """
        {"id": "urn:r:1", "type": "ContextSourceRegistration", "mode": "redirect",
         "endpoint": "http://a.example", "information": [{"entities": [{"type": "Vehicle"}]}]}
        """;
    broker.post(PATH, redirect);
    broker.post(PATH, redirect.replace("urn:r:1", "urn:r:2"));

    broker.post(
        "/entities",
        """
        {"id": "urn:ngsi-ld:Building:1", "type": "Building"}
        """);
    var held =
        broker.send(
            "POST", PATH, redirect.replace("urn:r:1", "urn:r:3").replace("Vehicle", "Building"));
    assertThat(held.error()).isEqualTo("Conflict");
    assertThat(held.text()).contains("urn:ngsi-ld:Building:1").contains("is held here already");
  }

  /// Clause 4.14.
  @Test
  void aTenantHasItsOwnSources() {
    broker.post(PATH, NORTH, "NGSILD-Tenant", "cars");

    assertThat(broker.get(PATH + "/" + ID).status()).isEqualTo(404);
    assertThat(broker.get(PATH + "/" + ID, "NGSILD-Tenant", "cars").status()).isEqualTo(200);
    assertThat(broker.get(PATH + "/" + ID, "NGSILD-Tenant", "none").error())
        .isEqualTo("NonexistentTenant");
    assertThat(broker.registrations.registry().isEmpty(Address.DEFAULT_TENANT)).isTrue();
  }

  /// Table 5.2.9-2.
  @Test
  void aRegistrationTellsHowItsSourceFared() {
    broker.post(
        PATH, NORTH.replace("\"registrationName\"", "\"timesSent\": 9, \"registrationName\""));
    assertThat(broker.get(PATH + "/" + ID).text()).doesNotContain("timesSent");
    var registry = broker.registrations.registry();
    var registration = registry.find("default", ID).orElseThrow();

    registry.sent("default", registration, true);
    registry.sent("default", registration, false);

    var shown = broker.get(PATH + "/" + ID);
    assertThat(shown.member("timesSent")).isEqualTo(Value.of(2));
    assertThat(shown.member("timesFailed")).isEqualTo(Value.of(1));
    assertThat(shown.member("status")).isEqualTo(Value.of("failed"));
    assertThat(shown.text()).contains("lastSuccess").contains("lastFailure");
  }

  @Test
  void registrationsAndTheirFortunesOutliveARestart() {
    var store = new MemoryStore();
    String alias;
    try (var before = new Broker(store)) {
      before.post(PATH, NORTH);
      var registry = before.registrations.registry();
      registry.sent("default", registry.find("default", ID).orElseThrow(), true);
      alias = alias(before);
      before.registrations.close();
      try (var after = new Broker(store)) {
        assertThat(after.registrations.registry().matching("default", Ask.ANYTHING)).hasSize(1);
        assertThat(after.get(PATH + "/" + ID).member("timesSent")).isEqualTo(Value.of(1));
        assertThat(alias(after)).isEqualTo(alias);
      }
    }
  }

  @Test
  void whoMayNotChangeEverythingRegistersNothingAndSeesNoSecrets() {
    var vehicle = Names.DEFAULT_VOCAB + "Vehicle";
    var views =
        Sight.of(
            new Sight.View(Set.of(vehicle), Set.of(), null, null, null), "ask the vehicle office");
    Policy policy =
        (actor, _) ->
            actor.room() == null ? new Policy.Rights(views, views) : Policy.Rights.EVERYTHING;
    var store = new MemoryStore();
    try (var open = new Broker(store)) {
      open.post(PATH, NORTH);
      assertThat(open.get(PATH + "/" + ID).text()).contains("secret");
      try (var narrow = new Broker(store, policy)) {
        assertThat(narrow.send("POST", PATH, NORTH.replace(ID, "urn:r:2")).status()).isEqualTo(401);
        assertThat(narrow.delete(PATH + "/" + ID).status()).isEqualTo(401);
        var shown = narrow.get(PATH + "/" + ID).text();
        assertThat(shown).contains("Vehicle").doesNotContain("secret").doesNotContain("Building");
        assertThat(narrow.get(PATH + "?type=Building").items()).isEmpty();
        assertThat(narrow.get(PATH + "?type=Vehicle&csf=contextSourceInfo").items()).isEmpty();
      }
    }
  }

  /// Clauses 5.2.40, 5.15.1.
  @Test
  void aSourceSaysWhoItIs() {
    var identity = broker.get("/info/sourceIdentity");

    assertThat(identity.status()).isEqualTo(200);
    assertThat(identity.member("type")).isEqualTo(Value.of("ContextSourceIdentity"));
    assertThat(identity.text()).contains("contextSourceTimeAt");
    assertThat(((Value.Text) identity.member("contextSourceUptime")).text()).startsWith("PT");
    broker.post("/entities", "{\"id\": \"urn:a:1\", \"type\": \"A\"}", "NGSILD-Tenant", "cars");
    assertThat(
            broker
                .get("/info/sourceIdentity", "NGSILD-Tenant", "cars")
                .member("contextSourceAlias"))
        .isNotEqualTo(identity.member("contextSourceAlias"));
  }

  private static String alias(Broker broker) {
    return ((Value.Text) broker.get("/info/sourceIdentity").member("contextSourceAlias")).text();
  }

  private static List<String> ids(Broker.Answer answer) {
    return answer.items().stream()
        .map(item -> ((Value.Text) ((Value.Struct) item).members().get("id")).text())
        .toList();
  }
}
