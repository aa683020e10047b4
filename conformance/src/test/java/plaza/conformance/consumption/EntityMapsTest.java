package plaza.conformance.consumption;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import plaza.conformance.Checks;
import plaza.conformance.Clause;
import plaza.conformance.Request;

@Clause({"5.14.4", "5.5.14", "6.34.3.1"})
class EntityMapsTest extends Checks {
  private static final String BEFORE = "2020-01-01T00:00:00Z";

  private final String type = newType();
  private final List<String> ids = new ArrayList<>();

  EntityMapsTest() {
    for (int i = 0; i < 4; i++) {
      var id = "urn:ngsi-ld:" + type + ":" + i;
      create(id, type, "'n':{'type':'Property','value':%d}".formatted(i));
      ids.add(id);
    }
  }

  private static String id(String map) {
    return map.substring(map.lastIndexOf('/') + 1);
  }

  @Test
  @Clause({"5.7.2", "5.5.9.3", "5.5.14", "6.4.3.2"})
  void laterPagesHoldToTheEntitiesOfTheFirst() {
    var first =
        get("/entities").with("type", type).with("limit", 2).with("entityMap", true).expect(201);
    var map = first.header("NGSILD-EntityMap");
    create(newId(), type, "'n':{'type':'Property','value':9}");

    var second =
        get("/entities")
            .with("type", type)
            .with("limit", 2)
            .with("offset", 2)
            .header("NGSILD-EntityMap", map)
            .expect(200);
    second.hasHeader("NGSILD-EntityMap", map);
    var seen = new ArrayList<>(first.ids());
    seen.addAll(second.ids());
    assertThat(seen).containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  @Clause({"5.14.4", "6.34.3.1", "6.34.3.2", "5.2.39", "4.5.25"})
  void aMapIsMadeByUrlOrDocument() {
    for (var request :
        List.of(
            get("/entityMaps").with("type", type).with("q", "n<2"),
            post("/entityMaps")
                .json("{'type':'Query','entities':[{'type':'%s'}],'q':'n<2'}", type))) {
      var answer = request.expect(201).has("type", "'EntityMap'");
      answer
          .has("entityMap/" + ids.get(0), "['@none']")
          .has("entityMap/" + ids.get(1), "['@none']")
          .hasNo("entityMap/" + ids.get(2));
      Instant.parse(answer.text("expiresAt"));
      assertThat(answer.header("NGSILD-EntityMap")).contains(answer.text("id"));
    }
    get("/entityMaps").refused(400, "BadRequestData");
  }

  /// All that was ever recorded.
  private Request recorded(String path) {
    return get(path)
        .with("type", type)
        .with("timerel", "after")
        .with("timeAt", BEFORE)
        .with("timeproperty", "modifiedAt");
  }

  @Test
  @Clause({"5.14.5", "6.35.3.1", "6.35.3.2", "6.18.3.2", "5.7.4", "5.7.3"})
  void temporalQueriesHaveMapsToo() {
    var byUrl = recorded("/temporal/entityMaps").expect(201);
    var byDocument =
        post("/temporal/entityMaps")
            .json(
                "{'type':'Query','entities':[{'type':'%s'}],'temporalQ':{'timerel':'after','timeAt':'%s','timeproperty':'modifiedAt'}}",
                type, BEFORE)
            .expect(201);
    for (var answer : List.of(byUrl, byDocument)) {
      for (var one : ids) answer.has("entityMap/" + one, "['@none']");
      assertThat(answer.header("NGSILD-EntityMap")).contains(answer.text("id"));
    }
    var first = recorded("/temporal/entities").with("limit", 3).with("entityMap", true).expect(201);
    var second =
        recorded("/temporal/entities")
            .with("limit", 3)
            .with("offset", 3)
            .header("NGSILD-EntityMap", first.header("NGSILD-EntityMap"))
            .expect(200);
    var seen = new ArrayList<>(first.ids());
    seen.addAll(second.ids());
    assertThat(seen).containsExactlyInAnyOrderElementsOf(ids);
    get("/temporal/entityMaps").with("type", type).refused(400, "BadRequestData");
    assertThat(
            get("/temporal/entities/" + ids.getFirst())
                .with("entityMap", true)
                .expect(200)
                .header("NGSILD-EntityMap"))
        .isNotEmpty();
  }

  @Test
  @Clause({"5.6.21", "6.4.3.3"})
  void aPurgeTakesNoMoreThanItsMap() {
    var map = get("/entityMaps").with("type", type).with("q", "n<2").expect(201);
    var later = newId();
    create(later, type, "'n':{'type':'Property','value':0}");
    delete("/entities")
        .with("type", type)
        .header("NGSILD-EntityMap", map.header("NGSILD-EntityMap"))
        .expect(204)
        .hasHeader("NGSILD-EntityMap", map.header("NGSILD-EntityMap"));

    assertThat(get("/entities").with("type", type).expect(200).ids())
        .containsExactlyInAnyOrder(ids.get(2), ids.get(3), later);
    delete("/entities")
        .with("type", type)
        .header("NGSILD-EntityMap", "urn:ngsi-ld:EntityMap:none")
        .refused(404, "ResourceNotFound");
    get(entity(later)).expect(200);
  }

  @Test
  @Clause({"5.14.1", "5.14.2", "5.14.3", "6.32.3.1", "6.32.3.2", "6.32.3.3"})
  void aMapIsShownProlongedAndForgotten() {
    var path =
        "/entityMaps/"
            + id(get("/entityMaps").with("type", type).expect(201).header("NGSILD-EntityMap"));

    get(path).expect(200).has("type", "'EntityMap'");
    patch(path).json("{'expiresAt':'%s'}", Instant.now().plusSeconds(120)).expect(204);
    delete(path).expect(204).hasNoBody();
    get(path).refused(404, "ResourceNotFound");
    patch(path)
        .json("{'expiresAt':'%s'}", Instant.now().plusSeconds(120))
        .refused(404, "ResourceNotFound");
    delete(path).refused(404, "ResourceNotFound");
    get("/entityMaps/nouri").refused(400, "BadRequestData");
  }
}
