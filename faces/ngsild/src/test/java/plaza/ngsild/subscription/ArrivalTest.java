package plaza.ngsild.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Names;
import plaza.graph.Value;
import plaza.ngsild.context.Contexts;
import plaza.testkit.TestCity;

/// Entities as notifications of other brokers tell of them (clause 5.8.6).
class ArrivalTest {
  private static Telling arrival(String document) {
    return Arrival.of(
        SubscribedCity.struct(document).members(), Contexts.builtIn().core(), TestCity.NOON);
  }

  @Test
  void aDeletedEntityTellsWhatWent() {
    var told =
        arrival(
            """
            {"id": "urn:a:1", "type": "Bus", "createdAt": "2026-01-01T00:00:00Z",
             "deletedAt": "2026-01-02T00:00:00Z",
             "speed": {"type": "Property", "value": "urn:ngsi-ld:null", "previousValue": 5,
                       "createdAt": "2026-01-01T00:00:00Z", "deletedAt": "2026-01-02T00:00:00Z"}}
            """);
    assertThat(told.isDeleted()).isTrue();
    assertThat(told.entity().attributes()).isEmpty();
    assertThat(names(told.deleted())).containsExactly("speed");
    assertThat(told.previous().getFirst().content()).isEqualTo(new Content.Property(Value.of(5)));
  }

  @Test
  void whatWentAndWhatStayedAreToldApartByInstance() {
    var told =
        arrival(
            """
            {"id": "urn:a:1", "type": "Bus",
             "gone": "urn:ngsi-ld:null",
             "link": {"type": "Relationship", "object": "urn:ngsi-ld:null",
                      "previousObject": ["urn:b:1", "urn:b:2"]},
             "name": {"type": "LanguageProperty", "languageMap": {"@none": "urn:ngsi-ld:null"},
                      "previousLanguageMap": {"en": "x"}},
             "list": {"type": "ListProperty", "valueList": ["urn:ngsi-ld:null"]},
             "speed": [{"type": "Property", "value": 7, "previousValue": 6},
                       {"type": "Property", "datasetId": "urn:d:1", "value": "urn:ngsi-ld:null"}],
             "tags": {"type": "Property", "value": ["a", "b"]}}
            """);
    assertThat(names(told.deleted())).containsExactly("gone", "link", "name", "list", "speed");
    assertThat(told.deleted().getLast().datasetId()).isEqualTo("urn:d:1");
    assertThat(names(told.entity().attributes())).containsExactly("speed", "tags");
    assertThat(
            Objects.requireNonNull(Happening.find(told.deleted().get(1), told.previous()))
                .content())
        .isEqualTo(new Content.Relationship(List.of("urn:b:1", "urn:b:2"), List.of(), true));
  }

  private static List<String> names(List<Attribute> attributes) {
    return attributes.stream()
        .map(one -> one.name().replace(Names.NGSI_LD + "default-context/", ""))
        .toList();
  }
}
