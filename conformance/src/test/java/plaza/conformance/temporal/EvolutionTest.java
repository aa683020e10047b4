package plaza.conformance.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import plaza.conformance.Answer;
import plaza.conformance.Checks;
import plaza.conformance.Clause;
import plaza.conformance.Request;

class EvolutionTest extends Checks {
  private static final String TYPE = newType();
  private static final String ID = newId();

  static {
    record(
        ID,
        TYPE,
        """
        'speed':[{'type':'Property','value':10,'observedAt':'2026-01-01T00:00:00Z','unitCode':'KMH'},
          {'type':'Property','value':20,'observedAt':'2026-01-02T00:00:00Z','unitCode':'KMH'},
          {'type':'Property','value':30,'observedAt':'2026-01-03T00:00:00Z','unitCode':'KMH'},
          {'type':'Property','value':99,'observedAt':'2026-01-02T00:00:00Z','datasetId':'urn:d:1'}],
        'owner':[{'type':'Relationship','object':'urn:x:1','observedAt':'2026-01-01T00:00:00Z'},
          {'type':'Relationship','object':'urn:x:2','observedAt':'2026-01-03T00:00:00Z'}]\
        """);
  }

  /// What an attribute's instances say, in the order of the answer.
  private static List<String> each(Answer answer, String path, String member) {
    var all = answer.at(path) instanceof List<?> items ? items : List.of(answer.at(path));
    return all.stream().map(one -> String.valueOf(((Map<?, ?>) one).get(member))).toList();
  }

