package plaza.conformance.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plaza.conformance.Checks;
import plaza.conformance.Clause;
import plaza.conformance.Request;

/// Which evolutions are found, and how much of them (clause 5.7.4).
class TemporalQueryTest extends Checks {
  private static final String TYPE = newType();
  private static final String ID = "urn:ngsi-ld:" + TYPE + ":";

  static {
    for (int i = 1; i <= 3; i++)
      record(
          ID + i,
          TYPE,
          "'n':[{'type':'Property','value':%d,'observedAt':'2026-01-0%dT00:00:00Z'},{'type':'Property','value':%d,'observedAt':'2026-01-0%dT12:00:00Z'}],"
                  .formatted(i, i, i + 10, i)
              + "'location':[{'type':'GeoProperty','value':{'type':'Point','coordinates':[%d,40]},'observedAt':'2026-01-0%dT00:00:00Z'}]"
                  .formatted(i, i));
  }

  private static Request query() {
    return get("/temporal/entities")
        .with("type", TYPE)
        .with("timerel", "after")
        .with("timeAt", "2026-01-01T00:00:00Z");
  }

  @Test
  @Clause({"5.7.4", "6.18.3.2"})
  void aTypeFindsItsEvolutions() {
    var answer = query().expect(200).hasType(JSON);

    assertThat(answer.ids()).containsExactlyInAnyOrder(ID + 1, ID + 2, ID + 3);
    assertThat(answer.list("0/n")).hasSize(2);
    query().accept(LD_JSON).expect(200).hasType(LD_JSON).at("0/@context");
  }

  /// A name that was never observed at any time was the entity's all the time.
  @Test
  @Clause({"5.7.4", "C.5.5", "C.5.6", "C.5.14"})
  void aConditionMayBeAboutWhatHasNoTime() {
    var type = newType();
    for (var brand : new String[] {"Volvo", "Mercedes"})
      record(
          "urn:ngsi-ld:" + type + ":" + brand,
          type,
          """
          'brandName':[{'type':'Property','value':'%s'}],
          'speed':[{'type':'Property','value':120,'observedAt':'2018-08-01T12:03:00Z'},
            {'type':'Property','value':80,'observedAt':'2018-08-01T12:05:00Z'},
            {'type':'Property','value':100,'observedAt':'2018-08-01T12:07:00Z'}]
          """
              .formatted(brand));
    var query =
        get("/temporal/entities")
            .with("type", type)
            .with("q", "brandName!=Mercedes")
            .with("attrs", "speed,brandName")
            .with("timerel", "between")
            .with("timeAt", "2018-08-01T12:00:00Z")
            .with("endTimeAt", "2018-08-01T13:00:00Z");

    query
        .with("format", "temporalValues")
        .expect(200)
        .is(
            """
            [{'id':'urn:ngsi-ld:%s:Volvo','type':'%s','speed':{'type':'Property','values':[
              [120,'2018-08-01T12:03:00Z'],[80,'2018-08-01T12:05:00Z'],
              [100,'2018-08-01T12:07:00Z']]}}]
            """,
            type, type);
  }

  /// A scope holds from the time it is set, be that before the stretch, until it is set anew.
  @Test
  @Clause({"4.18", "5.7.4", "C.5.16"})
  void aScopeCountsWhileItIsInForce() {
    var type = newType();
    var id = "urn:ngsi-ld:" + type + ":";
    var speed =
        """
        'speed':[{'type':'Property','value':30,'observedAt':'2018-08-01T12:03:00Z'},
          {'type':'Property','value':60,'observedAt':'2018-08-01T12:12:00Z'}],
        'scope':[{'type':'Property','value':%s,'observedAt':'2018-08-01T11:00:00Z'},
          {'type':'Property','value':%s,'observedAt':'2018-08-01T%s:00Z'}]
        """;
    record(id + 1, type, speed.formatted("'/Madrid/Centro'", "'/Madrid'", "14:00"));
    record(
        id + 2, type, speed.formatted("'/Madrid'", "['/Madrid/Centro','/Company/UnitA']", "12:10"));
    record(id + 3, type, speed.formatted("'/Madrid'", "'/Madrid/Sol'", "12:10"));

    for (var scopeQ : new String[] {"/Madrid/Centro", "\"/Madrid/Centro\""})
      get("/temporal/entities")
          .with("type", type)
          .with("attrs", "speed,scope")
          .with("timerel", "between")
          .with("timeAt", "2018-08-01T12:00:00Z")
          .with("endTimeAt", "2018-08-01T13:00:00Z")
          .with("format", "temporalValues")
          .with("scopeQ", scopeQ)
          .expect(200)
          .is(
              """
              [{'id':'%s1','type':'%s',
                'scope':{'type':'Property','values':[['/Madrid/Centro','2018-08-01T11:00:00Z']]},
                'speed':{'type':'Property','values':[[30,'2018-08-01T12:03:00Z'],
                  [60,'2018-08-01T12:12:00Z']]}},
               {'id':'%s2','type':'%s',
                'scope':{'type':'Property','values':[
                  [['/Madrid/Centro','/Company/UnitA'],'2018-08-01T12:10:00Z']]},
                'speed':{'type':'Property','values':[[60,'2018-08-01T12:12:00Z']]}}]
              """,
              id, type, id, type);
  }

