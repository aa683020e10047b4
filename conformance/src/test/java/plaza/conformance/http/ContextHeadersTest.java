package plaza.conformance.http;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plaza.conformance.Checks;
import plaza.conformance.Clause;
import plaza.conformance.Receiver;

@Clause({"6.3.5", "5.5.5"})
class ContextHeadersTest extends Checks {
  private static final String BODY = "{'id':'%s','type':'Thing','a':{'type':'Property','value':1}";

  @Test
  void jsonCarriesNoContext() {
    post("/entities")
        .json(BODY + ",'@context':'%s'}", newId(), CORE)
        .refused(400, "BadRequestData");
    post("/entities")
        .link(CORE)
        .json(BODY + ",'@context':'%s'}", newId(), CORE)
        .refused(400, "BadRequestData");
  }

  @Test
  void jsonLdNeedsAContext() {
    post("/entities").ld(BODY + "}", newId()).refused(400, "BadRequestData");
    patch(entity(created(""))).ld("{'a':{'value':1}}").refused(400, "BadRequestData");
  }

  @Test
  void jsonLdHasNoLink() {
    post("/entities")
        .link(CORE)
        .ld(BODY + ",'@context':'%s'}", newId(), CORE)
        .refused(400, "BadRequestData");
  }

  @Test
  void aLinkOfAnotherRelationIsNoContext() {
    var id = newId();
    post("/entities")
        .header("Link", "<https://example.org/x>; rel=\"next\"")
        .json(BODY + "}", id)
        .expect(201);

    get(entity(id)).header("Link", "<https://example.org/x>; rel=\"next\"").expect(200).at("a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<%s>; rel=\"http://www.w3.org/ns/json-ld#context\"; type=\"application/ld+json\"",
        "<%s>;rel=\"http://www.w3.org/ns/json-ld#context\";type=\"application/ld+json\"",
        "<%s>; rel=\"http://www.w3.org/ns/json-ld#context\"",
        "<%s>; type=\"application/ld+json\"; rel=\"http://www.w3.org/ns/json-ld#context\"",
        "<%s>; rel=http://www.w3.org/ns/json-ld#context",
        "<https://example.org/x>; rel=\"next\", <%s>; rel=\"http://www.w3.org/ns/json-ld#context\"; type=\"application/ld+json\""
      })
  void theLinkMayBeWrittenInManyWays(String link) {
    get("/entities")
        .with("type", newType())
        .header("Link", link.formatted(CORE))
        .expect(200)
        .is("[]");
  }

  /// RFC 8259 clause 4 leaves it open what a name that stands twice means; readers take the last.
  @Test
  @Clause({"4.4", "5.5.7"})
  void ofATermThatAContextDefinesTwiceTheLastDefinitionCounts() {
    var context =
        new Receiver()
            .serving(
                """
                {"@context": {"bench": "https://example.org/seat",
                              "bin": "https://example.org/bin",
                              "bench": "https://example.org/bench"}}
                """);
    var id = newId();
    post("/entities")
        .link(context.url())
        .json("{'id':'%s','type':'Thing','bench':{'type':'Property','value':3}}", id)
        .expect(201);

    get(entity(id)).expect(200).at("https://example.org/bench");
  }

  @Test
  @Clause({"6.3.5", "5.5.6"})
  void aContextThatCannotBeHadIsNotAvailable() {
    var nowhere = "http://localhost:1/context.jsonld";
    post("/entities").link(nowhere).json(BODY + "}", newId()).refused(504, "LdContextNotAvailable");
    post("/entities")
        .ld(BODY + ",'@context':'%s'}", newId(), nowhere)
        .refused(504, "LdContextNotAvailable");
    get("/entities").with("type", "Thing").link(nowhere).refused(504, "LdContextNotAvailable");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5",
        "true",
        "{'a':5}",
        "{'a':{'@id':7}}",
        "['%s',5]",
        "{'a':{'@id':'urn:a','@context':{'b':'urn:b'}}}"
      })
  @Clause({"6.3.5", "5.5.6", "5.5.7"})
  void aContextThatIsNoneIsRefused(String context) {
    post("/entities")
        .ld(BODY.formatted(newId()) + ",'@context':" + context.replace("%s", CORE) + "}")
        .refused(400, "BadRequestData");
  }

  @Test
  @Clause({"6.3.5", "5.5.7"})
  void aContextInsideAnAttributeIsRefused() {
    post("/entities")
        .ld(
            "{'id':'%s','type':'Thing','a':{'type':'Property','value':1,'@context':{'b':'urn:b'}},'@context':'%s'}",
            newId(), CORE)
        .refused(400, "BadRequestData");
  }

  @Test
  @Clause({"5.5.5", "5.5.7", "4.4"})
  void withoutTheCoreContextItsTermsStillMeanTheSame() {
    var id = newId();
    post("/entities")
        .ld(
            "{'id':'%s','type':'Thing','a':{'type':'Property','value':1,'observedAt':'2026-01-01T00:00:00Z'},"
                + "'@context':{'a':'https://example.org/a'}}",
            id)
        .expect(201);

    get(entity(id))
        .expect(200)
        .is(
            "{'id':'%s','type':'Thing','https://example.org/a':{'type':'Property','value':1,"
                + "'observedAt':'2026-01-01T00:00:00Z'}}",
            id);
  }

  @Test
  @Clause({"5.5.7", "4.4"})
  void aUsersContextCannotChangeTheCoreTerms() {
    var id = newId();
    post("/entities")
        .ld(
            "{'id':'%s','type':'Thing','a':{'type':'Property','value':1,'observedAt':'2026-01-01T00:00:00Z'},"
                + "'location':{'type':'GeoProperty','value':{'type':'Point','coordinates':[1,2]}},"
                + "'@context':['%s',{'observedAt':'https://example.org/o','location':'https://example.org/l','Property':'https://example.org/P'}]}",
            id, CORE)
        .expect(201);

    get(entity(id))
        .expect(200)
        .has("a/observedAt", "'2026-01-01T00:00:00Z'")
        .has("location/type", "'GeoProperty'");
  }

  @Test
  @Clause("5.5.7")
  void namesAreExpandedByTheContextOfTheRequestAndNoOther() {
    var type = newType();
    var id = newId();
    post("/entities")
        .ld(
            "{'id':'%s','type':'%s','a':{'type':'Property','value':1},"
                + "'@context':[{'a':'https://example.org/%s','%s':'https://example.org/T%s'},'%s']}",
            id, type, type, type, type, CORE)
        .expect(201);

    get("/entities").with("type", type).expect(200).is("[]");
    get("/entities")
        .with("type", "https://example.org/T" + type)
        .expect(200)
        .has("0/id", "'%s'", id)
        .has("0/https://example.org/" + type + "/value", "1");
  }
}