  @Test
  @Clause({"5.6.11", "6.18.3.1"})
  void anEvolutionIsCreatedThenAddedTo() {
    var id = newId();
    var body =
        "{'id':'%s','type':'%s','a':[{'type':'Property','value':%d,'observedAt':'2026-01-0%dT00:00:00Z'}]}";

    var answer =
        post("/temporal/entities").json(body.formatted(id, "Thing", 1, 1)).expect(201).hasNoBody();
    assertThat(answer.header("Location")).endsWith("/ngsi-ld/v1/temporal/entities/" + id);
    post("/temporal/entities").json(body.formatted(id, "Extra", 2, 2)).expect(204).hasNoBody();

    var shown = get(evolution(id)).expect(200);
    assertThat(each(shown, "a", "value")).containsExactlyInAnyOrder("1", "2");
    assertThat(shown.texts("type")).containsExactlyInAnyOrder("Thing", "Extra");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'Thing','a':[{'type':'Property','value':1,'observedAt':'2026-01-01T00:00:00Z'}]}",
        "{'id':'urn:x:notype','a':[{'type':'Property','value':1,'observedAt':'2026-01-01T00:00:00Z'}]}",
        "{'id':'no uri','type':'Thing'}",
        "{'id':'urn:x:1','type':'Thing','a':[{'type':'Property','observedAt':'2026-01-01T00:00:00Z'}]}",
        "{'id':'urn:x:1','type':'Thing','a':[{'type':'Property','value':1,'observedAt':'yesterday'}]}",
        "{'id':'urn:x:1','type':'Thing','a':[{'type':'Nothing','value':1,'observedAt':'2026-01-01T00:00:00Z'}]}",
        "[]"
      })
  @Clause({"5.6.11", "5.5.4"})
  void whatIsNoEvolutionIsRefused(String body) {
    post("/temporal/entities").json(body).refused(400, "BadRequestData");
  }

  @Test
  @Clause({"5.6.11", "5.5.4"})
  void whatIsNoJsonIsAnInvalidRequest() {
    post("/temporal/entities").body(JSON, "{").refused(400, "InvalidRequest");
    post("/temporal/entities").body(JSON, "").refused(400, "InvalidRequest");
  }

  @Test
  @Clause({"5.6.12", "6.20.3.1"})
  void instancesAreAdded() {
    var id = newId();
    record(id, "Thing", "'a':[{'type':'Property','value':1,'observedAt':'2026-01-01T00:00:00Z'}]");

    post(evolution(id) + "/attrs")
        .json(
            "{'a':[{'type':'Property','value':2,'observedAt':'2026-01-02T00:00:00Z'},{'type':'Property','value':3,'observedAt':'2026-01-03T00:00:00Z'}],"
                + "'b':[{'type':'Property','value':4,'observedAt':'2026-01-03T00:00:00Z'}]}")
        .expect(204)
        .hasNoBody();

    var shown = get(evolution(id)).expect(200);
    assertThat(each(shown, "a", "value")).containsExactlyInAnyOrder("1", "2", "3");
    assertThat(each(shown, "b", "value")).containsExactly("4");
  }

  @Test
  @Clause({"5.6.12", "6.20.3.1"})
  void instancesAreAddedOnlyToWhatIsThere() {
    var body = "{'a':[{'type':'Property','value':2,'observedAt':'2026-01-02T00:00:00Z'}]}";
    post(evolution(newId()) + "/attrs").json(body).refused(404, "ResourceNotFound");
    post("/temporal/entities/nouri/attrs").json(body).refused(400, "BadRequestData");
    post(evolution(ID) + "/attrs")
        .json("{'a':[{'type':'Property'}]}")
        .refused(400, "BadRequestData");
  }

  @Test
  @Clause({"5.7.3", "6.19.3.1", "4.5.7", "4.5.8"})
  void anEvolutionIsShown() {
    var answer = get(evolution(ID)).expect(200).hasType(JSON);

    answer.has("id", "'%s'", ID).has("type", "'%s'", TYPE);
    assertThat(each(answer, "speed", "value")).containsExactlyInAnyOrder("10", "20", "30", "99");
    assertThat(each(answer, "speed", "type")).containsOnly("Property");
    assertThat(each(answer, "speed", "observedAt")).contains("2026-01-01T00:00:00Z");
    assertThat(each(answer, "owner", "object")).containsExactlyInAnyOrder("urn:x:1", "urn:x:2");
    assertThat(each(answer, "speed", "instanceId"))
        .allMatch(id -> java.net.URI.create(id).getScheme() != null)
        .doesNotHaveDuplicates();
    assertThat(answer.linked(Request.LD_CONTEXT)).isPresent();
    get(evolution(ID)).accept(LD_JSON).expect(200).hasType(LD_JSON).at("@context");
  }

  @Test
  @Clause({"5.7.3", "6.19.3.1"})
  void anEvolutionThatIsNotThereIsNotFound() {
    get(evolution(newId())).refused(404, "ResourceNotFound");
    get("/temporal/entities/nouri").refused(400, "BadRequestData");
  }

  @Test
  @Clause({"4.3.1", "5.7.3"})
  void whatHappensToAnEntityIsItsEvolution() {
    var id = created("'a':{'type':'Property','value':1,'observedAt':'2026-01-01T00:00:00Z'}");
    patch(entity(id) + "/attrs")
        .json("{'a':{'type':'Property','value':2,'observedAt':'2026-01-02T00:00:00Z'}}")
        .expect(204);

    assertThat(each(get(evolution(id)).expect(200), "a", "value"))
        .containsExactlyInAnyOrder("1", "2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "before | 2026-01-02T00:00:00Z |                      | 10",
        "before | 2026-01-02T00:00:01Z |                      | 10,20",
        "after  | 2026-01-02T00:00:00Z |                      | 20,30",
        "after  | 2026-01-02T00:00:01Z |                      | 30",
        "between| 2026-01-01T00:00:00Z | 2026-01-03T00:00:00Z | 10,20",
        "between| 2026-01-02T00:00:00Z | 2026-01-03T00:00:01Z | 20,30"
      })
  @Clause({"4.11", "5.7.3", "5.7.4"})
  void aTimeNarrowsWhatIsShown(String timerel, String timeAt, String endTimeAt, String expected) {
    for (var request : List.of(get(evolution(ID)), get("/temporal/entities").with("type", TYPE))) {
      request.with("timerel", timerel).with("timeAt", timeAt).with("datasetId", "@none");
      if (endTimeAt != null) request.with("endTimeAt", endTimeAt);
      var answer = request.expect(200);
      assertThat(each(answer, answer.json() instanceof List ? "0/speed" : "speed", "value"))
          .containsExactlyInAnyOrder(expected.split(","));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "during  | 2026-01-02T00:00:00Z | ",
        "before  |                      | ",
        "before  | yesterday            | ",
        "between | 2026-01-02T00:00:00Z | ",
        "between | 2026-01-02T00:00:00Z | tomorrow",
        "        | 2026-01-02T00:00:00Z | "
      })
  @Clause({"4.11", "5.7.3", "5.7.4"})
  void whatIsNoTimeIsRefused(String timerel, String timeAt, String endTimeAt) {
    for (var request : List.of(get(evolution(ID)), get("/temporal/entities").with("type", TYPE))) {
      if (timerel != null) request.with("timerel", timerel);
      if (timeAt != null) request.with("timeAt", timeAt);
      if (endTimeAt != null) request.with("endTimeAt", endTimeAt);
      request.refused(400, "BadRequestData");
    }
  }

  @Test
  @Clause({"4.11", "4.8"})
  void anotherTemporalPropertyMayBeMeant() {
    assertThat(
            each(
                get(evolution(ID))
                    .with("timerel", "after")
                    .with("timeAt", "2026-01-01T00:00:00Z")
                    .with("timeproperty", "createdAt")
                    .expect(200),
                "speed",
                "value"))
        .hasSize(4);
    get("/temporal/entities")
        .with("type", TYPE)
        .with("timerel", "before")
        .with("timeAt", "2020-01-01T00:00:00Z")
        .with("timeproperty", "modifiedAt")
        .expect(200)
        .is("[]");
    get(evolution(ID))
        .with("timerel", "after")
        .with("timeAt", "2026-01-01T00:00:00Z")
        .with("timeproperty", "bornAt")
        .refused(400, "BadRequestData");
  }

  @Test
  @Clause({"5.7.3", "5.7.4"})
  void theLastInstancesAreThoseOfTheLatestMoments() {
    assertThat(
            each(
                get(evolution(ID)).with("lastN", 2).with("datasetId", "@none").send(),
                "speed",
                "value"))
        .containsExactlyInAnyOrder("20", "30");
    get(evolution(ID)).with("lastN", 0).expect(400);
    get(evolution(ID)).with("lastN", -1).expect(400);
    get(evolution(ID)).with("lastN", "few").expect(400);
  }

  @Test
  @Clause({"5.7.3", "4.21"})
  void whatIsPickedIsShown() {
    get(evolution(ID)).with("attrs", "owner").expect(200).hasNo("speed").at("owner");
    get(evolution(ID)).with("pick", "id,owner").expect(200).hasNo("speed", "type").at("owner");
    get(evolution(ID)).with("omit", "speed").expect(200).hasNo("speed").at("owner");
    get(evolution(ID)).with("pick", "owner{name}").refused(400, "BadRequestData");
  }

  @Test
  @Clause({"5.7.3", "4.5.5"})
  void oneDatasetIsAView() {
    assertThat(each(get(evolution(ID)).with("datasetId", "urn:d:1").expect(200), "speed", "value"))
        .containsExactly("99");
  }

  @Test
  @Clause({"6.3.11", "4.5.7"})
  void systemAttributesAreShownOnRequest() {
    var answer = get(evolution(ID)).with("options", "sysAttrs").expect(200);
    assertThat(each(answer, "speed", "createdAt")).doesNotContain("null");
    assertThat(each(answer, "speed", "modifiedAt")).doesNotContain("null");
    answer.at("createdAt");
    assertThat(each(get(evolution(ID)).expect(200), "speed", "createdAt")).containsOnly("null");
  }

  @Test
  @Clause({"4.5.7", "4.5.8", "4.5.0"})
  void whatWasDeletedIsShownAsNull() {
    var id =
        created(
            "'a':{'type':'Property','value':1},'r':{'type':'Relationship','object':'urn:x:1'},'l':{'type':'LanguageProperty','languageMap':{'en':'x'}}");
    for (var name : List.of("a", "r", "l")) delete(entity(id) + "/attrs/" + name).expect(204);

    var answer =
        get(evolution(id))
            .with("timerel", "after")
            .with("timeAt", "2020-01-01T00:00:00Z")
            .with("timeproperty", "modifiedAt")
            .with("options", "sysAttrs")
            .expect(200);

    assertThat(each(answer, "a", "value")).contains(NULL);
    assertThat(each(answer, "r", "object")).contains(NULL);
    assertThat(each(answer, "l", "languageMap").toString()).contains("{@none=" + NULL + "}");
    assertThat(each(answer, "a", "deletedAt").toString()).contains("20");
  }

  @Test
  @Clause({"4.5.6", "4.18"})
  void aScopeHasAnEvolutionToo() {
    var id = created("'scope':'/a'");
    patch(entity(id)).json("{'scope':'/b'}").expect(204);

    assertThat(each(get(evolution(id)).expect(200), "scope", "value"))
        .containsExactlyInAnyOrder("/a", "/b");
  }
}
