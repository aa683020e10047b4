package plaza.conformance.representation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import plaza.conformance.Checks;
import plaza.conformance.Clause;

/// All eight kinds of attribute in every representation, in and out.
class KindsTest extends Checks {
  /// What comes in, then how it is shown normalized, concise and simplified.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'type':'Property','value':5} | {'type':'Property','value':5} | 5 | 5",
        "{'type':'Property','value':5.5} | {'type':'Property','value':5.5} | 5.5 | 5.5",
        "{'type':'Property','value':-1e3} | {'type':'Property','value':-1000} | -1000 | -1000",
        "{'type':'Property','value':'text'} | {'type':'Property','value':'text'} | 'text' | 'text'",
        "{'type':'Property','value':''} | {'type':'Property','value':''} | '' | ''",
        "{'type':'Property','value':true} | {'type':'Property','value':true} | true | true",
        "{'type':'Property','value':[1,'a',true]} | {'type':'Property','value':[1,'a',true]} | [1,'a',true] | [1,'a',true]",
        "{'type':'Property','value':[]} | {'type':'Property','value':[]} | [] | []",
        "{'type':'Property','value':{'a':{'b':[1,2]}}} | {'type':'Property','value':{'a':{'b':[1,2]}}} | {'a':{'b':[1,2]}} | {'a':{'b':[1,2]}}",
        "{'type':'Property','value':{}} | {'type':'Property','value':{}} | {} | {}",
        "{'type':'Property','value':{'type':'Point','name':'x'}} | {'type':'Property','value':{'type':'Point','name':'x'}} | {'value':{'type':'Point','name':'x'}} | {'type':'Point','name':'x'}",
        "{'type':'Property','value':{'@type':'@json','@value':null}} | {'type':'Property','value':{'@type':'@json','@value':null}} | {'value':{'@type':'@json','@value':null}} | {'@type':'@json','@value':null}",
        "{'type':'Property','value':5,'unitCode':'CEL','observedAt':'2026-01-01T00:00:00Z'} | {'type':'Property','value':5,'unitCode':'CEL','observedAt':'2026-01-01T00:00:00Z'} | {'value':5,'unitCode':'CEL','observedAt':'2026-01-01T00:00:00Z'} | 5",
        "{'type':'Property','value':5,'s':{'type':'Property','value':1,'t':{'type':'Relationship','object':'urn:x:1'}}} | {'type':'Property','value':5,'s':{'type':'Property','value':1,'t':{'type':'Relationship','object':'urn:x:1'}}} | {'value':5,'s':{'value':1,'t':{'object':'urn:x:1'}}} | 5",
        "{'type':'Property','value':'2026-01-01','valueType':'https://example.org/Date'} | {'type':'Property','value':'2026-01-01','valueType':'https://example.org/Date'} | {'value':'2026-01-01','valueType':'https://example.org/Date'} | '2026-01-01'",
        "{'type':'Relationship','object':'urn:x:1'} | {'type':'Relationship','object':'urn:x:1'} | {'object':'urn:x:1'} | 'urn:x:1'",
        "{'type':'Relationship','object':['urn:x:1','urn:x:2']} | {'type':'Relationship','object':['urn:x:1','urn:x:2']} | {'object':['urn:x:1','urn:x:2']} | ['urn:x:1','urn:x:2']",
        "{'type':'Relationship','object':'urn:x:1','objectType':'City'} | {'type':'Relationship','object':'urn:x:1','objectType':'City'} | {'object':'urn:x:1','objectType':'City'} | 'urn:x:1'",
        "{'type':'Relationship','object':'urn:x:1','s':{'type':'Property','value':1}} | {'type':'Relationship','object':'urn:x:1','s':{'type':'Property','value':1}} | {'object':'urn:x:1','s':1} | 'urn:x:1'",
        "{'type':'GeoProperty','value':{'type':'Point','coordinates':[1.5,2]}} | {'type':'GeoProperty','value':{'type':'Point','coordinates':[1.5,2]}} | {'type':'Point','coordinates':[1.5,2]} | {'type':'Point','coordinates':[1.5,2]}",
        "{'type':'GeoProperty','value':{'type':'Point','coordinates':[1.5,2]},'observedAt':'2026-01-01T00:00:00Z'} | {'type':'GeoProperty','value':{'type':'Point','coordinates':[1.5,2]},'observedAt':'2026-01-01T00:00:00Z'} | {'value':{'type':'Point','coordinates':[1.5,2]},'observedAt':'2026-01-01T00:00:00Z'} | {'type':'Point','coordinates':[1.5,2]}",
        "{'type':'LanguageProperty','languageMap':{'en':'a','de':['b','c'],'@none':'d'}} | {'type':'LanguageProperty','languageMap':{'en':'a','de':['b','c'],'@none':'d'}} | {'languageMap':{'en':'a','de':['b','c'],'@none':'d'}} | {'languageMap':{'en':'a','de':['b','c'],'@none':'d'}}",
        "{'type':'VocabProperty','vocab':'male'} | {'type':'VocabProperty','vocab':'male'} | {'vocab':'male'} | {'vocab':'male'}",
        "{'type':'VocabProperty','vocab':['a','b']} | {'type':'VocabProperty','vocab':['a','b']} | {'vocab':['a','b']} | {'vocab':['a','b']}",
        "{'type':'JsonProperty','json':{'id':'x','type':5,'value':null}} | {'type':'JsonProperty','json':{'id':'x','type':5,'value':null}} | {'json':{'id':'x','type':5,'value':null}} | {'json':{'id':'x','type':5,'value':null}}",
        "{'type':'JsonProperty','json':[{'a':1},{'b':2}]} | {'type':'JsonProperty','json':[{'a':1},{'b':2}]} | {'json':[{'a':1},{'b':2}]} | {'json':[{'a':1},{'b':2}]}",
        "{'type':'ListProperty','valueList':[300,300,120,6],'unitCode':'MMT'} | {'type':'ListProperty','valueList':[300,300,120,6],'unitCode':'MMT'} | {'valueList':[300,300,120,6],'unitCode':'MMT'} | [300,300,120,6]",
        "{'type':'ListProperty','valueList':[]} | {'type':'ListProperty','valueList':[]} | {'valueList':[]} | []",
        "{'type':'ListRelationship','objectList':[{'object':'urn:x:1'},{'object':'urn:x:2'}]} | {'type':'ListRelationship','objectList':[{'object':'urn:x:1'},{'object':'urn:x:2'}]} | {'objectList':['urn:x:1','urn:x:2']} | ['urn:x:1','urn:x:2']",
        "{'type':'ListRelationship','objectList':['urn:x:1'],'objectType':'City'} | {'type':'ListRelationship','objectList':[{'object':'urn:x:1'}],'objectType':'City'} | {'objectList':['urn:x:1'],'objectType':'City'} | ['urn:x:1']"
      })
  @Clause({"4.5.2", "4.5.3", "4.5.4", "4.5.18", "4.5.20", "4.5.21", "4.5.22", "4.5.24", "4.7.3"})
  void anAttributeIsShownInEachRepresentation(
      String given, String normalized, String concise, String simplified) {
    var id = created("'a':" + given);

    get(entity(id)).expect(200).has("a", normalized);
    get(entity(id)).with("format", "normalized").expect(200).has("a", normalized);
    get(entity(id)).with("format", "concise").expect(200).has("a", concise);
    get(entity(id)).with("options", "concise").expect(200).has("a", concise);
    get(entity(id)).with("format", "simplified").expect(200).has("a", simplified);
    for (var option : new String[] {"simplified", "keyValues"})
      get(entity(id)).with("options", option).expect(200).has("a", simplified);

    // And what is shown can be given back.
    var again = created("'a':" + concise);
    get(entity(again)).expect(200).has("a", normalized);
  }

  /// Clause 4.5.2.3: what the kind is inferred from.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "5 | {'type':'Property','value':5}",
        "'urn:x:1' | {'type':'Property','value':'urn:x:1'}",
        "{'value':5} | {'type':'Property','value':5}",
        "{'value':{'type':'Point','coordinates':[1,2]}} | {'type':'GeoProperty','value':{'type':'Point','coordinates':[1,2]}}",
        "{'type':'Point','coordinates':[1,2]} | {'type':'GeoProperty','value':{'type':'Point','coordinates':[1,2]}}",
        "{'object':'urn:x:1'} | {'type':'Relationship','object':'urn:x:1'}",
        "{'languageMap':{'en':'a'}} | {'type':'LanguageProperty','languageMap':{'en':'a'}}",
        "{'vocab':'a'} | {'type':'VocabProperty','vocab':'a'}",
        "{'json':{'a':1}} | {'type':'JsonProperty','json':{'a':1}}",
        "{'valueList':[1]} | {'type':'ListProperty','valueList':[1]}",
        "{'objectList':['urn:x:1']} | {'type':'ListRelationship','objectList':[{'object':'urn:x:1'}]}",
        "{'value':5,'s':3} | {'type':'Property','value':5,'s':{'type':'Property','value':3}}",
        "[{'value':5},{'value':6,'datasetId':'urn:d:1'}] | [{'type':'Property','value':5},{'type':'Property','value':6,'datasetId':'urn:d:1'}]",
        "[{'a':5},{'b':6}] | {'type':'Property','value':[{'a':5},{'b':6}]}"
      })
  @Clause({"4.5.2.3", "4.5.3.3", "4.5.18.3", "4.5.20.3", "4.5.21.3", "4.5.22.3", "4.5.24.3"})
  void theKindIsInferredFromWhatIsSaid(String concise, String normalized) {
    get(entity(created("'a':" + concise))).expect(200).has("a", normalized);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Point | [1,2]",
        "Point | [1,2,3]",
        "MultiPoint | [[1,2],[3,4]]",
        "LineString | [[1,2],[3,4]]",
        "MultiLineString | [[[1,2],[3,4]],[[5,6],[7,8]]]",
        "Polygon | [[[0,0],[4,0],[4,4],[0,4],[0,0]]]",
        "Polygon | [[[0,0],[4,0],[4,4],[0,4],[0,0]],[[1,1],[1,2],[2,2],[2,1],[1,1]]]",
        "MultiPolygon | [[[[0,0],[4,0],[4,4],[0,0]]],[[[10,10],[14,10],[14,14],[10,10]]]]"
      })
  @Clause({"4.7.1", "4.6.3"})
  void everyGeometryComesBackAsItWas(String type, String coordinates) {
    var id =
        created(
            "'place':{'type':'GeoProperty','value':{'type':'%s','coordinates':%s}}"
                .formatted(type, coordinates));

    get(entity(id))
        .expect(200)
        .has("place/value", "{'type':'%s','coordinates':%s}".formatted(type, coordinates));
  }

  @Test
  @Clause("4.7.1")
  void aCollectionOfGeometriesIsRefused() {
    post("/entities")
        .json(
            "{'id':'%s','type':'Thing','place':{'type':'GeoProperty','value':{'type':'GeometryCollection','geometries':[]}}}",
            newId())
        .refused(400, "BadRequestData");
  }

  @Test
  @Clause("4.7.2")
  void aGeometryMayComeAsAText() {
    var id = newId();
    post("/entities")
        .body(
            JSON,
            """
            {"id":"%s","type":"Thing","place":{"type":"GeoProperty",
             "value":"{\\"type\\":\\"Point\\",\\"coordinates\\":[1,2]}"}}\
            """
                .formatted(id))
        .expect(201);

    get(entity(id)).expect(200).has("place/value", "{'type':'Point','coordinates':[1,2]}");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-01T00:00:00Z,2026-01-01T00:00:00Z",
    "2026-01-01T00:00:00.5Z,2026-01-01T00:00:00.5Z",
    "2026-01-01T00:00:00.123456Z,2026-01-01T00:00:00.123456Z"
  })
  @Clause({"4.6.3", "4.8"})
  void momentsAreKeptToTheMicrosecond(String given, String shown) {
    var id = created("'a':{'type':'Property','value':1,'observedAt':'%s'}", given);

    var answer = get(entity(id)).expect(200);
    org.assertj.core.api.Assertions.assertThat(java.time.Instant.parse(answer.text("a/observedAt")))
        .isEqualTo(java.time.Instant.parse(shown));
  }

  @Test
  @Clause("4.6.3")
  void aCommaMayStandForThePoint() {
    var id = created("'a':{'type':'Property','value':1,'observedAt':'2026-01-01T00:00:00,25Z'}");

    org.assertj.core.api.Assertions.assertThat(
            java.time.Instant.parse(get(entity(id)).expect(200).text("a/observedAt")))
        .isEqualTo(java.time.Instant.parse("2026-01-01T00:00:00.25Z"));
  }

  @Test
  @Clause({"4.5.1", "5.2.4"})
  void anEntityMayHaveSeveralTypesAndScopes() {
    var id = newId();
    post("/entities")
        .json("{'id':'%s','type':['Car','Taxi'],'scope':['/a','/b/c']}", id)
        .expect(201);

    var answer = get(entity(id)).expect(200);
    org.assertj.core.api.Assertions.assertThat(answer.texts("type"))
        .containsExactlyInAnyOrder("Car", "Taxi");
    org.assertj.core.api.Assertions.assertThat(answer.texts("scope"))
        .containsExactlyInAnyOrder("/a", "/b/c");
  }

  @Test
  @Clause({"4.5.4", "6.3.7"})
  void theFormatGoesBeforeTheOptions() {
    var id = created("'a':{'type':'Property','value':5}");

    get(entity(id))
        .with("format", "simplified")
        .with("options", "normalized")
        .expect(200)
        .has("a", "5");
    get(entity(id)).with("format", "nothing").refused(400, "InvalidRequest");
    get(entity(id)).with("options", "nothing").refused(400, "InvalidRequest");
  }

  @Test
  @Clause({"6.3.11", "4.8", "4.22"})
  void systemAttributesAreShownOnRequest() {
    var id =
        created(
            "'expiresAt':'2099-01-01T00:00:00Z','a':{'type':'Property','value':5,"
                + "'expiresAt':'2099-01-01T00:00:00Z','s':{'type':'Property','value':1}}");

    get(entity(id))
        .expect(200)
        .hasNo("createdAt", "modifiedAt", "expiresAt", "a/createdAt", "a/expiresAt");
    var all = get(entity(id)).with("options", "sysAttrs").expect(200);
    for (var path :
        new String[] {
          "createdAt",
          "modifiedAt",
          "expiresAt",
          "a/createdAt",
          "a/modifiedAt",
          "a/expiresAt",
          "a/s/createdAt",
          "a/s/modifiedAt"
        }) java.time.Instant.parse(all.text(path));
    get(entity(id)).with("options", "sysAttrs,keyValues").expect(200).has("a", "5").at("createdAt");
    get(entity(id))
        .with("options", "sysAttrs,concise")
        .expect(200)
        .has("a/value", "5")
        .at("a/createdAt");
  }
}
