package plaza.conformance.provision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plaza.conformance.Checks;
import plaza.conformance.Clause;

@Clause({"5.6.2", "6.6.3.2"})
class UpdateAttributesTest extends Checks {
  private final String id =
      created(
          "'speed':{'type':'Property','value':5,'unitCode':'KMH','observedAt':'2026-01-01T00:00:00Z'},"
              + "'mass':{'type':'Property','value':1},"
              + "'owner':{'type':'Relationship','object':'urn:x:1'},"
              + "'name':[{'type':'Property','value':'a'},{'type':'Property','value':'b','datasetId':'urn:d:1'}]");

  @Test
  @Clause({"5.6.2", "5.5.8"})
  void anAttributeIsReplacedAsAWhole() {
    var before = get(entity(id)).with("options", "sysAttrs").expect(200);

    patch(entity(id) + "/attrs")
        .json("{'speed':{'type':'Property','value':100,'observedAt':'2026-01-02T00:00:00Z'}}")
        .expect(204)
        .hasNoBody();

    var after = get(entity(id)).with("options", "sysAttrs").expect(200);
    after.has("speed/value", "100").hasNo("speed/unitCode").has("mass/value", "1");
    assertThat(after.text("speed/createdAt")).isEqualTo(before.text("speed/createdAt"));
    assertThat(after.text("mass/modifiedAt")).isEqualTo(before.text("mass/modifiedAt"));
  }

  @Test
  void whatWasNotThereIsAdded() {
    patch(entity(id) + "/attrs").json("{'height':{'type':'Property','value':3}}").expect(204);

    get(entity(id)).expect(200).has("height/value", "3");
  }

  @Test
  void oneWordOfEachKindMayComeTogether() {
    patch(entity(id) + "/attrs")
        .json("{'speed':{'type':'Property','value':6},'height':{'type':'Property','value':3}}")
        .expect(204);

    get(entity(id)).expect(200).has("speed/value", "6").has("height/value", "3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'mass':{'type':'Property','value':'urn:ngsi-ld:null'}}",
        "{'mass':'urn:ngsi-ld:null'}",
        "{'mass':{'value':'urn:ngsi-ld:null'}}"
      })
  @Clause({"5.6.2", "5.5.8"})
  void nullTakesAnAttributeAway(String body) {
    patch(entity(id) + "/attrs").json(body).expect(204);

    get(entity(id)).expect(200).hasNo("mass").has("speed/value", "5");
  }

  @Test
  @Clause({"5.6.2", "5.5.8"})
  void nullTakesARelationshipAway() {
    patch(entity(id) + "/attrs")
        .json("{'owner':{'type':'Relationship','object':'urn:ngsi-ld:null'}}")
        .expect(204);

    get(entity(id)).expect(200).hasNo("owner");
  }

  @Test
  @Clause({"5.6.2", "5.5.8"})
  void nullTakesALanguagePropertyAway() {
    var other = created("'label':{'type':'LanguageProperty','languageMap':{'en':'a'}}");

    patch(entity(other) + "/attrs")
        .json("{'label':{'type':'LanguageProperty','languageMap':{'@none':'urn:ngsi-ld:null'}}}")
        .expect(204);

    get(entity(other)).expect(200).hasNo("label");
  }

  @Test
  @Clause({"5.6.2", "4.5.5"})
  void nullWithADatasetIdTakesThatInstanceAlone() {
    patch(entity(id) + "/attrs")
        .json("{'name':{'type':'Property','value':'urn:ngsi-ld:null','datasetId':'urn:d:1'}}")
        .expect(204);

    get(entity(id)).expect(200).has("name", "{'type':'Property','value':'a'}");
  }

  @Test
  @Clause({"5.6.2", "4.5.5"})
  void nullWithoutADatasetIdTakesTheDefaultInstanceAlone() {
    patch(entity(id) + "/attrs")
        .json("{'name':{'type':'Property','value':'urn:ngsi-ld:null'}}")
        .expect(204);

    get(entity(id))
        .expect(200)
        .has("name", "{'type':'Property','value':'b','datasetId':'urn:d:1'}");
  }

