package plaza.conformance.consumption;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plaza.conformance.Answer;
import plaza.conformance.Broker;
import plaza.conformance.Checks;
import plaza.conformance.Clause;

@Clause({"5.7.2", "6.4.3.2"})
class QueryTest extends Checks {
  private static final String TYPE = newType();
  private static final List<String> IDS = new ArrayList<>();

  static {
    for (int i = 0; i < 5; i++) {
      var id = "urn:ngsi-ld:" + TYPE + ":" + i;
      create(id, TYPE, "'n':{'type':'Property','value':%d}".formatted(i));
      IDS.add(id);
    }
  }

  @Test
  void aTypeFindsItsEntities() {
    assertThat(get("/entities").with("type", TYPE).expect(200).ids())
        .containsExactlyInAnyOrderElementsOf(IDS);
  }

  @Test
  void nothingFoundIsAnEmptyList() {
    get("/entities").with("type", newType()).expect(200).is("[]");
  }

  @Test
  void aQueryWithoutATypeConditionOrPlaceIsTooWide() {
    get("/entities").refused(400, "BadRequestData");
    get("/entities").with("id", IDS.getFirst()).refused(400, "BadRequestData");
    get("/entities").with("idPattern", ".*").refused(400, "BadRequestData");
    get("/entities").with("scopeQ", "/a").refused(400, "BadRequestData");
    get("/entities").with("pick", "a").refused(400, "BadRequestData");
  }

  @Test
  @Clause({"5.7.2", "5.5.13", "6.3.18"})
  void withinTheLocalBrokerIdsAreEnough() {
    assertThat(
            get("/entities")
                .with("local", true)
                .with("id", String.join(",", IDS.subList(0, 2)))
                .expect(200)
                .ids())
        .containsExactlyInAnyOrderElementsOf(IDS.subList(0, 2));
    get("/entities").with("local", true).with("limit", 1).expect(200);
    get("/entities").with("local", "perhaps").expect(400);
  }

  @Test
  void aStarStandsForEveryTypeHere() {
    get("/entities").with("type", "*").with("limit", 1).expect(200);
    assertThat(get("/entities").with("type", "*").with("id", IDS.get(1)).expect(200).ids())
        .containsExactly(IDS.get(1));
    get("/entities").with("type", "*").with("local", false).expect(400);
  }

  @Test
  void idsNarrow() {
    assertThat(
            get("/entities")
                .with("type", TYPE)
                .with("id", IDS.get(0) + "," + IDS.get(3) + "," + newId())
                .expect(200)
                .ids())
        .containsExactlyInAnyOrder(IDS.get(0), IDS.get(3));
    get("/entities").with("type", TYPE).with("id", "no uri").refused(400, "BadRequestData");
  }

