package plaza.conformance.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import plaza.conformance.Broker;
import plaza.conformance.Checks;
import plaza.conformance.Clause;
import plaza.conformance.Request;

class MediaTypesTest extends Checks {
  private static final String TYPE = newType();
  private static final String ID = newId();

  static {
    create(
        ID, TYPE, "'location':{'type':'GeoProperty','value':{'type':'Point','coordinates':[1,2]}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*/*                                                | application/json",
        "application/json                                   | application/json",
        "application/json;charset=utf-8                     | application/json",
        "application/*                                      | application/json",
        "application/ld+json                                | application/ld+json",
        "application/ld+json,application/json               | application/json",
        "application/json;q=0.5,application/ld+json         | application/ld+json",
        "application/json;q=0.5, application/ld+json;q=0.9  | application/ld+json",
        "application/ld+json;q=0.1,application/json;q=0.2   | application/json",
        "text/html,application/xhtml+xml,*/*;q=0.8          | application/json",
        "text/turtle,application/ld+json                    | application/ld+json",
        "application/geo+json                               | application/geo+json",
        "application/geo+json,application/ld+json           | application/ld+json",
        "application/geo+json,application/json;q=0.1        | application/geo+json",
        "APPLICATION/LD+JSON                                | application/ld+json"
      })
  @Clause("6.3.4")
  void theAcceptHeaderDecidesTheMediaType(String accept, String expected) {
    get(entity(ID)).accept(accept).expect(200).hasType(expected);
    get("/entities").with("type", TYPE).accept(accept).expect(200).hasType(expected);
    post("/entityOperations/query")
        .accept(accept)
        .json("{'type':'Query','entities':[{'type':'%s'}]}", TYPE)
        .expect(200)
        .hasType(expected);
  }

