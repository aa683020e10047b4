package plaza.conformance.languages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import plaza.conformance.Checks;
import plaza.conformance.Clause;

/// Types, scopes, languages, what is picked, and order.
class SelectionTest extends Checks {
  private static final String MARK = unique();
  private static final String HOME = "Home" + MARK;
  private static final String VEHICLE = "Vehicle" + MARK;
  private static final String MOTORHOME = "Motorhome" + MARK;
  private static final String ID = "urn:ngsi-ld:" + MARK + ":";

  static {
    post("/entities").json("{'id':'%sh','type':'%s'}", ID, HOME).expect(201);
    post("/entities").json("{'id':'%sv','type':'%s'}", ID, VEHICLE).expect(201);
    post("/entities").json("{'id':'%sb','type':['%s','%s']}", ID, HOME, VEHICLE).expect(201);
    post("/entities").json("{'id':'%sm','type':'%s'}", ID, MOTORHOME).expect(201);
  }

  private static String names(List<String> ids, String prefix) {
    return String.join("", ids.stream().map(id -> id.substring(prefix.length())).sorted().toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "Home ~ bh",
        "Home|Vehicle ~ bhv",
        "Home,Vehicle ~ bhv",
        "(Home;Vehicle) ~ b",
        "(Home;Vehicle)|Motorhome ~ bm",
        "(Home;Vehicle),Motorhome ~ bm",
        "Motorhome|(Home;Vehicle) ~ bm",
        "https://uri.etsi.org/ngsi-ld/default-context/Home ~ bh"
      })
  @Clause({"4.17", "5.7.2"})
  void aSelectionOfTypesFindsItsEntities(String selection, String expected) {
    var own = selection.replaceAll("(Home|Vehicle|Motorhome)", "$1" + MARK);

    assertThat(names(get("/entities").with("type", own).expect(200).ids(), ID)).isEqualTo(expected);
    assertThat(
            names(
                post("/entityOperations/query")
                    .json("{'type':'Query','entities':[{'type':'%s'}]}", own)
                    .expect(200)
                    .ids(),
                ID))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "(A;B", "A;;B", "|A", "A|", "a b", "(A)(B)"})
  @Clause("4.17")
  void whatIsNoSelectionOfTypesIsRefused(String selection) {
    get("/entities").with("type", selection).refused(400, "BadRequestData");
  }

  @Test
  @Clause({"4.17", "5.7.1"})
  void aTypeNarrowsARetrieval() {
    get(entity(ID + "b")).with("type", HOME).expect(200);
    get(entity(ID + "b")).with("type", "(" + HOME + ";" + VEHICLE + ")").expect(200);
    get(entity(ID + "h")).with("type", VEHICLE).refused(404, "ResourceNotFound");
  }

  /// Scopes a to g of entities of one type.
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "/Madrid ~ a",
        "/Madrid/Gardens ~ b",
        "/Madrid/# ~ abcd",
        "/Madrid/Gardens/# ~ bc",
        "/Madrid/+/ParqueNorte ~ cd",
        "/+ ~ aef",
        "/+/Gardens ~ b",
        "/# ~ abcdef",
        "/Madrid/Gardens,/CompanyA ~ bef",
        "/Madrid/Gardens|/CompanyA ~ bef",
        "(/CompanyA;/CompanyB) ~ f",
        "(/CompanyA;/CompanyB)|/Madrid ~ af",
        "/Nowhere ~ "
      })
  @Clause({"4.19", "4.18", "5.7.2"})
  void aScopeQueryFindsWhatIsInIt(String scopeQ, String expected) {
    assertThat(
            names(
                get("/entities").with("type", Scoped.TYPE).with("scopeQ", scopeQ).expect(200).ids(),
                Scoped.ID))
        .isEqualTo(expected == null ? "" : expected);
    assertThat(
            names(
                post("/entityOperations/query")
                    .json(
                        "{'type':'Query','entities':[{'type':'%s'}],'scopeQ':'%s'}",
                        Scoped.TYPE, scopeQ)
                    .expect(200)
                    .ids(),
                Scoped.ID))
        .isEqualTo(expected == null ? "" : expected);
  }

  private static final class Scoped {
    static final String TYPE = newType();
    static final String ID = "urn:ngsi-ld:" + TYPE + ":";

    static {
      create(ID + "a", TYPE, "'scope':'/Madrid'");
      create(ID + "b", TYPE, "'scope':'/Madrid/Gardens'");
      create(ID + "c", TYPE, "'scope':'/Madrid/Gardens/ParqueNorte'");
      create(ID + "d", TYPE, "'scope':'/Madrid/Sights/ParqueNorte'");
      create(ID + "e", TYPE, "'scope':'/CompanyA'");
      create(ID + "f", TYPE, "'scope':['/CompanyA','/CompanyB']");
      create(ID + "g", TYPE, "");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a//b", "/a/", "/a/#/b", "/1a", "(/a", "/a b", "/a;/b;"})
  @Clause("4.19")
  void whatIsNoScopeQueryIsRefused(String scopeQ) {
    get("/entities")
        .with("type", Scoped.TYPE)
        .with("scopeQ", scopeQ)
        .refused(400, "BadRequestData");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "fr | 'Grand Place' | fr",
        "nl | 'Grote Markt' | nl",
        "FR | 'Grand Place' | fr",
        "fr-CH,fr;q=0.9,en;q=0.8,*;q=0.5 | 'Grand Place' | fr",
        "it;q=0.1,nl;q=0.9,fr;q=0.5 | 'Grote Markt' | nl",
        "it,nl | 'Grote Markt' | nl",
        "it | 'Place' | @none"
      })
  @Clause({"4.15", "5.7.1", "5.7.2"})
  void aLanguageIsChosen(String lang, String value, String chosen) {
    var id =
        created(
            "'street':{'type':'LanguageProperty','languageMap':{'fr':'Grand Place','nl':'Grote Markt','@none':'Place'}}");

    get(entity(id))
        .with("lang", lang)
        .expect(200)
        .has("street", "{'type':'Property','value':%s,'lang':'%s'}", value, chosen);
    get(entity(id))
        .with("lang", lang)
        .with("format", "simplified")
        .expect(200)
        .has("street", value);
    get(entity(id))
        .with("lang", lang)
        .with("format", "concise")
        .expect(200)
        .has("street", "{'value':%s,'lang':'%s'}", value, chosen);
  }

  @Test
  @Clause("4.15")
  void whateverLanguageThereIsServesTheStar() {
    var id = created("'street':{'type':'LanguageProperty','languageMap':{'fr':['a','b']}}");

    get(entity(id))
        .with("lang", "*")
        .expect(200)
        .has("street", "{'type':'Property','value':['a','b'],'lang':'fr'}");
    get(entity(id)).with("lang", "en").expect(200).has("street/lang", "'fr'");
  }

  @Test
  @Clause({"4.21", "5.7.1", "6.5.3.1"})
  void whatIsPickedIsShownAndNothingElse() {
    var id =
        created("'a':{'type':'Property','value':1},'b':{'type':'Property','value':2},'scope':'/s'");

    get(entity(id)).with("pick", "a").expect(200).is("{'a':{'type':'Property','value':1}}");
    get(entity(id))
        .with("pick", "id,a")
        .expect(200)
        .is("{'id':'%s','a':{'type':'Property','value':1}}", id);
    get(entity(id))
        .with("pick", "id|type|scope")
        .expect(200)
        .is("{'id':'%s','type':'Thing','scope':'/s'}", id);
  }

  @Test
  @Clause({"4.21", "5.7.1", "6.5.3.1"})
  void whatIsOmittedIsNotShown() {
    var id =
        created("'a':{'type':'Property','value':1},'b':{'type':'Property','value':2},'scope':'/s'");

    get(entity(id))
        .with("omit", "a,scope")
        .expect(200)
        .is("{'id':'%s','type':'Thing','b':{'type':'Property','value':2}}", id);
    get(entity(id)).with("omit", "id,type").expect(200).hasNo("id", "type");
  }

  @Test
  @Clause({"4.21", "5.7.2", "6.4.3.2"})
  void aQueryMayPickAndOmitToo() {
    var type = newType();
    create(newId(), type, "'a':{'type':'Property','value':1},'b':{'type':'Property','value':2}");

    get("/entities")
        .with("type", type)
        .with("pick", "a")
        .expect(200)
        .is("[{'a':{'type':'Property','value':1}}]");
    get("/entities")
        .with("type", type)
        .with("omit", "id,type,a")
        .expect(200)
        .is("[{'b':{'type':'Property','value':2}}]");
    post("/entityOperations/query")
        .json("{'type':'Query','entities':[{'type':'%s'}],'pick':['a']}", type)
        .expect(200)
        .is("[{'a':{'type':'Property','value':1}}]");
    post("/entityOperations/query")
        .json("{'type':'Query','entities':[{'type':'%s'}],'omit':['id','type','a']}", type)
        .expect(200)
        .is("[{'b':{'type':'Property','value':2}}]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pick", "omit"})
  @Clause({"4.21", "5.7.1", "5.7.2"})
  void linkedEntitiesArePickedOnlyWhenTheyAreJoined(String parameter) {
    var id = created("'a':{'type':'Relationship','object':'urn:x:1'}");

    get(entity(id)).with(parameter, "a{b}").refused(400, "BadRequestData");
    get("/entities").with("type", "Thing").with(parameter, "a{b}").refused(400, "BadRequestData");
    get(entity(id)).with(parameter, "").refused(400, "BadRequestData");
    get(entity(id)).with(parameter, "a b").refused(400, "BadRequestData");
  }

  @Test
  @Clause({"5.7.1", "6.5.3.1"})
  void attributesThatAreNamedAreShownOrTheEntityIsNotFound() {
    var id = created("'a':{'type':'Property','value':1},'b':{'type':'Property','value':2}");

    get(entity(id))
        .with("attrs", "a,c")
        .expect(200)
        .is("{'id':'%s','type':'Thing','a':{'type':'Property','value':1}}", id);
    get(entity(id)).with("attrs", "c").refused(404, "ResourceNotFound");
  }

  @Test
  @Clause({"5.7.2", "6.4.3.2"})
  void attributesThatAreNamedSelectTheEntitiesThatHaveThem() {
    var type = newType();
    var id = newId();
    create(id, type, "'a':{'type':'Property','value':1},'b':{'type':'Property','value':2}");
    create(newId(), type, "'c':{'type':'Property','value':1}");

    get("/entities")
        .with("type", type)
        .with("attrs", "a,x")
        .expect(200)
        .is("[{'id':'%s','type':'%s','a':{'type':'Property','value':1}}]", id, type);
  }

  @Test
  @Clause("4.23")
  void entitiesAreOrderedByValues() {
    var type = newType();
    for (var value : List.of("3", "1", "'b'", "2.5", "'a'", "true"))
      create(newId(), type, "'v':{'type':'Property','value':%s}".formatted(value));
    create(newId(), type, "");

    var up =
        get("/entities")
            .with("type", type)
            .with("local", true)
            .with("orderBy", "v")
            .with("format", "simplified")
            .with("pick", "v")
            .expect(200);
    up.is("[{'v':1},{'v':2.5},{'v':3},{'v':'a'},{'v':'b'},{'v':true},{}]");
    var down =
        get("/entities")
            .with("type", type)
            .with("local", true)
            .with("orderBy", "v;desc")
            .with("format", "simplified")
            .with("pick", "v")
            .expect(200);
    assertThat(down.list().toString()).contains("v=3}, {v=2.5}, {v=1}");
  }

  @Test
  @Clause("4.23")
  void entitiesAreOrderedByDistance() {
    var type = newType();
    for (int i : new int[] {3, 1, 2})
      create(
          "urn:ngsi-ld:" + type + ":" + i,
          type,
          "'location':{'type':'GeoProperty','value':{'type':'Point','coordinates':[%d,40]}}"
              .formatted(i));

    assertThat(
            names(
                get("/entities")
                    .with("type", type)
                    .with("local", true)
                    .with("orderBy", "location;dist-asc")
                    .with("orderFrom", "[0,40]")
                    .expect(200)
                    .ids()
                    .subList(0, 1),
                "urn:ngsi-ld:" + type + ":"))
        .isEqualTo("1");
    assertThat(
            names(
                get("/entities")
                    .with("type", type)
                    .with("local", true)
                    .with("orderBy", "location;dist-desc")
                    .with("orderFrom", "[0,40]")
                    .expect(200)
                    .ids()
                    .subList(0, 1),
                "urn:ngsi-ld:" + type + ":"))
        .isEqualTo("3");
  }

  @Test
  @Clause({"4.23", "5.7.2"})
  void whatIsNoOrderIsRefused() {
    get("/entities").with("type", "Thing").with("orderBy", "v").refused(400, "BadRequestData");
    get("/entities")
        .with("type", "Thing")
        .with("local", true)
        .with("orderBy", "location;dist-asc")
        .refused(400, "BadRequestData");
    get("/entities")
        .with("type", "Thing")
        .with("local", true)
        .with("orderBy", "v;up")
        .refused(400, "BadRequestData");
    get("/entities")
        .with("type", "Thing")
        .with("local", true)
        .with("orderBy", "v")
        .with("collation", "no collation!")
        .refused(400, "BadRequestData");
    get("/entities")
        .with("type", "Thing")
        .with("local", true)
        .with("orderBy", "location;dist-asc")
        .with("orderFrom", "[0")
        .refused(400, "BadRequestData");
  }
}