  @Test
  @Clause({"5.7.4", "6.18.3.2"})
  void withoutATimeThereIsNoTemporalQuery() {
    get("/temporal/entities").with("type", TYPE).refused(400, "BadRequestData");
    post("/temporal/entityOperations/query")
        .json("{'type':'Query','entities':[{'type':'%s'}]}", TYPE)
        .refused(400, "BadRequestData");
  }

  @Test
  @Clause({"5.7.4", "6.18.3.2"})
  void aQueryWithoutATypeConditionOrPlaceIsTooWide() {
    get("/temporal/entities")
        .with("timerel", "after")
        .with("timeAt", "2026-01-01T00:00:00Z")
        .refused(400, "BadRequestData");
    get("/temporal/entities")
        .with("timerel", "after")
        .with("timeAt", "2026-01-01T00:00:00Z")
        .with("id", ID + 1)
        .refused(400, "BadRequestData");
  }

  @Test
  @Clause("5.7.4")
  void anEvolutionWithoutAnInstanceInTheTimeIsNotFound() {
    assertThat(
            get("/temporal/entities")
                .with("type", TYPE)
                .with("timerel", "after")
                .with("timeAt", "2026-01-02T00:00:00Z")
                .expect(200)
                .ids())
        .containsExactlyInAnyOrder(ID + 2, ID + 3);
    get("/temporal/entities")
        .with("type", TYPE)
        .with("timerel", "before")
        .with("timeAt", "2025-01-01T00:00:00Z")
        .expect(200)
        .is("[]");
  }

  @Test
  @Clause({"5.7.4", "4.9"})
  void aConditionIsHeldAgainstTheInstancesOfTheTime() {
    assertThat(query().with("q", "n==12").expect(200).ids()).containsExactly(ID + 2);
    assertThat(
            get("/temporal/entities")
                .with("type", TYPE)
                .with("timerel", "before")
                .with("timeAt", "2026-01-02T06:00:00Z")
                .with("q", "n>1")
                .expect(200)
                .ids())
        .containsExactlyInAnyOrder(ID + 1, ID + 2);
    query().with("q", "n>").refused(400, "BadRequestData");
  }

  @Test
  @Clause({"5.7.4", "4.10"})
  void aPlaceIsHeldAgainstTheInstancesOfTheTime() {
    assertThat(
            query()
                .with("georel", "near;maxDistance==1000")
                .with("geometry", "Point")
                .with("coordinates", "[2,40]")
                .expect(200)
                .ids())
        .containsExactly(ID + 2);
  }

  @Test
  @Clause({"5.7.4", "4.21"})
  void idsPatternsAndAttributesNarrow() {
    assertThat(query().with("id", ID + 1).expect(200).ids()).containsExactly(ID + 1);
    assertThat(query().with("idPattern", ".*:[12]$").expect(200).ids()).hasSize(2);
    query().with("id", ID + 1).with("attrs", "n").expect(200).hasNo("0/location");
    query().with("id", ID + 1).with("pick", "n").expect(200).hasNo("0/location", "0/id");
    query().with("id", "no uri").refused(400, "BadRequestData");
    query().with("pick", "n{m}").refused(400, "BadRequestData");
  }

