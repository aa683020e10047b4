package plaza.ngsild.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import plaza.graph.Value;

class QueryRoutesTest {
  private final Broker broker = new Broker();

  @BeforeEach
  void fill() {
    var stations = new ArrayList<String>();
    for (int i = 0; i < 10; i++)
      stations.add(
          """
          {"id": "urn:ngsi-ld:Station:%d", "type": "%s", "scope": "/Taipei/%s",
           "bikes": {"type": "Property", "value": %d, "observedAt": "2026-06-0%dT12:00:00Z",
             "source": {"type": "Relationship", "object": "urn:ngsi-ld:Sensor:%d"}},
           "name": {"type": "Property", "value": "Station %d"},
           "address": {"type": "Property", "value": {"city": "Taipei", "zip": {"code": %d}}},
           "says": {"type": "LanguageProperty", "languageMap": {"en": "yes %d", "fr": "oui"}},
           "tags": {"type": "Property", "value": ["a", "b%d"]},
           "open": {"type": "Property", "value": %s},
           "kind": {"type": "VocabProperty", "vocab": "Dock"},
           "location": {"type": "GeoProperty",
             "value": {"type": "Point", "coordinates": [121.5%d, 25.0]}}}
          """
              .formatted(
                  i,
                  i < 8 ? "Station" : "Depot",
                  i < 5 ? "Daan" : "Xinyi",
                  i,
                  Math.max(1, i),
                  i,
                  i,
                  100 + i,
                  i,
                  i,
                  i % 2 == 0,
                  i));
    assertThat(
            broker.post("/entityOperations/create", "[" + String.join(",", stations) + "]").items())
        .hasSize(10);
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '~',
      textBlock =
          """
          type=Station                                        § 8
          type=Station,Depot                                  § 10
          type=Station|Depot                                  § 10
          type=(Station;Depot)                                § 0
          type=*                                              § 10
          type=Station&id=urn:ngsi-ld:Station:1,urn:ngsi-ld:Station:2 § 2
          type=Station&idPattern=Station:[12]$                § 2
          q=bikes>5                                           § 4
          q=bikes>=5;bikes<7                                  § 2
          q=bikes==1..3                                       § 3
          q=bikes!=1..3                                       § 7
          q=bikes==1,3,5                                      § 3
          q=bikes<2|bikes>7                                   § 4
          q=(bikes<2|bikes>7);open==true                      § 2
          q=name=="Station 3"                                 § 1
          q=name!="Station 3"                                 § 9
          q=name~="Station [1-3]"                             § 3
          q=name!~="Station [1-3]"                            § 7
          q=bikes~="1"                                        § 0
          q=nothing                                           § 0
          q=bikes                                             § 10
          q=bikes.observedAt>2026-06-05T12:00:00Z             § 4
          q=bikes.source=="urn:ngsi-ld:Sensor:4"              § 1
          q=bikes.source==urn:ngsi-ld:Sensor:4                § 1
          q=bikes.source>"urn:a"                              § 0
          q=address[city]=="Taipei"                           § 10
          q=address[zip.code]==103                            § 1
          q=address[zip.nothing]==103                         § 0
          q=says[en]=="yes 4"                                 § 1
          q=says[*]=="oui"                                    § 10
          q=says[de]=="ja"                                    § 0
          q=tags=="b4"                                        § 1
          q=tags=="a","b4"                                    § 10
          q=kind==Dock                                        § 10
          q=kind=="Dock"&expandValues=kind                    § 10
          q=open==false                                       § 5
          q=bikes=="5"                                        § 0
          georel=near;maxDistance==100&geometry=Point&coordinates=[121.53,25.0] § 1
          georel=near;minDistance==100&geometry=Point&coordinates=[121.53,25.0] § 9
          georel=within&geometry=Polygon&coordinates=[[[121.515,24.9],[121.545,24.9],[121.545,25.1],[121.515,25.1],[121.515,24.9]]] § 3
          georel=disjoint&geometry=Polygon&coordinates=[[[121.515,24.9],[121.545,24.9],[121.545,25.1],[121.515,25.1],[121.515,24.9]]] § 7
          georel=equals&geometry=Point&coordinates=[121.53,25.0] § 1
          type=Station&scopeQ=/Taipei/Daan                    § 5
          type=Station&scopeQ=/Taipei/%2B                     § 8
          type=Station&scopeQ=/Taipei/%23                     § 8
          type=Station&scopeQ=/Tainan/%23                     § 0
          type=Station&scopeQ=(/Taipei/Daan;/Taipei/Xinyi)    § 0
          attrs=kind                                          § 10
          attrs=nothing                                       § 0
          """)
  void clauses49To419SelectWhatTheySay(String query, int found) {
    assertThat(broker.get("/entities?limit=100&" + query).items()).hasSize(found);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?id=urn:ngsi-ld:Station:1",
        "?q=id==urn:a:1",
        "?q=",
        "?q=bikes==",
        "?q=bikes>>5",
        "?q=(bikes>5",
        "?q=bikes>5)",
        "?q=bikes>true",
        "?q=bikes=5",
        "?q=name~=\"(\"",
        "?q=name==\"x",
        "?q=address[city==5",
        "?q=sensor{humidity}==40",
        "?q=bikes==2026-13-01T00:00:00Z",
        "?type=A B",
        "?type=(A;B",
        "?type=A&id=nonsense",
        "?type=A&idPattern=(",
        "?type=A&georel=near&geometry=Point&coordinates=[1,2]",
        "?type=A&georel=near;maxDistance==0&geometry=Point&coordinates=[1,2]",
        "?type=A&georel=within&geometry=Blob&coordinates=[1,2]",
        "?type=A&georel=within&geometry=Point&coordinates=[200,2]",
        "?type=A&georel=within&geometry=Point&coordinates=here",
        "?type=A&georel=within&geometry=Point",
        "?type=A&geometry=Point&coordinates=[1,2]",
        "?type=A&scopeQ=/9bad",
        "?type=A&limit=0",
        "?type=A&limit=-1",
        "?type=A&limit=x",
        "?type=A&offset=-1",
        "?type=A&count=maybe",
        "?type=A&orderBy=bikes",
        "?type=A&lang=!!",
        "?type=A&geometryProperty=location",
        "?type=A&at=yesterday"
      })
  void clause5724WhatIsNoQueryIsRefused(String query) {
    var answer = broker.get("/entities" + query);

    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.error()).isEqualTo("BadRequestData");
    assertThat(answer.member("detail")).isNotEqualTo(Value.Null.VALUE);
  }

  @Test
  void clause6310PagesLinkToTheirNeighbours() {
    var first = broker.get("/entities?type=Station&limit=3&count=true");

    assertThat(first.items()).hasSize(3);
    assertThat(first.header("NGSILD-Results-Count")).isEqualTo("8");
    assertThat(first.headers("Link"))
        .contains("</ngsi-ld/v1/entities?type=Station&count=true&limit=3&offset=3>; rel=\"next\"")
        .doesNotContain("prev");
    var last = broker.get("/entities?type=Station&limit=3&offset=6");
    assertThat(last.items()).hasSize(2);
    assertThat(last.headers("Link")).contains("rel=\"prev\"").doesNotContain("rel=\"next\"");
    var none = broker.get("/entities?type=Station&limit=0&count=true");
    assertThat(none.items()).isEmpty();
    assertThat(none.header("NGSILD-Results-Count")).isEqualTo("8");
    assertThat(broker.get("/entities?type=Station&limit=100000").error())
        .isEqualTo("TooManyResults");
  }

  @Test
  void clause4516ManyEntitiesAreAFeatureCollection() {
    var answer = broker.get("/entities?type=Depot", "Accept", "application/geo+json");

    assertThat(answer.member("type")).isEqualTo(Value.of("FeatureCollection"));
    assertThat(((Value.Items) answer.member("features")).items()).hasSize(2);
    assertThat(answer.member("@context")).isNotEqualTo(Value.Null.VALUE);
    var plain =
        broker.get("/entities?type=Depot", "Accept", "application/geo+json", "Prefer", "body=json");
    assertThat(plain.member("@context")).isEqualTo(Value.Null.VALUE);
    assertThat(plain.header("Link")).contains("json-ld#context");
  }

  @Test
  void clause623AQueryMayComeAsADocument() {
    var answer =
        broker.post(
            "/entityOperations/query?limit=2&count=true&options=keyValues",
            """
            {"type": "Query", "entities": [{"type": "Station", "idPattern": ".*"}],
             "q": "bikes>1", "attrs": ["bikes"],
             "geoQ": {"georel": "near;maxDistance==100000", "geometry": "Point",
                      "coordinates": [121.5, 25.0]}}
            """);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.items()).hasSize(2);
    assertThat(answer.header("NGSILD-Results-Count")).isEqualTo("6");
    assertThat(((Value.Struct) answer.items().getFirst()).members())
        .containsOnlyKeys("id", "type", "bikes");
    assertThat(broker.send("POST", "/entityOperations/query", "{\"type\": \"Query\"}").status())
        .isEqualTo(400);
  }

  @Test
  void clause423ResultsAreOrderedByValueAndDistance() {
    var byBikes =
        broker.get(
            "/entities?type=Station&local=true&options=keyValues&limit=1&orderBy=bikes;desc");
    assertThat(((Value.Struct) byBikes.items().getFirst()).members().get("bikes"))
        .isEqualTo(Value.of(7));
    var nearest =
        broker.get(
            "/entities?type=Station&local=true&options=keyValues&limit=1&orderBy=location;dist-asc&orderFrom=[121.53,25.0]");
    assertThat(((Value.Struct) nearest.items().getFirst()).members().get("bikes"))
        .isEqualTo(Value.of(3));
  }

  @Test
  void clause5621APurgeDeletesWhatMatches() {
    assertThat(broker.delete("/entities?type=Depot").status()).isEqualTo(204);
    assertThat(broker.get("/entities?type=Depot").items()).isEmpty();
    assertThat(broker.get("/entities?type=Station").items()).hasSize(8);
    assertThat(broker.delete("/entities").status()).isEqualTo(400);
  }

  @Test
  void clause5621APurgeTakesTheAttributesItIsToDropOrAllButThoseToKeep() {
    assertThat(broker.delete("/entities?type=Station&drop=bikes").status()).isEqualTo(204);
    assertThat(broker.get("/entities?type=Station&attrs=bikes").items()).isEmpty();
    assertThat(broker.get("/entities?type=Station").items()).hasSize(8);
    assertThat(broker.delete("/entities?type=Station&keep=location").status()).isEqualTo(204);
    for (var station : broker.get("/entities?type=Station&options=keyValues").items())
      assertThat(((Value.Struct) station).members().keySet())
          .isSubsetOf("id", "type", "scope", "location");
    assertThat(broker.get("/entities?type=Depot&attrs=bikes").items()).isNotEmpty();
    assertThat(broker.delete("/entities?type=Station&keep=a&drop=b").status()).isEqualTo(400);
    assertThat(broker.delete("/entities?drop=a").status()).isEqualTo(400);
  }

  @Test
  void clauses575To5710TypesAndAttributesAreDiscovered() {
    assertThat(broker.get("/types").member("typeList"))
        .isEqualTo(Broker.json("[\"Depot\", \"Station\"]"));
    assertThat(broker.get("/types?details=true").items()).hasSize(2);
    var type = broker.get("/types/Station");
    assertThat(type.member("entityCount")).isEqualTo(Value.of(8));
    assertThat(type.member("typeName")).isEqualTo(Value.of("Station"));
    assertThat(broker.get("/types/Nothing").status()).isEqualTo(404);
    assertThat(((Value.Items) broker.get("/attributes").member("attributeList")).items())
        .hasSize(8);
    assertThat(broker.get("/attributes/bikes").member("attributeCount")).isEqualTo(Value.of(10));
    assertThat(broker.get("/attributes/nothing").status()).isEqualTo(404);
  }

  @Test
  void clauses567To5610BatchesTellWhatFailed() {
    var batch =
        "[{\"id\": \"urn:a:1\", \"type\": \"A\", \"x\": 1}, {\"id\": \"urn:a:2\"}, {\"id\": \"urn:ngsi-ld:Station:1\", \"type\": \"A\"}]";

    var created = broker.send("POST", "/entityOperations/create", batch);
    assertThat(created.status()).isEqualTo(207);
    assertThat(created.member("success")).isEqualTo(Broker.json("[\"urn:a:1\"]"));
    assertThat(((Value.Items) created.member("errors")).items()).hasSize(2);

    var upserted =
        broker.post(
            "/entityOperations/upsert",
            "[{\"id\": \"urn:a:1\", \"type\": \"A\", \"y\": 2}, {\"id\": \"urn:a:3\", \"type\": \"A\"}]");
    assertThat(upserted.status()).isEqualTo(201);
    assertThat(upserted.json()).isEqualTo(Broker.json("[\"urn:a:3\"]"));
    assertThat(broker.get("/entities/urn:a:1?options=keyValues").json())
        .isEqualTo(Broker.json("{\"id\": \"urn:a:1\", \"type\": \"A\", \"y\": 2}"));
    assertThat(
            broker
                .post(
                    "/entityOperations/upsert?options=update",
                    "[{\"id\": \"urn:a:1\", \"type\": \"A\", \"z\": 3}]")
                .status())
        .isEqualTo(204);
    assertThat(
            broker
                .send("POST", "/entityOperations/update", "[{\"id\": \"urn:a:1\", \"y\": 5}]")
                .status())
        .isEqualTo(204);
    assertThat(
            broker
                .send(
                    "POST",
                    "/entityOperations/merge",
                    "[{\"id\": \"urn:a:1\", \"z\": \"urn:ngsi-ld:null\"}]")
                .status())
        .isEqualTo(204);
    assertThat(broker.get("/entities/urn:a:1?options=keyValues").json())
        .isEqualTo(Broker.json("{\"id\": \"urn:a:1\", \"type\": \"A\", \"y\": 5}"));
    var deleted = broker.send("POST", "/entityOperations/delete", "[\"urn:a:1\", \"urn:a:9\"]");
    assertThat(deleted.status()).isEqualTo(207);
    assertThat(deleted.member("success")).isEqualTo(Broker.json("[\"urn:a:1\"]"));
    assertThat(broker.send("POST", "/entityOperations/create", "[]").status()).isEqualTo(400);
    assertThat(broker.send("POST", "/entityOperations/create", "{}").status()).isEqualTo(400);
  }
}