  @Test
  @Clause({"5.6.2", "4.5.5"})
  void instancesAreReplacedOrAddedByDatasetId() {
    patch(entity(id) + "/attrs")
        .json(
            "{'name':[{'type':'Property','value':'x','datasetId':'urn:d:1'},"
                + "{'type':'Property','value':'y','datasetId':'urn:d:2'}]}")
        .expect(204);

    var names = get(entity(id)).expect(200).list("name");
    assertThat(names).hasSize(3);
    assertThat(names.toString()).contains("value=a", "value=x", "value=y");
  }

  @Test
  @Clause({"5.6.2", "4.18"})
  void aScopeIsReplacedWhereThereIsOneAndIgnoredElsewhere() {
    patch(entity(id) + "/attrs").json("{'scope':'/b'}").expect(204);
    get(entity(id)).expect(200).hasNo("scope");

    var scoped = created("'scope':'/a'");
    patch(entity(scoped) + "/attrs").json("{'scope':['/b','/c']}").expect(204);
    get(entity(scoped)).expect(200).has("scope", "['/b','/c']");
  }

  @Test
  void typesAreAdded() {
    patch(entity(id) + "/attrs").json("{'type':['Thing','Extra']}").expect(204);

    assertThat(get(entity(id)).expect(200).texts("type"))
        .containsExactlyInAnyOrder("Thing", "Extra");
  }

  @Test
  void anUnknownEntityIsNotFound() {
    patch(entity(newId()) + "/attrs")
        .json("{'mass':{'type':'Property','value':7}}")
        .refused(404, "ResourceNotFound");
    patch(entity(id) + "/attrs")
        .with("type", "Other")
        .json("{'mass':{'type':'Property','value':7}}")
        .refused(404, "ResourceNotFound");
  }

  @Test
  void anIdThatIsNoUriIsRefused() {
    patch("/entities/nouri/attrs")
        .json("{'mass':{'type':'Property','value':7}}")
        .refused(400, "BadRequestData");
  }

  @Test
  @Clause({"5.6.2", "5.4"})
  void theIdInTheFragmentIsThatOfThePath() {
    patch(entity(id) + "/attrs")
        .json("{'id':'%s','type':'Thing','mass':{'type':'Property','value':7}}", id)
        .expect(204);
    patch(entity(id) + "/attrs")
        .json("{'id':'%s','mass':{'type':'Property','value':7}}", newId())
        .refused(400, "BadRequestData");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'mass':{'type':'Property'}}",
        "{'mass':{'type':'Property','value':null}}",
        "{'mass':{'type':'Property','value':{'a':'urn:ngsi-ld:null'}}}",
        "{'mass':{'type':'Relationship','value':'urn:x:1'}}",
        "{'mass':null}",
        "[]"
      })
  @Clause({"5.6.2", "5.5.4"})
  void aFragmentThatIsNoneIsRefused(String body) {
    patch(entity(id) + "/attrs").json(body).refused(400, "BadRequestData");
    get(entity(id)).expect(200).has("mass/value", "1");
  }

  @Test
  @Clause({"5.6.2", "6.3.4"})
  void aMergePatchDocumentIsReadAsJson() {
    patch(entity(id) + "/attrs")
        .body("application/merge-patch+json", "{\"mass\":{\"type\":\"Property\",\"value\":9}}")
        .expect(204);

    get(entity(id)).expect(200).has("mass/value", "9");
  }

  @Test
  @Clause({"5.6.2", "5.5.8", "4.18"})
  void nullTakesTheScopesAway() {
    var scoped = created("'scope':'/a','speed':{'type':'Property','value':5}");

    patch(entity(scoped) + "/attrs").json("{'scope':'urn:ngsi-ld:null'}").expect(204);

    get(entity(scoped)).expect(200).hasNo("scope").has("speed/value", "5");
  }
}
