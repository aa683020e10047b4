package plaza.ngsild.distribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import plaza.graph.Address;
import plaza.json.Json;
import plaza.ledger.Actor;

/// Sources as other brokers are: older, terser or looser than the standard (clauses 4.3.6.1,
/// 4.3.6.8, 5.6.7.4, 5.6.8.4, 6.3.17).
final class LooseSourceTest {
  private static final String BUS =
      "{\"id\":\"urn:ngsi-ld:Bus:1\",\"type\":\"Bus\",\"speed\":{\"type\":\"Property\",\"value\":1}}";
  private static final String BUSES = "\"information\":[{\"entities\":[{\"type\":\"Bus\"}]}]";

  private final Town north = new Town("north");
  private final OtherBroker other = new OtherBroker();

  @AfterEach
  void close() {
    north.close();
    other.close();
  }

  private void redirect(String operations) {
    north.register(
        other.url(), "\"mode\":\"redirect\",\"operations\":[" + operations + "]," + BUSES);
  }

  @ParameterizedTest
  @CsvSource({"200", "201", "204"})
  void aCreationIsACreationWhateverTheSourceSaysOfSuccess(int status) {
    redirect("\"createEntity\"");
    other.answers(status, "");

    var answer = north.send("POST", "/entities", BUS);

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.header("Location")).endsWith("/entities/urn:ngsi-ld:Bus:1");
  }

  @Test
  void a409OfACreationThatSaysNothingMeansThatItExists() {
    redirect("\"createEntity\"");

    assertThat(north.send("POST", "/entities", BUS).error()).isEqualTo("AlreadyExists");

    other.answers(409, "{\"type\":\"https://uri.etsi.org/ngsi-ld/errors/Conflict\"}");
    assertThat(north.send("POST", "/entities", BUS).error()).isEqualTo("Conflict");
  }

  {
    other.answers(409, "");
  }

  /// Clause 5.6.8.4.
  @Test
  void anUpsertGoesOnWhereTheEntityExists() {
    redirect("\"createEntity\",\"replaceEntity\"");

    north.send("POST", "/entityOperations/upsert", "[" + BUS + "]");

    assertThat(other.asked.stream().map(OtherBroker.Asked::method)).containsExactly("POST", "PUT");
  }

  /// Clause 5.6.8.4.
  @Test
  void whatExistsAndCannotBeChangedThereIsNotSupported() {
    redirect("\"createEntity\"");

    var answer = north.send("POST", "/entityOperations/upsert", "[" + BUS + "]");

    assertThat(answer.status()).isEqualTo(207);
    assertThat(answer.text()).contains("errors/OperationNotSupported");
  }

  /// Clause 5.6.7.4: the source's errors are merged with the others.
  @Test
  void whatASourceSaysOfAnEntityOfABatchIsToldOn() {
    redirect("\"createBatch\"");
    var problem =
        "{\"type\":\"https://uri.etsi.org/ngsi-ld/errors/BadRequestData\",\"title\":\"T\",\"status\":400}";
    other.answers(
        207,
        "{\"success\":[],\"errors\":[{\"entityId\":\"urn:ngsi-ld:Bus:1\",\"error\":"
            + problem
            + "}]}");

    var answer = north.send("POST", "/entityOperations/create", "[" + BUS + "]");

    var error =
        Town.members(((plaza.graph.Value.Items) answer.member("errors")).items().getFirst());
    assertThat(error.get("error")).isEqualTo(Json.parse(problem));
    assertThat(error).containsKey("registrationId");
  }

  @Test
  void whatIsWrittenTerselyGoesOutInFull() {
    redirect("\"createEntity\",\"updateEntity\",\"mergeEntity\",\"createBatch\"");
    other.answers(201, "");
    var full = Json.parse(BUS);

    for (var body :
        List.of(
            BUS.replace("\"type\":\"Property\",", ""), BUS.replaceAll("\\{\"type\".*1}}", "1}")))
      assertThat(sent("POST", "/entities", body)).as(body).isEqualTo(full);
    assertThat(
            sent("POST", "/entities?options=keyValues", BUS.replaceAll("\\{\"type\".*1}}", "1}")))
        .isEqualTo(full);
    assertThat(other.last().query()).isEmpty();
    assertThat(
            sent(
                "POST",
                "/entities",
                """
                {"id":"urn:ngsi-ld:Bus:1","type":"Bus","line":{"object":"urn:x:5","since":{"value":1}},
                "location":{"type":"Point","coordinates":[1,2]},"name":[{"languageMap":{"en":"a"}},
                {"languageMap":{"en":"b"},"datasetId":"urn:x:d"}]}\
                """))
        .isEqualTo(
            Json.parse(
                """
                {"id":"urn:ngsi-ld:Bus:1","type":"Bus","line":{"type":"Relationship",
                "object":"urn:x:5","since":{"type":"Property","value":1}},
                "location":{"type":"GeoProperty","value":{"type":"Point","coordinates":[1,2]}},
                "name":[{"type":"LanguageProperty","languageMap":{"en":"a"}},
                {"type":"LanguageProperty","languageMap":{"en":"b"},"datasetId":"urn:x:d"}]}\
                """));
    assertThat(sent("PATCH", "/entities/urn:ngsi-ld:Bus:1/attrs", "{\"speed\":{\"value\":1}}"))
        .isEqualTo(Json.parse("{\"speed\":{\"type\":\"Property\",\"value\":1}}"));
  }

  /// What it means depends on what is there.
  @Test
  void whatIsMergedStaysAsItWasWritten() {
    redirect("\"mergeEntity\",\"updateEntity\"");
    other.answers(204, "");

    assertThat(sent("PATCH", "/entities/urn:ngsi-ld:Bus:1", "{\"speed\":{\"unitCode\":\"KMH\"}}"))
        .isEqualTo(Json.parse("{\"speed\":{\"unitCode\":\"KMH\"}}"));
    assertThat(sent("PATCH", "/entities/urn:ngsi-ld:Bus:1?format=simplified", "{\"speed\":3}"))
        .isEqualTo(Json.parse("{\"speed\":3}"));
    assertThat(other.last().query()).isEqualTo("options=keyValues");
    assertThat(
            sent("PATCH", "/entities/urn:ngsi-ld:Bus:1/attrs", "{\"speed\":\"urn:ngsi-ld:null\"}"))
        .isEqualTo(Json.parse("{\"speed\":\"urn:ngsi-ld:null\"}"));
  }

  private plaza.graph.Value sent(String method, String path, String body) {
    var answer = north.send(method, path, body);
    assertThat(answer.status()).as(answer.text()).isLessThan(300);
    return other.last().json();
  }

  /// RFC 8288: a relative reference starts from where the answer came from.
  @Test
  void aRelativeLinkToAContextLeadsToTheSource() {
    north.register(other.answers(200, "[" + BUS + "]").url(), BUSES);
    other.linking("</buses.jsonld>; rel=\"http://www.w3.org/ns/json-ld#context\"");

    assertThat(north.get("/entities?type=Bus").warnings().toString())
        .contains(other.url() + "/buses.jsonld");
  }

  @Test
  void aSourceThatRepeatsItselfIsNotAskedOnAndOn() {
    var same =
        IntStream.range(0, 25)
            .mapToObj(i -> BUS.replace("Bus:1", "Bus:" + i))
            .collect(Collectors.joining(",", "[", "]"));
    north.register(other.answers(200, same).url(), BUSES);
    other.linking("</ngsi-ld/v1/entities?offset=25>; rel=next");

    assertThat(north.get("/entities?type=Bus&count=true").header("NGSILD-Results-Count"))
        .isEqualTo("25");
    assertThat(other.asked).hasSize(2);
  }

  /// Clause 4.20: a query by URL and one by document are two operations.
  @Test
  void aQueryDocumentGoesOnAsOne() {
    north.register(other.answers(200, "[" + BUS + "]").url(), BUSES);

    var found =
        north.post(
            "/entityOperations/query",
            "{\"type\":\"Query\",\"entities\":[{\"type\":\"Bus\"}],\"q\":\"speed==1\"}");

    assertThat(found.ids()).containsExactly("urn:ngsi-ld:Bus:1");
    assertThat(other.last().method()).isEqualTo("POST");
    assertThat(other.last().path()).isEqualTo("/ngsi-ld/v1/entityOperations/query");
    assertThat(other.last().json())
        .isEqualTo(
            Json.parse(
                "{\"type\":\"Query\",\"entities\":[{\"type\":\"Bus\"}],\"q\":\"speed==1\"}"));
  }

  /// Clauses 4.3.4, 4.3.6.1: a source is not asked for what lies outside of its place and scopes.
  @Test
  void aSourceIsNotAskedForOtherPlacesAndScopes() {
    north.register(
        other.answers(200, "[]").url(),
        BUSES
            + """
            ,"scope":"/north","location":{"type":"Polygon",
            "coordinates":[[[0,0],[1,0],[1,1],[0,1],[0,0]]]}\
            """);
    var near = "/entities?type=Bus&georel=near;maxDistance==1000&geometry=Point&coordinates=";

    north.get(near + "[50,50]");
    north.get("/entities?type=Bus&scopeQ=/south");
    assertThat(other.asked).isEmpty();

    north.get(near + "[0.5,0.5]");
    north.get("/entities?type=Bus&scopeQ=/north");
    assertThat(other.asked).hasSize(2);
  }

  /// Clause 5.2.34: the pause is what the registration asks for.
  @Test
  void aRegistrationWithoutACooldownDoesNotWaitForThatOfAnother() {
    var resting = ",\"id\":\"urn:r:1\",\"management\":{\"cooldown\":60000}";
    north.register(other.answers(503, "").url(), BUSES + resting);
    north.get("/entities?type=Bus");
    north.register(other.url(), "\"information\":[{\"entities\":[{\"type\":\"Tram\"}]}]");
    other.asked.clear();

    north.get("/entities?type=Bus");
    assertThat(other.asked).as("resting").isEmpty();
    north.get("/entities?type=Tram");
    assertThat(other.asked).hasSize(1);
  }

  @Test
  void aRegistrationThatIsMadeAnewStartsAnew() {
    var resting = ",\"id\":\"urn:r:1\",\"management\":{\"cooldown\":60000}";
    north.register(other.answers(503, "").url(), BUSES + resting);
    north.get("/entities?type=Bus");
    north.registrations.desk().delete(Actor.of("urn:plaza:operator"), Address.DEFAULT, "urn:r:1");
    north.register(other.answers(200, "[" + BUS + "]").url(), BUSES + resting);

    assertThat(north.get("/entities?type=Bus").ids()).hasSize(1);
  }

  /// Clauses 4.20, 5.6.11: what a source offers by name it is asked for, interval or none.
  @Test
  void evolutionsGoToASourceThatNamesTheirOperations() {
    redirect("\"upsertTemporal\",\"retrieveTemporal\"");
    other.answers(201, "");
    var evolution =
        """
        {"id":"urn:ngsi-ld:Bus:1","type":"Bus","speed":[{"type":"Property","value":1,
        "observedAt":"2026-01-01T00:00:00Z"}]}\
        """;

    assertThat(sent("POST", "/temporal/entities", evolution)).isEqualTo(Json.parse(evolution));

    other.answers(200, evolution);
    assertThat(north.get("/temporal/entities/urn:ngsi-ld:Bus:1").text()).contains("\"value\":1");
    // What is not named is not asked for.
    other.asked.clear();
    north.get("/temporal/entities?type=Bus&timerel=after&timeAt=2025-01-01T00:00:00Z");
    assertThat(other.asked).isEmpty();
  }

  /// Clause 5.2.18: what was done here and failed at an equal is told as both.
  @Test
  void whatWasDoneInOnePlaceIsToldAsDone() {
    north.register(other.answers(500, "").url(), "\"operations\":[\"updateEntity\"]," + BUSES);
    north.hold(BUS);

    var answer =
        north.send(
            "PATCH",
            "/entities/urn:ngsi-ld:Bus:1/attrs",
            "{\"speed\":{\"type\":\"Property\",\"value\":2}}");

    assertThat(answer.status()).isEqualTo(207);
    assertThat(answer.member("updated")).isEqualTo(Json.parse("[\"speed\"]"));
    assertThat(answer.member("notUpdated").toString()).contains("speed");
  }

  /// Clause 5.6.21.4: an error when all of it failed, else a partial success.
  @Test
  void aPurgeThatFailsAsAWholeIsAnError() {
    redirect("\"retrieveOps\"");
    assertThat(north.delete("/entities?type=Bus").error()).isEqualTo("Conflict");

    north.hold(BUS.replace("\"Bus\"", "\"Tram\""));
    assertThat(north.delete("/entities?type=Bus,Tram").status()).isEqualTo(207);
  }

  /// Clause 5.6.21.4.
  @Test
  void whatASourceSaysOfAPurgeIsToldOn() {
    redirect("\"purgeEntity\"");
    other.answers(
        207,
        """
        {"success":["urn:x:1"],"errors":[{"entityId":"urn:x:2","error":{"type":"urn:t","title":"T"}}]}\
        """);

    var answer = north.delete("/entities?type=Bus");

    assertThat(answer.status()).isEqualTo(207);
    assertThat(answer.member("success")).isEqualTo(Json.parse("[\"urn:x:1\"]"));
    assertThat(answer.text()).contains("\"entityId\":\"urn:x:2\"", "\"urn:t\"");
  }

  /// Clause 6.14.3.1: the ids of what was created, whether the source lists them or not.
  @Test
  void whatWasCreatedIsListed() {
    redirect("\"createBatch\"");
    var both = "[" + BUS + "," + BUS.replace("Bus:1", "Bus:2") + "]";
    var ids = Json.parse("[\"urn:ngsi-ld:Bus:1\",\"urn:ngsi-ld:Bus:2\"]");

    other.answers(201, "");
    assertThat(north.send("POST", "/entityOperations/create", both).json()).isEqualTo(ids);

    // What a source says nothing of has failed, as far as anybody knows.
    other.answers(207, "{\"success\":[\"urn:ngsi-ld:Bus:1\"],\"errors\":[]}");
    var part = north.send("POST", "/entityOperations/create", both);
    assertThat(part.member("success")).isEqualTo(Json.parse("[\"urn:ngsi-ld:Bus:1\"]"));
    assertThat(part.member("errors").toString()).contains("Bus:2");
    other.answers(207, "");
    assertThat(north.send("POST", "/entityOperations/create", both).member("success"))
        .isEqualTo(Json.parse("[]"));
  }

  /// Clause 4.3.6.1: what nobody asked it for may be as broken as it likes.
  @Test
  void whatASourceWasNotRegisteredForIsNotEvenRead() {
    north.register(
        other
            .answers(
                200,
                "["
                    + BUS.replace("\"speed\"", "\"place\":{\"type\":\"GeoProperty\"},\"speed\"")
                    + "]")
            .url(),
        "\"information\":[{\"entities\":[{\"type\":\"Bus\"}],\"propertyNames\":[\"speed\"]}]");

    var answer = north.get("/entities?type=Bus");

    assertThat(answer.ids()).containsExactly("urn:ngsi-ld:Bus:1");
    assertThat(answer.warnings()).isEmpty();
  }
}
