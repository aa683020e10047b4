package plaza.ngsild.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import plaza.graph.Value;
import plaza.ledger.Policy;
import plaza.testkit.MemoryStore;

/// Clause 4.23: entities come in the order somebody wants.
class OrderingTest {
  private final Broker broker = new Broker();

  @BeforeEach
  void fill() {
    fill(broker);
  }

  private static void fill(Broker broker) {
    var values =
        List.of(
            "\"b\"",
            "\"B\"",
            "\"a 10\"",
            "\"a 9\"",
            "\"ä\"",
            "7",
            "-1.5",
            "true",
            "[1]",
            "{\"city\": \"Taipei\"}",
            "{\"@type\": \"DateTime\", \"@value\": \"2026-01-01T00:00:00Z\"}",
            "{\"@type\": \"Date\", \"@value\": \"2026-01-01\"}",
            "{\"@type\": \"Time\", \"@value\": \"10:00:00Z\"}");
    var entities = new ArrayList<String>();
    for (int i = 0; i < values.size(); i++)
      entities.add(
          """
          {"id": "urn:ngsi-ld:T:%02d", "type": "T", "v": {"value": %s},
           "group": {"value": %d, "observedAt": "2026-01-01T00:00:%02d%sZ"},
           "location": {"type": "Point", "coordinates": [%d, 0]}}
          """
              .formatted(i, values.get(i), i % 3, i / 2, i % 2 == 0 ? "" : ".5", i));
    entities.add("{\"id\": \"urn:ngsi-ld:T:none\", \"type\": \"T\", \"scope\": \"/A\"}");
    broker.post("/entityOperations/create", "[" + String.join(",", entities) + "]");
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      textBlock =
          """
          orderBy=v                                  § 06 05 04 02 03 00 01 09 08 07 12 11 10 none
          orderBy=v;desc                             § 10 11 12 07 08 09 01 00 03 02 04 05 06 none
          orderBy=v&collation=und-u-kn               § 06 05 04 03 02 00 01 09 08 07 12 11 10 none
          orderBy=v&collation=sv                     § 06 05 02 03 00 01 04 09 08 07 12 11 10 none
          orderBy=v&collation=und-u-ks-level1        § 06 05 04 02 03 00 01 09 08 07 12 11 10 none
          orderBy=v&collation=de-u-co-phonebk        § 06 05 02 03 04 00 01 09 08 07 12 11 10 none
          orderBy=id;desc&limit=2                    § none 12
          orderBy=scope&limit=2                      § none 00
          orderBy=group,id;desc&limit=4              § 12 09 06 03
          orderBy=group;desc,id&limit=4              § 02 05 08 11
          orderBy=group.observedAt;desc&limit=3      § 12 11 10
          orderBy=v[city]&limit=1                    § 09
          orderBy=location;dist-asc&orderFrom=[5.2,0]&limit=4   § 05 06 04 07
          orderBy=location;dist-desc&orderFrom=[5.2,0]          § 12 11 00 10 01 09 02 08 03 07 04 06 05 none
          orderBy=location;dist-asc&orderFrom=[[3,1],[3,-1]]&orderGeometry=LineString&limit=3 § 03 02 04
          orderBy=v&offset=2&limit=3                 § 04 02 03
          """)
  void entitiesComeInOrder(String query, String order) {
    var found = broker.get("/entities?type=T&local=true&" + query);

    assertThat(ids(found)).isEqualTo(order);
  }

  @Test
  void aQueryDocumentMayOrderAndPagesTogetherAreTheWhole() {
    var body =
        """
        {"type": "Query", "entities": [{"type": "T"}],
         "ordering": {"orderBy": ["group;desc", "location;dist-asc"], "coordinates": [4.4, 0]}}
        """;
    var whole = ids(broker.post("/entityOperations/query?local=true&count=true", body));
    var pages = new ArrayList<String>();
    for (int offset = 0; offset < 14; offset += 5) {
      var page =
          broker.post(
              "/entityOperations/query?local=true&count=true&limit=5&offset=" + offset, body);
      assertThat(page.header("NGSILD-Results-Count")).isEqualTo("14");
      pages.add(ids(page));
    }

    assertThat(String.join(" ", pages)).isEqualTo(whole).startsWith("05 02 08 11 04");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "orderBy=v",
        "local=true&orderBy=v;up",
        "local=true&orderBy=",
        "local=true&orderBy=v[",
        "local=true&orderBy=v&collation=!!",
        "local=true&orderBy=v&collation=und-u-kf-upper",
        "local=true&orderBy=v&collation=fr-u-co-phonebk",
        "local=true&orderBy=location;dist-asc",
        "local=true&orderBy=location;dist-asc&orderFrom=here",
        "local=true&orderBy=location;dist-asc&orderFrom=[1,2]&orderGeometry=LineString",
      })
  void clause5724RefusesAnOrderThatIsNone(String query) {
    var answer = broker.get("/entities?type=T&" + query);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error()).isEqualTo("BadRequestData");
  }

  @Test
  void anOrderTooFarDownIsRefused() {
    try (var small = new Broker(new MemoryStore(), Policy.OPEN, new ConsumptionLimits(10, 6))) {
      fill(small);
      var path = "/entities?type=T&local=true&orderBy=v&limit=3&offset=";

      assertThat(ids(small.get(path + 3))).isEqualTo("02 03 00");
      assertThat(small.get(path + 4).error()).isEqualTo("TooManyResults");
    }
  }

  private static String ids(Broker.Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return String.join(
        " ",
        answer.items().stream()
            .map(item -> ((Value.Text) ((Value.Struct) item).members().get("id")).text())
            .map(id -> id.substring(id.lastIndexOf(':') + 1))
            .toList());
  }
}
