package plaza.ngsild.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Clauses 4.3.6.8, 6.3.6: answers for those who know an older version of the standard.
class PreferencesTest {
  private final Broker broker = new Broker();

  @BeforeEach
  void fill() {
    broker.post(
        "/entities",
        """
        {"id": "urn:x:1", "type": ["A", "B"], "scope": "/Taipei",
         "n": {"type": "Property", "value": 1, "unitCode": "CEL"},
         "says": {"type": "LanguageProperty", "languageMap": {"en": "yes"}},
         "kind": {"type": "VocabProperty", "vocab": "Dock"},
         "route": {"type": "ListRelationship", "objectList": [{"object": "urn:x:2"}]}}
        """);
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @Test
  void anOlderVersionIsSpokenAndNamed() {
    var answer = broker.get("/entities/urn:x:1", "Prefer", "ngsi-ld=1.3");

    assertThat(answer.status()).isEqualTo(203);
    assertThat(answer.header("Preference-Applied")).isEqualTo("ngsi-ld=1.3");
    assertThat(answer.json())
        .isEqualTo(
            Broker.json(
                """
                {"id": "urn:x:1", "type": ["A", "B"],
                 "n": {"type": "Property", "value": 1, "unitCode": "CEL"},
                 "says": {"type": "Property", "value": {"en": "yes"}},
                 "kind": {"type": "Property", "value": "Dock"},
                 "route": {"type": "Relationship", "object": ["urn:x:2"]}}
                """));
    var list = broker.get("/entities?type=A", "Prefer", "body=json, ngsi-ld=\"1.5\"");
    assertThat(list.status()).isEqualTo(203);
    assertThat(list.header("Preference-Applied")).isEqualTo("ngsi-ld=1.5");
    assertThat(list.text()).contains("LanguageProperty").doesNotContain("VocabProperty");
  }

  @Test
  void theNewestVersionIsWhatIsSpokenAnyway() {
    for (var version : new String[] {"1.9", "1.12", "2.0"}) {
      var answer = broker.get("/entities/urn:x:1", "Prefer", "ngsi-ld=" + version);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("Preference-Applied")).isEqualTo("ngsi-ld=1.9");
      assertThat(answer.text()).contains("VocabProperty");
    }
  }

  @Test
  void aPreferenceThatIsNoneIsPassedOver() {
    var answer = broker.get("/entities/urn:x:1", "Prefer", "ngsi-ld=new, respond-async");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Preference-Applied")).isEmpty();
  }
}
