package plaza.conformance.provision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import plaza.conformance.Checks;
import plaza.conformance.Clause;

@Clause({"5.6.1", "6.4.3.1"})
class CreateEntityTest extends Checks {
  @Test
  void aNewEntityIsAnsweredWithItsPlaceAndNothingElse() {
    var id = newId();

    var answer =
        post("/entities")
            .json("{'id':'%s','type':'Thing','speed':{'type':'Property','value':5}}", id)
            .expect(201)
            .hasNoBody()
            .hasHeader("Link", "");

    assertThat(answer.header("Location")).endsWith("/ngsi-ld/v1/entities/" + id);
    get(entity(id))
        .expect(200)
        .is("{'id':'%s','type':'Thing','speed':{'type':'Property','value':5}}", id);
  }

  @Test
  void anEntityNeedsNoAttributes() {
    var id = newId();

    post("/entities").json("{'id':'%s','type':'Thing'}", id).expect(201);

    get(entity(id)).expect(200).is("{'id':'%s','type':'Thing'}", id);
  }

  @Test
  @Clause({"5.6.1", "6.3.5"})
  void theContextMayStandInTheBody() {
    var id = newId();

    post("/entities")
        .ld(
            "{'id':'%s','type':'Thing','speed':{'type':'Property','value':5},'@context':'%s'}",
            id, CORE)
        .expect(201);

    get(entity(id)).expect(200).has("type", "'Thing'");
  }

  /// The core context has the prefix `ngsi-ld`, and published data has ids that begin with it.
  @Test
  @Clause({"4.4", "5.5.7", "5.7.1", "5.7.2", "5.6.6"})
  void whatWasCreatedUnderACompactIriIsFoundUnderIt() {
    var id = "ngsi-ld:Bench:" + unique();
    var type = newType();
    post("/entities").json("{'id':'%s','type':'%s'}", id, type).expect(201);

    get(entity(id)).expect(200);
    assertThat(get("/entities").with("type", type).with("id", id).expect(200).ids()).hasSize(1);
    post(entity(id) + "/attrs").json("{'seats':{'type':'Property','value':3}}").expect(204);
    post("/entityOperations/query")
        .json("{'type':'Query','entities':[{'type':'%s','id':'%s'}]}", type, id)
        .expect(200)
        .has("0/seats/value", "3");
    get("/temporal" + entity(id)).expect(200);
    post("/entityOperations/delete").json("['%s']", id).expect(204);
    get(entity(id)).refused(404, "ResourceNotFound");
  }

  @Test
  void whatExistsCannotBeCreatedAgain() {
    var id = created("");

    post("/entities").json("{'id':'%s','type':'Thing'}", id).refused(409, "AlreadyExists");
    post("/entities").json("{'id':'%s','type':'Other'}", id).refused(409, "AlreadyExists");
  }