  @Test
  @Clause({"5.7.4", "6.3.10", "6.3.13"})
  void resultsArePagedAndCounted() {
    var answer = query().with("limit", 2).with("count", true).expect(200);
    assertThat(answer.ids()).hasSize(2);
    answer.hasHeader("NGSILD-Results-Count", "3");
    assertThat(answer.linked("next")).isPresent();
    var rest = query().with("limit", 2).with("offset", 2).expect(200);
    assertThat(rest.ids()).hasSize(1);
    assertThat(rest.linked("prev")).isPresent();
    query().with("limit", 0).refused(400, "BadRequestData");
    query()
        .with("limit", 0)
        .with("count", true)
        .expect(200)
        .is("[]")
        .hasHeader("NGSILD-Results-Count", "3");
  }

  @Test
  @Clause({"5.7.4", "6.24.3.1", "5.2.21"})
  void aQueryMayComeAsADocument() {
    assertThat(
            post("/temporal/entityOperations/query")
                .json(
                    "{'type':'Query','entities':[{'type':'%s'}],'q':'n==12','temporalQ':{'timerel':'between','timeAt':'2026-01-01T00:00:00Z','endTimeAt':'2026-02-01T00:00:00Z'}}",
                    TYPE)
                .expect(200)
                .ids())
        .containsExactly(ID + 2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'timerel':'between','timeAt':'2026-01-01T00:00:00Z'}",
        "{'timerel':'during','timeAt':'2026-01-01T00:00:00Z'}",
        "{'timerel':'after'}",
        "{'timerel':'after','timeAt':'yesterday'}",
        "{'timerel':'after','timeAt':'2026-01-01T00:00:00Z','lastN':0}",
        "5"
      })
  @Clause({"5.7.4", "6.24.3.1", "5.2.21"})
  void whatIsNoTimeInADocumentIsRefused(String temporalQ) {
    post("/temporal/entityOperations/query")
        .json(
            "{'type':'Query','entities':[{'type':'%s'}],'temporalQ':%s}".formatted(TYPE, temporalQ))
        .refused(400, "BadRequestData");
  }

  @Test
  @Clause("6.3.20")
  void parametersThatAreNoneAreRefused() {
    query().with("nothing", 1).refused(400, "InvalidRequest");
    query().with("options", "nothing").refused(400, "InvalidRequest");
    query().with("format", "nothing").refused(400, "InvalidRequest");
    get("/temporal/entities/" + ID + 1).with("nothing", 1).refused(400, "InvalidRequest");
  }

  @Test
  @Clause({"5.7.4", "4.23"})
  void evolutionsAreOrderedByIdAlone() {
    assertThat(query().with("local", true).with("orderBy", "id;desc").expect(200).ids())
        .containsExactly(ID + 3, ID + 2, ID + 1);
    query().with("local", true).with("orderBy", "n").refused(400, "BadRequestData");
    query().with("orderBy", "id").refused(400, "BadRequestData");
  }

  @Test
  @Clause({"6.3.10", "5.7.3"})
  void aHistoryThatIsTooLongComesInParts() {
    var id = newId();
    record(id, "Thing", "'a':" + readings(0, 6_000));
    post("/temporal/entities/" + id + "/attrs")
        .json("{'a':%s}".formatted(readings(6_000, 6_000)))
        .expect(204);

    var forwards =
        get("/temporal/entities/" + id)
            .with("timerel", "after")
            .with("timeAt", "2026-01-01T00:00:00Z")
            .with("format", "temporalValues")
            .send();
    assumeTrue(forwards.status() == 206, "this broker gives it at once");
    var range = forwards.header("Content-Range");
    assertThat(range).startsWith("DateTime 2026-01-01T00:00:00Z-").endsWith("/*");
    var until = range.substring("DateTime 2026-01-01T00:00:00Z-".length(), range.length() - 2);
    var first = forwards.list("a/values");
    assertThat(first.getLast().toString()).contains(until);
    var rest =
        get("/temporal/entities/" + id)
            .with("timerel", "after")
            .with("timeAt", Instant.parse(until).plusMillis(1))
            .with("format", "temporalValues")
            .expect(200);
    assertThat(first.size() + rest.list("a/values").size()).isEqualTo(12_000);
  }

  private static String readings(int from, int count) {
    var start = Instant.parse("2026-01-01T00:00:00Z");
    return IntStream.range(from, from + count)
        .mapToObj(i ->
            "{'type':'Property','value':%d,'observedAt':'%s'}".formatted(i, start.plusSeconds(i)))
        .collect(Collectors.joining(",", "[", "]"));
  }
}
