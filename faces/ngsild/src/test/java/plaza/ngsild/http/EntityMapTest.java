package plaza.ngsild.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import plaza.graph.Address;
import plaza.graph.Value;
import plaza.graph.query.Query;
import plaza.ledger.Actor;
import plaza.ledger.Policy;
import plaza.testkit.MemoryStore;

/// Clauses 4.5.25, 5.5.14, 5.14, 6.32, 6.34: pages that fit together.
class EntityMapTest {
  private final Broker broker = new Broker();

  @BeforeEach
  void fill() {
    var entities = new ArrayList<String>();
    for (int i = 0; i < 9; i++)
      entities.add(
          "{\"id\": \"urn:x:%d\", \"type\": \"T\", \"n\": {\"value\": %d}}".formatted(i, i));
    broker.post("/entityOperations/create", "[" + String.join(",", entities) + "]");
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @Test
  void laterPagesKnowTheEntitiesOfTheFirst() {
    var first = broker.get("/entities?type=T&q=n<7&limit=3&count=true&entityMap=true");
    var map = first.header("NGSILD-EntityMap");
    assertThat(first.status()).isEqualTo(201);
    assertThat(map).startsWith("/ngsi-ld/v1/entityMaps/urn:ngsi-ld:EntityMap:");
    assertThat(first.header("NGSILD-Results-Count")).isEqualTo("7");
    var firstIds = ids(first);

    // One page's entities go, one changes so that it does not match, one comes.
    broker.delete("/entities/" + firstIds.getFirst());
    broker.post("/entities", "{\"id\": \"urn:x:00\", \"type\": \"T\", \"n\": {\"value\": 1}}");
    var second = broker.get("/entities?type=T&q=n<7&limit=3&offset=3", "NGSILD-EntityMap", map);
    var changed = ids(second).getFirst();
    broker.send("PATCH", "/entities/" + changed + "/attrs/n", "{\"value\": 100}");
    var again = broker.get("/entities?type=T&q=n<7&limit=3&offset=3", "NGSILD-EntityMap", map);
    var third = broker.get("/entities?type=T&q=n<7&limit=3&offset=6", "NGSILD-EntityMap", map);

    assertThat(second.status()).isEqualTo(200);
    assertThat(second.header("NGSILD-EntityMap")).isEqualTo(map);
    assertThat(ids(second)).hasSize(3).doesNotContainAnyElementsOf(firstIds);
    assertThat(ids(again))
        .hasSize(3)
        .doesNotContain(changed)
        .containsAll(ids(second).subList(1, 3));
    assertThat(ids(third)).isEmpty();
    assertThat(List.of(ids(second), ids(again)).toString()).doesNotContain("urn:x:00");
    assertThat(broker.get("/entityMaps/" + id(map)).text()).doesNotContain(changed);
  }

  @Test
  void clause5144AMapIsMadeWithoutItsEntities() {
    var byUrl = broker.get("/entityMaps?type=T&q=n<2");
    var byDocument =
        broker.post(
            "/entityMaps",
            "{\"type\": \"Query\", \"entities\": [{\"type\": \"T\"}], \"q\": \"n<2\","
                + " \"entityMapLifetime\": \"PT1M\"}");

    for (var answer : List.of(byUrl, byDocument)) {
      assertThat(answer.status()).isEqualTo(201);
      assertThat(answer.member("type")).isEqualTo(Value.of("EntityMap"));
      assertThat(answer.member("entityMap"))
          .isEqualTo(Broker.json("{\"urn:x:0\": [\"@none\"], \"urn:x:1\": [\"@none\"]}"));
      assertThat(answer.header("NGSILD-EntityMap")).isNotEmpty();
      var shown = broker.get("/entityMaps/" + id(answer.header("NGSILD-EntityMap")));
      assertThat(shown.json()).isEqualTo(answer.json());
    }
  }

  @Test
  void clause5142And5143AMapIsEndedEarlierOrDeleted() {
    var id = id(broker.get("/entityMaps?type=T").header("NGSILD-EntityMap"));
    var path = "/entityMaps/" + id;

    assertThat(
            broker
                .send("PATCH", path, "{\"expiresAt\": \"2100-01-01T00:00:00Z\", \"entityMap\": {}}")
                .status())
        .isEqualTo(204);
    assertThat(((Value.Text) broker.get(path).member("expiresAt")).text()).doesNotStartWith("2100");
    assertThat(broker.send("PATCH", path, "{\"expiresAt\": 7}").status()).isEqualTo(400);
    assertThat(broker.delete(path).status()).isEqualTo(204);
    assertThat(broker.get(path).status()).isEqualTo(404);
    assertThat(broker.delete(path).status()).isEqualTo(404);
    assertThat(broker.send("PATCH", path, "{\"expiresAt\": \"2100-01-01T00:00:00Z\"}").status())
        .isEqualTo(404);
    // What is gone is made anew.
    var anew = broker.get("/entities?type=T", "NGSILD-EntityMap", id);
    assertThat(anew.status()).isEqualTo(201);
    assertThat(anew.header("NGSILD-EntityMap")).isNotEmpty().doesNotContain(id);
  }

  @Test
  void clause5714ARetrievedEntityHasAMapToo() {
    var answer = broker.get("/entities/urn:x:1?entityMap=true&entityMapLifetime=PT10M");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(
            broker.get("/entityMaps/" + id(answer.header("NGSILD-EntityMap"))).member("entityMap"))
        .isEqualTo(Broker.json("{\"urn:x:1\": [\"@none\"]}"));
    assertThat(broker.get("/entities?type=T&entityMap=maybe").status()).isEqualTo(400);
    assertThat(broker.get("/entities?type=T&entityMap=true&entityMapLifetime=long").status())
        .isEqualTo(400);
  }

  @Test
  void clause5145TemporalQueriesHaveMapsToo() {
    for (int i = 0; i < 5; i++)
      broker.post(
          "/entities",
          """
          {"id": "urn:y:%d", "type": "Y",
           "n": {"type": "Property", "value": %d, "observedAt": "2026-06-01T12:00:00Z"}}
          """
              .formatted(i, i));
    var path = "/temporal/entities?type=Y&q=n>0&timerel=after&timeAt=2026-01-01T00:00:00Z&limit=2";
    var first = broker.get(path + "&entityMap=true&count=true");
    var map = first.header("NGSILD-EntityMap");
    broker.post(
        "/entities",
        """
        {"id": "urn:y:00", "type": "Y",
         "n": {"type": "Property", "value": 7, "observedAt": "2026-06-01T12:00:00Z"}}
        """);
    var second = broker.get(path + "&offset=2", "NGSILD-EntityMap", map);
    var third = broker.get(path + "&offset=4", "NGSILD-EntityMap", map);

    assertThat(first.header("NGSILD-Results-Count")).isEqualTo("4");
    assertThat(second.header("NGSILD-EntityMap")).isEqualTo(map);
    var all = new ArrayList<>(ids(first));
    all.addAll(ids(second));
    assertThat(all).containsExactlyInAnyOrder("urn:y:1", "urn:y:2", "urn:y:3", "urn:y:4");
    assertThat(ids(third)).isEmpty();
    var alone =
        broker.get("/temporal/entityMaps?type=Y&q=n>5&timerel=after&timeAt=2026-01-01T00:00:00Z");
    assertThat(alone.status()).isEqualTo(201);
    assertThat(alone.member("entityMap")).isEqualTo(Broker.json("{\"urn:y:00\": [\"@none\"]}"));
    assertThat(broker.get("/temporal/entityMaps?type=Y").status()).isEqualTo(400);
  }

  @Test
  void anOrderStaysOverThePages() {
    var first = broker.get("/entities?type=T&local=true&orderBy=n;desc&limit=2&entityMap=true");
    broker.send("PATCH", "/entities/urn:x:6/attrs/n", "{\"value\": -5}");
    var second =
        broker.get(
            "/entities?type=T&local=true&orderBy=n;desc&limit=2&offset=2",
            "NGSILD-EntityMap",
            first.header("NGSILD-EntityMap"));

    assertThat(ids(first)).containsExactly("urn:x:8", "urn:x:7");
    assertThat(ids(second)).containsExactly("urn:x:6", "urn:x:5");
  }

  @Test
  void mapsEndAreBoundedAndAreTheirMakersOwn() {
    var now = new AtomicReference<>(Instant.parse("2026-06-01T12:00:00Z"));
    var limits = new ConsumptionLimits(10, 10, 2, 3, Duration.ofMinutes(5), Duration.ofMinutes(10));
    var maps = new EntityMaps(broker.city.reader, limits, now::get);
    var me = Actor.of("urn:x:me");
    var first = add(maps, me, 5);
    var second = add(maps, me, 10);
    var third = add(maps, me, 7);

    assertThat(maps.find(me, Address.DEFAULT, first.id())).as("the first to end").isEmpty();
    assertThat(maps.find(me, Address.DEFAULT, second.id())).isPresent();
    assertThat(maps.find(Actor.of("urn:x:other"), Address.DEFAULT, second.id())).isEmpty();
    assertThat(maps.find(me, Address.tenant("other"), second.id())).isEmpty();
    now.set(now.get().plus(Duration.ofMinutes(8)));
    assertThat(maps.find(me, Address.DEFAULT, second.id())).isPresent();
    assertThat(maps.find(me, Address.DEFAULT, third.id())).isEmpty();
    var small = new ConsumptionLimits(10, 10, 2, 3, Duration.ofMinutes(5), Duration.ofHours(1));
    try (var tight = new Broker(new MemoryStore(), Policy.OPEN, small)) {
      for (int i = 0; i < 4; i++)
        tight.post("/entities", "{\"id\": \"urn:x:%d\", \"type\": \"T\"}".formatted(i));
      assertThat(tight.get("/entityMaps?type=T").error()).isEqualTo("TooManyResults");
    }
  }

  private static EntityMap add(EntityMaps maps, Actor actor, int minutes) {
    return maps.add(
        actor,
        Address.DEFAULT,
        Query.type("urn:x:T"),
        java.util.Map.of("urn:x:1", List.of(EntityMap.HERE)),
        Duration.ofMinutes(minutes));
  }

  private static String id(String location) {
    return location.substring(location.lastIndexOf('/') + 1);
  }

  private static List<String> ids(Broker.Answer answer) {
    return answer.items().stream()
        .map(item -> ((Value.Text) ((Value.Struct) item).members().get("id")).text())
        .toList();
  }
}