  @Test
  void whatWasDeletedCanBeCreatedAgain() {
    var id = created("");
    delete(entity(id)).expect(204);

    create(id, "Thing", "'speed':{'type':'Property','value':6}");

    get(entity(id)).expect(200).has("speed/value", "6");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'Thing'}",
        "{'id':'urn:ngsi-ld:Thing:no-type'}",
        "{'id':'no URI','type':'Thing'}",
        "{'id':'noscheme','type':'Thing'}",
        "{'id':'','type':'Thing'}",
        "{'id':5,'type':'Thing'}",
        "{'id':null,'type':'Thing'}",
        "{'id':'urn:x:1','type':''}",
        "{'id':'urn:x:1','type':[]}",
        "{'id':'urn:x:1','type':5}",
        "{'id':'urn:x:1','type':null}",
        "{'id':'urn:x:1','type':'a type'}",
        "{'id':'urn:x:1','type':'urn:ngsi-ld:null'}",
        "[{'id':'urn:x:1','type':'Thing'}]",
        "'text'",
        "{}"
      })
  @Clause({"5.6.1", "5.2.4"})
  void withoutAProperIdAndTypeThereIsNoEntity(String body) {
    post("/entities").json(body).refused(400, "BadRequestData");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'speed':{'type':'Nothing','value':5}",
        "'speed':{'type':'Property'}",
        "'speed':{'type':'Property','value':null}",
        "'speed':{'type':'Property','object':'urn:x:1'}",
        "'speed':{'type':'Relationship'}",
        "'speed':{'type':'Relationship','value':'urn:x:1'}",
        "'speed':{'type':'Relationship','object':'no URI'}",
        "'speed':{'type':'Relationship','object':5}",
        "'speed':{'type':'Relationship','object':{'id':'urn:x:1'}}",
        "'speed':{'type':'Relationship','object':['urn:x:1','no URI']}",
        "'speed':{'type':'GeoProperty','value':'text'}",
        "'speed':{'type':'GeoProperty','value':{'type':'Point'}}",
        "'speed':{'type':'GeoProperty','value':{'type':'Point','coordinates':['a','b']}}",
        "'speed':{'type':'GeoProperty','value':{'type':'Circle','coordinates':[1,2]}}",
        "'speed':{'type':'GeoProperty','value':{'type':'Polygon','coordinates':[[[0,0],[1,1],[2,0],[3,3]]]}}",
        "'speed':{'type':'LanguageProperty','value':'text'}",
        "'speed':{'type':'LanguageProperty','languageMap':'text'}",
        "'speed':{'type':'LanguageProperty','languageMap':{'en':5}}",
        "'speed':{'type':'VocabProperty','value':'text'}",
        "'speed':{'type':'VocabProperty','vocab':5}",
        "'speed':{'type':'JsonProperty','value':'text'}",
        "'speed':{'type':'ListProperty','value':[1]}",
        "'speed':{'type':'ListProperty','valueList':1}",
        "'speed':{'type':'ListRelationship','objectList':'urn:x:1'}",
        "'speed':{'type':'ListRelationship','objectList':['no URI']}",
        "'speed':{'type':'Property','value':5,'observedAt':'yesterday'}",
        "'speed':{'type':'Property','value':5,'observedAt':'2026-01-01'}",
        "'speed':{'type':'Property','value':5,'observedAt':'2026-01-01T10:00:00'}",
        "'speed':{'type':'Property','value':5,'observedAt':5}",
        "'speed':{'type':'Property','value':5,'unitCode':5}",
        "'speed':{'type':'Property','value':5,'datasetId':'no URI'}",
        "'speed':{'type':'Property','value':5,'datasetId':5}",
        "'speed':{'type':'Property','value':5,'@context':{'a':'urn:a'}}",
        "'speed':null",
        "'a name':{'type':'Property','value':5}",
        "'':{'type':'Property','value':5}",
        "'scope':5",
        "'scope':'/a//b'",
        "'expiresAt':'tomorrow'"
      })
  @Clause({"5.5.4", "4.5.2", "4.5.3"})
  void anAttributeThatIsNoneIsRefused(String attribute) {
    post("/entities")
        .json("{'id':'%s','type':'Thing',%s}".formatted(newId(), attribute))
        .refused(400, "BadRequestData");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'speed':'urn:ngsi-ld:null'",
        "'speed':{'type':'Property','value':'urn:ngsi-ld:null'}",
        "'speed':{'type':'Relationship','object':'urn:ngsi-ld:null'}",
        "'speed':{'type':'LanguageProperty','languageMap':{'@none':'urn:ngsi-ld:null'}}",
        "'speed':{'type':'Property','value':{'a':'urn:ngsi-ld:null'}}",
        "'speed':{'type':'Property','value':5,'sub':'urn:ngsi-ld:null'}",
        "'speed':{'type':'Property','value':5,'sub':{'type':'Property','value':'urn:ngsi-ld:null'}}",
        "'speed':{'type':'Property','value':5,'observedAt':'urn:ngsi-ld:null'}",
        "'speed':{'type':'VocabProperty','vocab':'urn:ngsi-ld:null'}",
        "'speed':{'type':'JsonProperty','json':'urn:ngsi-ld:null'}",
        "'speed':{'type':'ListProperty','valueList':['urn:ngsi-ld:null']}",
        "'speed':{'type':'ListRelationship','objectList':['urn:ngsi-ld:null']}",
        "'scope':'urn:ngsi-ld:null'"
      })
  @Clause("5.5.4")
  void whatIsNewHasNoNull(String attribute) {
    post("/entities")
        .json("{'id':'%s','type':'Thing',%s}".formatted(newId(), attribute))
        .refused(400, "BadRequestData");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "", "{'id':}", "{'id':'urn:x:1','type':'Thing',}", "not json"})
  @Clause({"5.5.4", "6.3.2"})
  void whatIsNoJsonIsAnInvalidRequest(String body) {
    post("/entities").json(body).refused(400, "InvalidRequest");
  }

  @Test
  @Clause({"5.2.5", "5.2.6", "5.2.7"})
  void whatOnlyTheBrokerSaysIsIgnoredWhenItComesIn() {
    var id =
        created(
            """
            'createdAt':'2000-01-01T00:00:00Z','modifiedAt':'2000-01-01T00:00:00Z',
            'speed':{'type':'Property','value':5,'createdAt':'2000-01-01T00:00:00Z',
              'modifiedAt':'2000-01-01T00:00:00Z','deletedAt':'2000-01-01T00:00:00Z',
              'instanceId':'urn:x:1','previousValue':4},
            'owner':{'type':'Relationship','object':'urn:x:1','previousObject':'urn:x:2',
              'createdAt':'2000-01-01T00:00:00Z'}\
            """);

    get(entity(id))
        .expect(200)
        .is(
            "{'id':'%s','type':'Thing','speed':{'type':'Property','value':5},"
                + "'owner':{'type':'Relationship','object':'urn:x:1'}}",
            id);
    var whole = get(entity(id)).with("options", "sysAttrs").expect(200);
    assertThat(whole.text("createdAt")).isNotEqualTo("2000-01-01T00:00:00Z").startsWith("20");
    assertThat(whole.text("speed/createdAt")).isNotEqualTo("2000-01-01T00:00:00Z");
  }

  @ParameterizedTest
  @CsvSource({
    "urn:ngsi-ld:Café:Zürich",
    "https://example.org/things/1?a=b&c=d",
    "http://example.org/things#1",
    "urn:x:a%20b",
    "urn:x:台北"
  })
  @Clause({"5.6.1", "4.6.4"})
  void anIdMayBeAnyUri(String id) {
    var own = id + unique();
    var answer = post("/entities").json("{'id':'%s','type':'Thing'}".formatted(own)).send();

    answer.expect(201);
    get(entity(own)).expect(200).has("id", "'%s'".formatted(own));
    assertThat(java.net.URI.create(answer.header("Location")).getPath()).isNotNull();
    delete(entity(own)).expect(204);
  }

  @Test
  @Clause("4.6.5")
  void textsMayHaveAnyLetters() {
    var id = created("'name':{'type':'Property','value':'<台北> & \\u00fc \\\\ / \\t 😀'}");

    get(entity(id)).expect(200).has("name/value", "'<台北> & \\u00fc \\\\ / \\t 😀'");
  }

  @Test
  @Clause({"6.3.5", "5.5.7"})
  void namesMayBeUris() {
    var id = newId();
    post("/entities")
        .json(
            "{'id':'%s','type':'https://example.org/Type','https://example.org/speed':{'type':'Property','value':5}}",
            id)
        .expect(201);

    get(entity(id))
        .expect(200)
        .has("type", "'https://example.org/Type'")
        .has("https://example.org/speed", "{'type':'Property','value':5}");
  }
}
