package plaza.conformance.languages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import plaza.conformance.Checks;
import plaza.conformance.Clause;

/// The query language, against six entities named a to f.
@Clause("4.9")
class QueryLanguageTest extends Checks {
  private static final String TYPE = newType();
  private static final String ID = "urn:ngsi-ld:" + TYPE + ":";

  @BeforeAll
  static void city() {
    create(
        ID + "a",
        TYPE,
        """
        'speed':{'type':'Property','value':50,'observedAt':'2026-01-01T00:00:00Z','unitCode':'KMH',
          'accuracy':{'type':'Property','value':0.5,'by':{'type':'Property','value':'gps'}}},
        'color':{'type':'Property','value':'red'},
        'since':{'type':'Property','value':'2026-01-01'},
        'at':{'type':'Property','value':'10:30:00Z'},
        'moment':{'type':'Property','value':'2026-01-01T10:00:00Z'},
        'open':{'type':'Property','value':true},
        'address':{'type':'Property','value':{'city':'Berlin','geo':{'lat':52}}},
        'owner':{'type':'Relationship','object':'urn:x:1'}\
        """);
    create(
        ID + "b",
        TYPE,
        """
        'speed':{'type':'Property','value':60.5,'observedAt':'2026-06-01T00:00:00Z',
          'accuracy':{'type':'Property','value':2}},
        'color':{'type':'Property','value':['blue','red','green']},
        'since':{'type':'Property','value':'2026-02-01'},
        'at':{'type':'Property','value':'11:30:00Z'},
        'moment':{'type':'Property','value':'2026-01-02T10:00:00Z'},
        'open':{'type':'Property','value':false},
        'address':{'type':'Property','value':{'city':'Bonn'}},
        'owner':{'type':'Relationship','object':['urn:x:1','urn:x:2']}\
        """);
    create(
        ID + "c",
        TYPE,
        """
        'speed':{'type':'Property','value':'fast'},
        'color':{'type':'LanguageProperty','languageMap':{'en':'red','fr':'rouge','de':['rot','karmin']}},
        'owner':{'type':'ListRelationship','objectList':['urn:x:2','urn:x:3']}\
        """);
    create(
        ID + "d",
        TYPE,
        """
        'color':{'type':'VocabProperty','vocab':'red'},
        'levels':{'type':'ListProperty','valueList':[1,2,3]},
        'ticket':{'type':'JsonProperty','json':{'id':'85','value':'Overstay','n':{'m':[1,2]}}}\
        """);
    create(
        ID + "e",
        TYPE,
        """
        'speed':[{'type':'Property','value':10},{'type':'Property','value':90,'datasetId':'urn:d:1'}],
        'name':{'type':'Property','value':'Mercedes \\"Benz\\"'}\
        """);
    create(ID + "f", TYPE, "");
  }