  @Test
  @Clause("6.3.4")
  void withoutAnAcceptHeaderItIsJson() {
    get(entity(ID)).expect(200).hasType(JSON);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/html",
        "application/xml",
        "image/*",
        "application/json;q=0",
        "application/json;Q=0",
        "text/json"
      })
  @Clause({"6.3.4", "6.3.2"})
  void whatCannotBeGivenIsNotAcceptable(String accept) {
    for (var path :
        new String[] {
          entity(ID),
          "/entities?type=" + TYPE,
          "/types",
          "/attributes",
          "/subscriptions",
          "/temporal/entities/" + ID
        }) {
      var answer = get(path).accept(accept).expect(406);
      assertThat(answer.body()).contains(JSON).contains(LD_JSON);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/types", "/attributes", "/subscriptions"})
  @Clause("6.3.4")
  void geoJsonIsForEntitiesOnly(String path) {
    get(path).accept(GEO_JSON).expect(406);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/xml",
        "application/geo+json",
        "application/json5",
        "json",
        ""
      })
  @Clause({"6.3.4", "6.3.2"})
  void anotherContentTypeIsUnsupportedWithoutAWord(String type) {
    var body = "{\"id\":\"%s\",\"type\":\"Thing\"}".formatted(newId());
    post("/entities").body(type, body).expect(415).hasNoBody();
    patch(entity(ID)).body(type, "{}").expect(415).hasNoBody();
    put(entity(ID)).body(type, "{}").expect(415).hasNoBody();
    patch(entity(ID) + "/attrs").body(type, "{}").expect(415).hasNoBody();
    post(entity(ID) + "/attrs").body(type, "{}").expect(415).hasNoBody();
    patch(entity(ID) + "/attrs/location").body(type, "{}").expect(415).hasNoBody();
    post("/entityOperations/create").body(type, "[]").expect(415).hasNoBody();
    post("/entityOperations/query").body(type, "{}").expect(415).hasNoBody();
    post("/subscriptions").body(type, "{}").expect(415).hasNoBody();
    post("/temporal/entities").body(type, "{}").expect(415).hasNoBody();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json; charset=utf-8",
        "application/json;charset=UTF-8",
        "Application/JSON"
      })
  @Clause("6.3.4")
  void parametersOfTheContentTypeMakeNoDifference(String type) {
    post("/entities")
        .body(type, "{\"id\":\"%s\",\"type\":\"Thing\"}".formatted(newId()))
        .expect(201);
  }

  @Test
  @Clause({"6.3.4", "6.3.2"})
  void aBodySaysHowLongItIs() {
    var id = newId();
    post("/entities")
        .json("{'id':'%s','type':'Thing'}", id)
        .withoutLength()
        .expect(411)
        .hasNoBody();
    patch(entity(ID)).json("{'a':{'value':1}}").withoutLength().expect(411).hasNoBody();
    put(entity(ID)).json("{'type':'Thing'}").withoutLength().expect(411).hasNoBody();
    get(entity(id)).refused(404, "ResourceNotFound");
  }

  @Test
  @Clause("6.3.4")
  void aMergePatchDocumentIsForPatchOnly() {
    var type = "application/merge-patch+json";
    patch(entity(ID)).body(type, "{\"a\":{\"value\":1}}").expect(204);
    post("/entities")
        .body(type, "{\"id\":\"%s\",\"type\":\"Thing\"}".formatted(newId()))
        .expect(415);
  }

  @Test
  @Clause("6.3.6")
  void jsonLinksItsContext() {
    var answer = get(entity(ID)).expect(200).hasNo("@context");
    assertThat(answer.linked(Request.LD_CONTEXT))
        .hasValueSatisfying(url -> assertThat(url).contains("ngsi-ld-core-context"));
    assertThat(answer.header("Link")).contains("type=\"application/ld+json\"");
  }

  @Test
  @Clause("6.3.6")
  void jsonLinksTheContextThatWasAskedWith() {
    get(entity(ID)).link(CORE).expect(200);
    assertThat(get(entity(ID)).link(CORE).expect(200).linked(Request.LD_CONTEXT)).contains(CORE);
    assertThat(
            get("/entities").with("type", TYPE).link(CORE).expect(200).linked(Request.LD_CONTEXT))
        .contains(CORE);
  }

  @Test
  @Clause("6.3.6")
  void jsonLdCarriesItsContext() {
    var answer = get(entity(ID)).accept(LD_JSON).expect(200);

    assertThat(answer.linked(Request.LD_CONTEXT)).isEmpty();
    assertThat(answer.at("@context")).isNotNull();
    var list = get("/entities").with("type", TYPE).accept(LD_JSON).expect(200);
    assertThat(list.at("0/@context")).isNotNull();
    assertThat(list.linked(Request.LD_CONTEXT)).isEmpty();
  }

  @Test
  @Clause({"6.3.6", "4.5.16"})
  void geoJsonCarriesItsContextUnlessTheOtherIsPreferred() {
    get(entity(ID)).accept(GEO_JSON).expect(200).at("@context");
    get(entity(ID)).accept(GEO_JSON).header("Prefer", "body=ld+json").expect(200).at("@context");
    var plain = get(entity(ID)).accept(GEO_JSON).header("Prefer", "body=json").expect(200);
    plain.hasNo("@context");
    assertThat(plain.linked(Request.LD_CONTEXT)).isPresent();
    var all = get("/entities").with("type", TYPE).accept(GEO_JSON).expect(200);
    all.at("@context");
    all.hasNo("features/0/@context");
    get("/entities")
        .with("type", TYPE)
        .accept(GEO_JSON)
        .header("Prefer", "body=json")
        .expect(200)
        .hasNo("@context");
  }

  @Test
  @Clause("6.3.6")
  void anAnswerWithoutABodyLinksNothing() {
    var id = newId();
    post("/entities")
        .link(CORE)
        .json("{'id':'%s','type':'Thing'}", id)
        .expect(201)
        .hasHeader("Link", "");
    patch(entity(id)).link(CORE).json("{'a':{'value':1}}").expect(204).hasHeader("Link", "");
    delete(entity(id)).link(CORE).expect(204).hasHeader("Link", "");
  }

  @Test
  @Clause({"6.3.6", "6.3.3"})
  void anErrorIsJsonWhateverIsAccepted() {
    get(entity(newId())).accept(LD_JSON).refused(404, "ResourceNotFound");
    get(entity(newId())).accept(GEO_JSON).refused(404, "ResourceNotFound");
    get("/entities").accept(LD_JSON).refused(400, "BadRequestData");
  }

  @Test
  @Clause({"6.3.3", "5.5.2", "5.5.3"})
  void anErrorSaysItsStatusToo() {
    get(entity(newId())).refused(404, "ResourceNotFound").has("status", "404");
  }

  @Test
  @Clause("6.3.2")
  void aMethodThatIsNoneIsNotAllowedAndTheOthersAreNamed() {
    for (var wrong :
        Map.of(
                "/entities",
                "PATCH",
                entity(ID),
                "POST",
                entity(ID) + "/attrs",
                "GET",
                "/entityOperations/create",
                "GET",
                "/types",
                "POST",
                "/subscriptions",
                "PUT",
                "/temporal/entities",
                "PATCH")
            .entrySet()) {
      var answer =
          Broker.checked().request(wrong.getValue(), wrong.getKey()).json("{}").expect(405);
      assertThat(answer.header("Allow")).isNotBlank().doesNotContain(wrong.getValue());
    }
    assertThat(
            Broker.checked().request("PATCH", "/entities").json("{}").expect(405).header("Allow"))
        .contains("GET", "POST");
  }

  @Test
  @Clause("6.3.2")
  void optionsNameTheMethods() {
    var answer = Broker.checked().request("OPTIONS", "/entities").send();
    assertThat(answer.status()).isIn(200, 204);
    assertThat(answer.header("Allow")).contains("GET", "POST");
  }

  @Test
  @Clause("6.3.1")
  void headAnswersLikeGetWithoutTheBody() {
    var head = Broker.checked().request("HEAD", entity(ID)).expect(200).hasNoBody();
    assertThat(head.header("Content-Type")).startsWith(JSON);
    Broker.checked().request("HEAD", entity(newId())).expect(404).hasNoBody();
  }

  @Test
  @Clause("6.2")
  void aSlashAtTheEndMakesNoDifference() {
    get("/entities/").with("type", TYPE).expect(200);
    post("/entities/").json("{'id':'%s','type':'Thing'}", newId()).expect(201);
    get("/types/").expect(200);
    get("/subscriptions/").expect(200);
    post(entity(ID) + "/attrs/").json("{'b':{'type':'Property','value':1}}").expect(204);
  }

  @Test
  @Clause({"6.2", "6.3.3"})
  void whatIsNowhereIsNotFound() {
    get("/nothing").refused(404, "ResourceNotFound");
  }

  @Test
  @Clause("6.3.4")
  void whatChangesEntitiesNeverAnswersWithGeoJson() {
    var answer =
        post("/entities").accept(GEO_JSON).json("{'id':'%s','type':'Thing'}", newId()).expect(406);

    assertThat(answer.list("").toString()).contains(JSON).doesNotContain(GEO_JSON);
    post("/entities")
        .accept(GEO_JSON + ", application/*;q=0.1")
        .json("{'id':'%s','type':'Thing'}", newId())
        .expect(201);
  }
}