  @Test
  void aPatternNarrows() {
    assertThat(get("/entities").with("type", TYPE).with("idPattern", ".*:[12]$").expect(200).ids())
        .containsExactlyInAnyOrder(IDS.get(1), IDS.get(2));
    assertThat(
            get("/entities")
                .with("type", TYPE)
                .with("idPattern", "^urn:ngsi-ld:" + TYPE + ".*")
                .expect(200)
                .ids())
        .hasSize(5);
    get("/entities").with("type", TYPE).with("idPattern", "[").refused(400, "BadRequestData");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nothing", "timerel", "lastN", "Type"})
  @Clause("6.3.20")
  void parametersThatAreNoneAreRefused(String name) {
    get("/entities").with("type", TYPE).with(name, "1").refused(400, "InvalidRequest");
  }

  @Test
  @Clause({"6.3.10", "5.5.9"})
  void pagesLeadToEachOtherUntilAllHasBeenSeen() {
    var seen = new ArrayList<String>();
    var answer = get("/entities").with("type", TYPE).with("limit", 2).expect(200);
    assertThat(answer.linked("prev")).isEmpty();
    while (true) {
      assertThat(answer.ids()).hasSizeBetween(1, 2);
      seen.addAll(answer.ids());
      if (answer.linked("next").isEmpty()) break;
      answer = follow(answer, "next");
    }

    assertThat(seen).containsExactlyInAnyOrderElementsOf(IDS);
    assertThat(answer.linked("next")).isEmpty();
    assertThat(follow(answer, "prev").ids()).isEqualTo(seen.subList(2, 4));
  }

  private static Answer follow(Answer answer, String relation) {
    var target =
        java.net
            .URI
            .create(Broker.checked().url() + "/entities")
            .resolve(answer.linked(relation).orElseThrow());
    var path =
        target
            .toString()
            .substring(target.toString().indexOf("/ngsi-ld/v1") + "/ngsi-ld/v1".length());
    return get(path).accept(answer.mediaType()).expect(200);
  }

  @Test
  @Clause("6.3.10")
  void theLinkOfAPageSaysTheMediaType() {
    for (var type : new String[] {JSON, LD_JSON, GEO_JSON}) {
      var answer = get("/entities").with("type", TYPE).with("limit", 2).accept(type).expect(200);
      var link =
          answer.headers("Link").stream()
              .flatMap(header -> java.util.stream.Stream.of(header.split(",(?=\\s*<)", -1)))
              .filter(one -> one.contains("next"))
              .findFirst()
              .orElseThrow();
      assertThat(link).contains("type=\"" + type + "\"").contains("limit=2").contains("offset=2");
    }
  }

  @Test
  @Clause("6.3.10")
  void anOffsetSkips() {
    var all = get("/entities").with("type", TYPE).expect(200).ids();

    assertThat(
            get("/entities")
                .with("type", TYPE)
                .with("offset", 3)
                .with("limit", 10)
                .expect(200)
                .ids())
        .isEqualTo(all.subList(3, 5));
  }

  @Test
  @Clause({"6.3.10", "6.3.13"})
  void limitsThatAreNoneAreRefused() {
    get("/entities").with("type", TYPE).with("limit", 0).refused(400, "BadRequestData");
    get("/entities").with("type", TYPE).with("limit", -1).refused(400, "BadRequestData");
    get("/entities").with("type", TYPE).with("limit", "many").refused(400, "BadRequestData");
    get("/entities").with("type", TYPE).with("offset", -1).refused(400, "BadRequestData");
    get("/entities").with("type", TYPE).with("offset", "x").refused(400, "BadRequestData");
  }

  @Test
  @Clause({"6.3.10", "5.5.6"})
  void aLimitThatIsTooLargeIsTooManyResults() {
    get("/entities").with("type", TYPE).with("limit", 10_000_000).refused(403, "TooManyResults");
  }

  @Test
  @Clause("6.3.13")
  void theCountIsThatOfAll() {
    get("/entities")
        .with("type", TYPE)
        .with("count", true)
        .with("limit", 2)
        .expect(200)
        .hasHeader("NGSILD-Results-Count", "5");
    get("/entities")
        .with("type", TYPE)
        .with("count", true)
        .with("limit", 0)
        .expect(200)
        .is("[]")
        .hasHeader("NGSILD-Results-Count", "5");
    get("/entities")
        .with("type", newType())
        .with("count", true)
        .expect(200)
        .hasHeader("NGSILD-Results-Count", "0");
    get("/entities").with("type", TYPE).expect(200).hasHeader("NGSILD-Results-Count", "");
    get("/entities")
        .with("type", TYPE)
        .with("count", false)
        .expect(200)
        .hasHeader("NGSILD-Results-Count", "");
    get("/entities").with("type", TYPE).with("count", "perhaps").expect(400);
  }

  @Test
  @Clause({"6.23.3.1", "5.2.23", "5.2.33"})
  void aQueryMayComeAsADocument() {
    var found =
        post("/entityOperations/query")
            .json("{'type':'Query','entities':[{'type':'%s'}],'q':'n>2'}", TYPE)
            .expect(200);
    assertThat(found.ids()).containsExactlyInAnyOrder(IDS.get(3), IDS.get(4));
    assertThat(
            post("/entityOperations/query")
                .json(
                    "{'type':'Query','entities':[{'type':'%s','id':'%s'},{'type':'%s','idPattern':'.*:4'}]}",
                    TYPE, IDS.get(0), TYPE)
                .expect(200)
                .ids())
        .containsExactlyInAnyOrder(IDS.get(0), IDS.get(4));
  }

  @Test
  @Clause({"6.23.3.1", "6.3.13", "6.3.7"})
  void aDocumentIsPagedCountedAndShownByTheUrl() {
    var answer =
        post("/entityOperations/query")
            .with("limit", 2)
            .with("count", true)
            .with("options", "keyValues")
            .json("{'type':'Query','entities':[{'type':'%s'}]}", TYPE)
            .expect(200)
            .hasHeader("NGSILD-Results-Count", "5");
    assertThat(answer.list()).hasSize(2);
    assertThat(answer.linked("next")).isPresent();
    answer.at("0/n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'entities':[{'type':'Thing'}]}",
        "{'type':'Nothing','entities':[{'type':'Thing'}]}",
        "{'type':'Query'}",
        "{'type':'Query','entities':[]}",
        "{'type':'Query','entities':'Thing'}",
        "{'type':'Query','entities':[{'id':'urn:x:1'}]}",
        "{'type':'Query','entities':[{'type':'Thing','id':'no uri'}]}",
        "{'type':'Query','entities':[{'type':'Thing','idPattern':'['}]}",
        "{'type':'Query','entities':[{'type':'Thing'}],'attrs':[]}",
        "{'type':'Query','entities':[{'type':'Thing'}],'pick':[]}",
        "{'type':'Query','entities':[{'type':'Thing'}],'omit':[]}",
        "{'type':'Query','entities':[{'type':'Thing'}],'q':5}",
        "{'type':'Query','entities':[{'type':'Thing'}],'geoQ':{'georel':'within'}}",
        "[]"
      })
  @Clause({"6.23.3.1", "5.2.23"})
  void whatIsNoQueryDocumentIsRefused(String body) {
    post("/entityOperations/query").json(body).refused(400, "BadRequestData");
  }

  @Test
  @Clause({"6.23.3.1", "6.3.5"})
  void aDocumentMayCarryItsContext() {
    var type = newType();
    var id = newId();
    post("/entities").json("{'id':'%s','type':'https://example.org/%s'}", id, type).expect(201);

    post("/entityOperations/query")
        .ld(
            "{'type':'Query','entities':[{'type':'T'}],'@context':[{'T':'https://example.org/%s'},'%s']}",
            type, CORE)
        .expect(200)
        .is("[{'id':'%s','type':'T'}]", id);
  }

  @Test
  @Clause({"6.3.11", "6.4.3.2"})
  void systemAttributesAreShownOnRequest() {
    get("/entities").with("type", TYPE).with("options", "sysAttrs").expect(200).at("0/n/createdAt");
    post("/entityOperations/query")
        .with("options", "sysAttrs")
        .json("{'type':'Query','entities':[{'type':'%s'}]}", TYPE)
        .expect(200)
        .at("0/createdAt");
  }

  @Test
  @Clause("5.2.33")
  void theIdOfASelectorTakesPrecedenceOverItsPattern() {
    var id = created("");

    post("/entityOperations/query")
        .json(
            "{'type':'Query','entities':[{'type':'Thing','id':'%s','idPattern':'^urn:other'}]}", id)
        .expect(200)
        .has("0/id", "'%s'", id);
  }

  /// What a Query document says is judged even where nothing makes use of it.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "'attrs':'a'",
        "'pick':'a'",
        "'omit':[]",
        "'datasetId':'urn:x:1'",
        "'datasetId':['x']",
        "'containedBy':[]",
        "'containedBy':['x']",
        "'lang':5",
        "'splitEntities':'yes'",
        "'entityMap':1",
        "'entityMapLifetime':5",
        "'ordering':5",
        "'ordering':{'orderBy':'a'}",
        "'temporalQ':{'timerel':'before','timeAt':'2020-01-01T00:00:00Z'}"
      })
  @Clause("5.2.23")
  void whatAQueryDocumentCannotSayIsRefused(String member) {
    post("/entityOperations/query")
        .json("{'type':'Query','entities':[{'type':'Thing'}],%s}".formatted(member))
        .refused(400, "BadRequestData");
  }
}
