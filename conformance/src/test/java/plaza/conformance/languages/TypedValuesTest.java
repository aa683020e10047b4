package plaza.conformance.languages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import plaza.conformance.Checks;
import plaza.conformance.Clause;

/// JSON-LD typed values, `{"@type": …, "@value": …}`, are queried and ordered by what they hold.
@Clause({"4.6.3", "4.9", "4.23.2"})
class TypedValuesTest extends Checks {
  private static final String TYPE = newType();
  private static final String ID = "urn:ngsi-ld:" + TYPE + ":";

  @BeforeAll
  static void tested() {
    create(ID + "a", TYPE, value("{'@type':'DateTime','@value':'2018-12-04T12:00:00Z'}"));
    create(ID + "b", TYPE, value("{'type':'DateTime','@value':'2019-12-04T12:00:00.5Z'}"));
    create(ID + "c", TYPE, value("{'@type':'Date','@value':'2020-01-01'}"));
    create(ID + "d", TYPE, value("{'@type':'Time','@value':'10:30:00Z'}"));
    create(ID + "e", TYPE, value("{'@type':'xsd:integer','@value':7}"));
    create(ID + "f", TYPE, value("[{'@type':'Date','@value':'2021-01-01'},'red']"));
    create(ID + "g", TYPE, value("{'paid':{'@type':'xsd:decimal','@value':2.5}}"));
    create(ID + "h", TYPE, value("'plain'"));
    create(ID + "i", TYPE, value("'09:00:00Z','valueType':'Time'"));
    create(ID + "j", TYPE, value("'2018-01-01T00:00:00Z','valueType':'DateTime'"));
  }

  private static String value(String json) {
    return "'v':{'type':'Property','value':" + json + "}";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "v==2018-12-04T12:00:00Z | a",
        "v==\"2018-12-04T12:00:00Z\" | a",
        "v>2018-12-04T12:00:00Z;v<2022-01-01T00:00:00Z | bc",
        "v==2018-01-01T00:00:00Z..2019-12-31T00:00:00Z | abj",
        "v==2020-01-01 | c",
        "v==10:30:00Z | d",
        "v==2021-01-01,2020-01-01 | cf",
        "v==7 | e",
        "v>6 | e",
        "v~=2018-12 | a",
        "v==red | f",
        "v[paid]>2 | g",
        "v | abcdefghij",
      })
  void aConditionSeesWhatATypedValueHolds(String q, String found) {
    assertThat(get("/entities").with("type", TYPE).with("q", q).expect(200).ids())
        .containsExactlyInAnyOrderElementsOf(
            found.chars().mapToObj(letter -> ID + (char) letter).toList());
  }

  @Test
  void anOrderPutsTimesDatesAndDateTimesInTheirPlaces() {
    assertThat(
            get("/entities")
                .with("type", TYPE)
                .with("local", true)
                .with("orderBy", "v")
                .expect(200)
                .ids())
        .extracting(id -> id.substring(ID.length()))
        .containsExactly("e", "h", "g", "f", "i", "d", "c", "j", "a", "b");
  }

  @Test
  @Clause("C.6")
  void itIsShownAsItWasWritten() {
    get(entity(ID + "a"))
        .expect(200)
        .has("v/value", "{'@type':'DateTime','@value':'2018-12-04T12:00:00Z'}");
  }
}
