package plaza.conformance.provision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plaza.conformance.Checks;
import plaza.conformance.Clause;

@Clause({"5.6.17", "6.5.3.4", "5.5.12"})
class MergeTest extends Checks {
  private final String id =
      created(
          "'speed':{'type':'Property','value':25,'unitCode':'KMH','observedAt':'2022-03-14T01:59:26.535Z'},"
              + "'address':{'type':'Property','value':{'street':'Straße des 17. Juni','city':'Berlin','country':'Germany'}},"
              + "'label':{'type':'LanguageProperty','languageMap':{'en':'a','de':'b'}},"
              + "'owner':{'type':'Relationship','object':'urn:x:1','since':{'type':'Property','value':1}},"
              + "'name':[{'type':'Property','value':'a'},{'type':'Property','value':'b','datasetId':'urn:d:1'}]");

  @Test
  void whatIsSaidChangesAndTheRestStays() {
    patch(entity(id))
        .json("{'speed':{'type':'Property','value':100,'observedAt':'2022-03-14T13:00:00.000Z'}}")
        .expect(204)
        .hasNoBody();

    get(entity(id))
        .expect(200)
        .has(
            "speed",
            "{'type':'Property','value':100,'unitCode':'KMH','observedAt':'2022-03-14T13:00:00Z'}");
  }

  @Test
  void objectsInValuesAreMergedToAnyDepth() {
    patch(entity(id))
        .json(
            "{'address':{'type':'Property','value':{'street':'Pariser Platz','country':'urn:ngsi-ld:null'}}}")
        .expect(204);

    get(entity(id)).expect(200).has("address/value", "{'street':'Pariser Platz','city':'Berlin'}");
  }

  @Test
  void arraysInValuesAreReplaced() {
    patch(entity(id)).json("{'speed':{'type':'Property','value':[1,2]}}").expect(204);

    get(entity(id)).expect(200).has("speed/value", "[1,2]");
  }

  @Test
  void languagesAreMerged() {
    patch(entity(id))
        .json("{'label':{'type':'LanguageProperty','languageMap':{'de':'c','fr':'d'}}}")
        .expect(204);

    get(entity(id)).expect(200).has("label/languageMap", "{'en':'a','de':'c','fr':'d'}");
  }

  @Test
  void oneLanguageIsTakenAway() {
    patch(entity(id))
        .json("{'label':{'type':'LanguageProperty','languageMap':{'de':'urn:ngsi-ld:null'}}}")
        .expect(204);

    get(entity(id)).expect(200).has("label/languageMap", "{'en':'a'}");
  }

