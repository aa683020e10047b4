package plaza.conformance.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import plaza.conformance.Checks;
import plaza.conformance.Clause;

/// Readers of older versions of the standard.
@Clause({"4.3.6.8", "6.3.6", "6.3.7"})
class VersionsTest extends Checks {
  private final String id =
      created(
          "'a':{'type':'Property','value':1},'v':{'type':'VocabProperty','vocab':'x'},'p':{'type':'ListProperty','valueList':[1,2]},"
              + "'scope':'/a'");

  @Test
  void anAnswerIsFitForTheVersionThatIsPreferred() {
    var answer = get(entity(id)).header("Prefer", "ngsi-ld=1.3").expect(203);

    assertThat(answer.header("Preference-Applied")).startsWith("ngsi-ld=1.");
    answer.has("a/value", "1").hasNo("scope");
    assertThat(answer.body()).doesNotContain("VocabProperty").doesNotContain("ListProperty");
  }

  @Test
  @Clause({"4.3.6.8", "6.18.3.2", "6.19.3.1", "5.7.3", "5.7.4"})
  void evolutionsAreFitForTheVersionThatIsPreferred() {
    var type = newType();
    var thing = newId();
    record(
        thing,
        type,
        "'scope':'/a',"
            + "'v':[{'type':'VocabProperty','vocab':'x','observedAt':'2026-01-01T00:00:00Z'}],"
            + "'a':[{'type':'Property','value':1,'observedAt':'2026-01-01T00:00:00Z'},"
            + "{'type':'Property','value':2,'observedAt':'2026-01-02T00:00:00Z'},"
            + "{'type':'Property','value':9,'datasetId':'urn:x:d','observedAt':'2026-01-02T00:00:00Z'}]");

    var one =
        get("/temporal/entities/" + thing)
            .header("Prefer", "ngsi-ld=1.0")
            .expect(203)
            .hasHeader("Preference-Applied", "ngsi-ld=1.0")
            .hasNo("scope");
    assertThat(one.body()).doesNotContain("VocabProperty").doesNotContain("urn:x:d");
    assertThat(one.list("a")).hasSize(2);
    var many =
        get("/temporal/entities")
            .with("type", type)
            .with("timerel", "after")
            .with("timeAt", "2025-01-01T00:00:00Z")
            .header("Prefer", "ngsi-ld=1.6")
            .expect(203)
            .hasHeader("Preference-Applied", "ngsi-ld=1.6");
    assertThat(many.body()).doesNotContain("VocabProperty").contains("urn:x:d").contains("scope");
    post("/temporal/entityOperations/query")
        .header("Prefer", "ngsi-ld=1.3")
        .json(
            "{'type':'Query','entities':[{'type':'%s'}],'temporalQ':{'timerel':'after','timeAt':'2025-01-01T00:00:00Z'}}",
            type)
        .expect(203);
  }

  @Test
  void whatIsFitAlreadyStaysAsItIs() {
    var plain = created("'a':{'type':'Property','value':1}");

    var answer = get(entity(plain)).header("Prefer", "ngsi-ld=1.9").send();
    assertThat(answer.status()).isIn(200, 203);
    assertThat(answer.header("Preference-Applied")).startsWith("ngsi-ld=1.");
    answer.has("a/value", "1");
  }
}