  private static String found(String q) {
    var ids = get("/entities").with("type", TYPE).with("q", q).expect(200).ids();
    return String.join("", ids.stream().map(id -> id.substring(ID.length())).sorted().toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '`',
      value = {
        // existence
        "speed → abce",
        "owner → abc",
        "nothing → ",
        // numbers
        "speed==50 → a",
        "speed==50.0 → a",
        "speed==60.5 → b",
        "speed!=50 → bce",
        "speed>50 → be",
        "speed>=50 → abe",
        "speed<50 → e",
        "speed<=50 → ae",
        "speed>-1e2 → abe",
        "speed==50,10 → ae",
        "speed!=50,10 → bce",
        "speed==10..60 → ae",
        "speed!=10..60.5 → ce",
        // texts
        "color==\"red\" → abc",
        "name==\"Mercedes \\\"Benz\\\"\" → e",
        "speed==\"fast\" → c",
        "speed==\"50\" → ",
        "color==\"red\",\"blue\" → abc",
        "color!=\"red\" → d",
        "color!=\"blue\" → acd",
        "color>\"ra\" → ac",
        "speed>\"a\" → c",
        // truth
        "open==true → a",
        "open==false → b",
        "open!=true → b",
        // dates and times
        "since==2026-01-01 → a",
        "since>2026-01-15 → b",
        "since==2026-01-01..2026-01-31 → a",
        "at<11:00:00Z → a",
        "moment>=2026-01-02T00:00:00Z → b",
        "moment==2026-01-01T10:00:00Z → a",
        "moment==2026-01-01T10:00:00.000Z → a",
        // relationships
        "owner==\"urn:x:1\" → ab",
        "owner==urn:x:1 → ab",
        "owner==\"urn:x:2\" → bc",
        "owner!=urn:x:1 → c",
        "owner==urn:x:1,urn:x:3 → abc",
        // patterns
        "color~=^r.*d$ → ac",
        "name~=Mer.* → e",
        "name!~=^Benz → e",
        "speed~=fa → c",
        // paths
        "speed.observedAt>=2026-03-01T00:00:00Z → b",
        "speed.observedAt → ab",
        "speed.unitCode==\"KMH\" → a",
        "speed.accuracy<1 → a",
        "speed.accuracy → ab",
        "speed.accuracy.by==\"gps\" → a",
        "address[city]==\"Berlin\" → a",
        "address[city]~=^B → ab",
        "address[geo.lat]>50 → a",
        "address[street] → ",
        "address[city] → ab",
        // languages
        "color[fr]==\"rouge\" → c",
        "color[en]==\"red\" → c",
        "color[de]==\"karmin\" → c",
        "color[*]==\"rouge\" → c",
        "color[fr]!=\"red\" → c",
        "color[it]==\"rosso\" → ",
        // logic
        "speed>20;speed<55 → ae",
        "speed==50|speed==60.5 → ab",
        "speed==50|speed==60.5;open==true → a",
        "(speed==50|speed==60.5);open==false → b",
        "((speed==50|speed==60.5);open==false)|name → be",
        "speed;owner → abc",
        // lists
        "levels==2 → d"
      })
  void aConditionFindsWhatMeetsIt(String q, String expected) {
    assertThat(found(q)).isEqualTo(expected == null ? "" : expected);
  }

  @Test
  void jsonIsAskedWithoutTranslation() {
    assertThat(
            get("/entities")
                .with("type", TYPE)
                .with("q", "ticket[value]==\"Overstay\"")
                .with("jsonKeys", "ticket")
                .expect(200)
                .ids())
        .containsExactly(ID + "d");
    assertThat(found("ticket[id]==\"85\"")).isEqualTo("d");
  }

  @Test
  void aVocabularyIsAskedWithExpandedValues() {
    assertThat(
            get("/entities")
                .with("type", TYPE)
                .with("q", "color==\"red\"")
                .with("expandValues", "color")
                .expect(200)
                .ids())
        .contains(ID + "d");
    assertThat(found("color==" + DEFAULT_VOCAB + "red")).isEqualTo("d");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "speed==",
        "==5",
        "speed=5",
        "speed=>5",
        "speed>true",
        "speed>1,2",
        "speed<1..2",
        "(speed==5",
        "speed==5)",
        "speed==5;",
        "|speed",
        "speed==\"red",
        "speed[",
        "speed[a",
        "speed..accuracy",
        "a b",
        "speed~=[",
        ";",
        "()",
        "speed==5 and open"
      })
  void whatIsNoConditionIsRefused(String q) {
    get("/entities").with("type", TYPE).with("q", q).refused(400, "BadRequestData");
  }

  @Test
  @Clause({"4.9", "5.7.2"})
  void aConditionAloneIsEnoughToAsk() {
    var name = "only" + unique();
    var id = created("'%s':{'type':'Property','value':1}".formatted(name));

    assertThat(get("/entities").with("q", name + "==1").expect(200).ids()).containsExactly(id);
  }

  @Test
  @Clause({"4.9", "5.5.7"})
  void namesInAConditionMeanWhatTheContextSays() {
    var id = newId();
    var type = newType();
    post("/entities")
        .json(
            "{'id':'%s','type':'%s','https://uri.etsi.org/ngsi-ld/default-context/mass':{'type':'Property','value':1}}",
            id, type)
        .expect(201);

    assertThat(
            Arrays.asList(
                get("/entities")
                    .with("type", type)
                    .with("q", "mass==1")
                    .expect(200)
                    .ids()
                    .toArray()))
        .containsExactly(id);
  }

  @Test
  @Clause({"4.9", "5.2.23", "6.23.3.1"})
  void aConditionMayStandInADocument() {
    assertThat(
            post("/entityOperations/query")
                .json("{'type':'Query','entities':[{'type':'%s'}],'q':'speed>55'}", TYPE)
                .expect(200)
                .ids())
        .containsExactlyInAnyOrder(ID + "b", ID + "e");
    post("/entityOperations/query")
        .json("{'type':'Query','entities':[{'type':'%s'}],'q':'speed>'}", TYPE)
        .refused(400, "BadRequestData");
  }

  @ParameterizedTest
  @ValueSource(strings = {"n===1", "n==+1", "n==.5", "n==$x", "n==1;m==%"})
  void aBareValueIsANumberATimeATermOrAUri(String q) {
    get("/entities").with("type", "Thing").with("q", q).refused(400, "BadRequestData");
  }

  @Test
  @Clause({"4.9", "6.4.3.2"})
  void patternsKnowTheClassesOfPosix() {
    var id = created("'plate':{'type':'Property','value':'AB12'}");

    for (var pattern : List.of("^[[:upper:]]{2}[[:digit:]]+$", "[[:alpha:]_][^[:space:]]"))
      assertThat(
              get("/entities?type=Thing")
                  .with("id", id)
                  .with("q", "plate~=" + pattern)
                  .expect(200)
                  .ids())
          .containsExactly(id);
    assertThat(
            get("/entities?type=Thing")
                .with("idPattern", "^" + id.substring(0, 15) + "[[:alnum:]:]+$")
                .with("id", id)
                .expect(200)
                .ids())
        .containsExactly(id);
    assertThat(
            get("/entities?type=Thing")
                .with("id", id)
                .with("q", "plate~=[[:lower:]]")
                .expect(200)
                .ids())
        .isEmpty();
  }
}