  @Test
  void subAttributesAreMerged() {
    patch(entity(id))
        .json(
            "{'owner':{'type':'Relationship','object':'urn:x:2','source':{'type':'Property','value':3}}}")
        .expect(204);

    get(entity(id))
        .expect(200)
        .has("owner/object", "'urn:x:2'")
        .has("owner/since/value", "1")
        .has("owner/source/value", "3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'owner':{'since':{'type':'Property','value':9}}}",
        "{'owner':{'type':'Relationship','since':{'type':'Property','value':9}}}",
        "{'owner':{'since':{'value':9}}}"
      })
  void aSubAttributeMayComeAlone(String body) {
    patch(entity(id)).json(body).expect(204);

    get(entity(id)).expect(200).has("owner/object", "'urn:x:1'").has("owner/since/value", "9");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'owner':{'type':'Relationship','since':'urn:ngsi-ld:null'}}",
        "{'owner':{'since':'urn:ngsi-ld:null'}}"
      })
  void aSubAttributeIsTakenAway(String body) {
    patch(entity(id)).json(body).expect(204);

    get(entity(id)).expect(200).has("owner", "{'type':'Relationship','object':'urn:x:1'}");
  }

  @Test
  void aValueOutlivesTheSubAttributesThatAreTakenAway() {
    patch(entity(id)).json("{'speed':{'by':{'value':'gps'}}}").expect(204);
    patch(entity(id)).json("{'speed':{'by':'urn:ngsi-ld:null'}}").expect(204);

    get(entity(id)).expect(200).has("speed/value", "25").hasNo("speed/by");
  }

  @Test
  void aUnitIsTakenAway() {
    patch(entity(id)).json("{'speed':{'unitCode':'urn:ngsi-ld:null'}}").expect(204);

    get(entity(id)).expect(200).hasNo("speed/unitCode").has("speed/value", "25");
  }

  @Test
  void aNewAttributeIsAdded() {
    patch(entity(id)).json("{'mass':{'type':'Property','value':7}}").expect(204);

    get(entity(id)).expect(200).has("mass/value", "7").has("speed/value", "25");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'speed':'urn:ngsi-ld:null'}",
        "{'speed':{'type':'Property','value':'urn:ngsi-ld:null'}}",
        "{'owner':{'type':'Relationship','object':'urn:ngsi-ld:null'},'speed':{'value':'urn:ngsi-ld:null'}}",
        "{'label':{'type':'LanguageProperty','languageMap':{'@none':'urn:ngsi-ld:null'}},'speed':'urn:ngsi-ld:null'}"
      })
  void nullTakesAnAttributeAway(String body) {
    patch(entity(id)).json(body).expect(204);

    get(entity(id)).expect(200).hasNo("speed");
  }

  @Test
  void nullForWhatIsNotThereChangesNothing() {
    patch(entity(id)).json("{'mass':'urn:ngsi-ld:null'}").expect(204);

    get(entity(id)).expect(200).hasNo("mass");
  }

  @Test
  @Clause({"5.6.17", "4.5.5"})
  void instancesAreMergedByDatasetId() {
    patch(entity(id))
        .json(
            "{'name':[{'type':'Property','value':'x','datasetId':'urn:d:1'},"
                + "{'type':'Property','value':'y','datasetId':'urn:d:2'}]}")
        .expect(204);

    assertThat(get(entity(id)).expect(200).list("name").toString())
        .contains("value=a", "value=x", "value=y");
  }

  @Test
  @Clause({"5.6.17", "4.5.5"})
  void anInstanceIsTakenAwayByDatasetId() {
    patch(entity(id))
        .json("{'name':{'type':'Property','value':'urn:ngsi-ld:null','datasetId':'urn:d:1'}}")
        .expect(204);

    get(entity(id)).expect(200).has("name", "{'type':'Property','value':'a'}");
  }

  @Test
  @Clause({"6.5.3.4", "4.5.4"})
  void simplifiedValuesKeepTheKindOfTheAttribute() {
    for (var parameter : new String[] {"format", "options"})
      for (var name : new String[] {"keyValues", "simplified"}) {
        patch(entity(id))
            .with(parameter, name)
            .json("{'speed':30,'owner':'urn:x:3','address':{'city':'Bonn'}}")
            .expect(204);
      }

    get(entity(id))
        .expect(200)
        .has("speed/value", "30")
        .has("speed/unitCode", "'KMH'")
        .has("owner/type", "'Relationship'")
        .has("owner/object", "'urn:x:3'")
        .has("address/value/city", "'Bonn'")
        .has("address/value/country", "'Germany'");
  }

  @Test
  @Clause("6.5.3.4")
  void aCommonMomentIsGivenToWhatHadOne() {
    patch(entity(id))
        .with("format", "simplified")
        .with("observedAt", "2024-01-01T00:00:00Z")
        .json("{'speed':30,'mass':7}")
        .expect(204);

    get(entity(id))
        .expect(200)
        .has("speed/observedAt", "'2024-01-01T00:00:00Z'")
        .hasNo("mass/observedAt");
  }

  @Test
  @Clause("6.5.3.4")
  void aMomentInTheBodyGoesBeforeTheCommonOne() {
    patch(entity(id))
        .with("observedAt", "2024-01-01T00:00:00Z")
        .json("{'speed':{'value':30,'observedAt':'2025-01-01T00:00:00Z'}}")
        .expect(204);

    get(entity(id)).expect(200).has("speed/observedAt", "'2025-01-01T00:00:00Z'");
  }

  @Test
  @Clause("6.5.3.4")
  void aCommonLanguageSaysWhichTextIsMeant() {
    patch(entity(id))
        .with("format", "simplified")
        .with("lang", "de")
        .json("{'label':'neu'}")
        .expect(204);

    get(entity(id)).expect(200).has("label/languageMap", "{'en':'a','de':'neu'}");
  }

  @Test
  void typesAreAddedAndTheScopeIsReplaced() {
    patch(entity(id)).json("{'type':'Extra','scope':'/b'}").expect(204);
    patch(entity(id)).json("{'scope':['/c','/d']}").expect(204);

    var answer = get(entity(id)).expect(200).has("scope", "['/c','/d']");
    assertThat(answer.texts("type")).containsExactlyInAnyOrder("Thing", "Extra");
  }

  @Test
  void anEntityThatIsNotThereCannotBeMerged() {
    patch(entity(newId())).json("{'speed':{'value':1}}").refused(404, "ResourceNotFound");
    patch(entity(id))
        .with("type", "Other")
        .json("{'speed':{'value':1}}")
        .refused(404, "ResourceNotFound");
    patch("/entities/nouri").json("{'speed':{'value':1}}").refused(400, "BadRequestData");
    patch(entity(id))
        .json("{'id':'%s','speed':{'value':1}}", newId())
        .refused(400, "BadRequestData");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'speed':{'type':'Nothing','value':1}}",
        "{'speed':{'type':'Property','value':null}}",
        "{'speed':null}",
        "{'mass':{'type':'Property'}}",
        "{'speed':{'type':'Property','value':1,'datasetId':'urn:ngsi-ld:null'}}",
        "[]"
      })
  void aFragmentThatIsNoneIsRefused(String body) {
    patch(entity(id)).json(body).refused(400, "BadRequestData");
    get(entity(id)).expect(200).has("speed/value", "25");
  }

  @Test
  @Clause("6.5.3.4")
  void parametersThatAreNoneAreRefused() {
    patch(entity(id)).with("observedAt", "yesterday").json("{'speed':{'value':1}}").expect(400);
    patch(entity(id)).with("options", "nothing").json("{'speed':{'value':1}}").expect(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'speed':{'type':'Relationship','object':'urn:x:1'}}",
        "{'speed':{'languageMap':{'en':'x'}}}",
        "{'speed':{'type':'Point','coordinates':[1,2]}}"
      })
  @Clause({"5.6.17", "6.5.3.4"})
  void aSimplifiedMergeChangesNoType(String body) {
    var one = created("'speed':{'type':'Property','value':5}");

    patch(entity(one) + "?format=simplified").json(body).refused(400, "BadRequestData");

    get(entity(one)).expect(200).has("speed", "{'type':'Property','value':5}");
  }
}
