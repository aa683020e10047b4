package plaza.conformance.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import plaza.conformance.Answer;
import plaza.conformance.Checks;
import plaza.conformance.Clause;
import plaza.conformance.Request;

/// What was recorded can be corrected and taken away.
class ErasureTest extends Checks {
  private final String id = newId();
  private final String path = evolution(id);

  ErasureTest() {
    record(
        id,
        "Thing",
        "'a':[{'type':'Property','value':1,'observedAt':'2026-01-01T00:00:00Z'},{'type':'Property','value':2,'observedAt':'2026-01-02T00:00:00Z'},"
            + "{'type':'Property','value':9,'observedAt':'2026-01-02T00:00:00Z','datasetId':'urn:d:1'}],"
            + "'b':[{'type':'Property','value':5,'observedAt':'2026-01-01T00:00:00Z'}]");
  }

  private static List<?> instances(Answer answer, String name) {
    return answer.at(name) instanceof List<?> many ? many : List.of(answer.at(name));
  }

  private String instance(String name, String value) {
    return instances(get(path).expect(200), name).stream()
        .map(one -> (Map<?, ?>) one)
        .filter(one -> String.valueOf(one.get("value")).equals(value))
        .map(one -> String.valueOf(one.get("instanceId")))
        .findFirst()
        .orElseThrow();
  }

  private List<String> values(String name) {
    return instances(get(path).expect(200), name).stream()
        .map(one -> String.valueOf(((Map<?, ?>) one).get("value")))
        .toList();
  }

  @Test
  @Clause({"5.6.16", "6.19.3.2"})
  void anEvolutionIsGone() {
    delete(path).expect(204).hasNoBody();

    get(path).refused(404, "ResourceNotFound");
    delete(path).refused(404, "ResourceNotFound");
    delete("/temporal/entities/nouri").refused(400, "BadRequestData");
  }

  @Test
  @Clause({"5.6.13", "6.21.3.1"})
  void theDefaultInstancesOfAnAttributeAreGone() {
    delete(path + "/attrs/a").expect(204).hasNoBody();

    assertThat(values("a")).containsExactly("9");
    assertThat(values("b")).containsExactly("5");
  }

  @Test
  @Clause({"5.6.13", "6.21.3.1"})
  void theInstancesOfADatasetAreGone() {
    delete(path + "/attrs/a").with("datasetId", "urn:d:1").expect(204);

    assertThat(values("a")).containsExactlyInAnyOrder("1", "2");
  }

  @Test
  @Clause({"5.6.13", "6.21.3.1"})
  void allInstancesOfAnAttributeAreGone() {
    delete(path + "/attrs/a").with("deleteAll", true).expect(204);

    get(path).expect(200).hasNo("a").at("b");
  }

  @Test
  @Clause({"5.6.13", "6.21.3.1"})
  void anAttributeThatIsNotThereCannotGo() {
    delete(path + "/attrs/c").refused(404, "ResourceNotFound");
    delete("/temporal/entities/" + newId() + "/attrs/a").refused(404, "ResourceNotFound");
    delete("/temporal/entities/nouri/attrs/a").refused(400, "BadRequestData");
    delete(path + "/attrs/a%20b").refused(400, "BadRequestData");
  }

  @Test
  @Clause({"5.6.14", "6.22.3.1"})
  void anInstanceIsCorrected() {
    var instance = instance("a", "1");

    patch(path + "/attrs/a/" + Request.encode(instance))
        .json("{'a':[{'type':'Property','value':7,'observedAt':'2026-01-01T00:00:00Z'}]}")
        .expect(204)
        .hasNoBody();

    assertThat(values("a")).containsExactlyInAnyOrder("7", "2", "9");
    assertThat(instance("a", "7")).isEqualTo(instance);
  }

  @Test
  @Clause({"5.6.14", "6.22.3.1"})
  void whatIsNoCorrectionIsRefused() {
    var instance = path + "/attrs/a/" + Request.encode(instance("a", "1"));
    var good = "{'a':[{'type':'Property','value':7,'observedAt':'2026-01-01T00:00:00Z'}]}";

    patch(instance).json("{'a':[{'type':'Property'}]}").refused(400, "BadRequestData");
    patch(instance).body(JSON, "{").refused(400, "InvalidRequest");
    patch(path + "/attrs/a/urn:ngsi-ld:Instance:none").json(good).refused(404, "ResourceNotFound");
    patch(path + "/attrs/a/nouri").json(good).refused(400, "BadRequestData");
    patch(path + "/attrs/c/" + Request.encode(instance("a", "1")))
        .json(good.replace("'a'", "'c'"))
        .refused(404, "ResourceNotFound");
    patch("/temporal/entities/" + newId() + "/attrs/a/urn:ngsi-ld:Instance:none")
        .json(good)
        .refused(404, "ResourceNotFound");
    assertThat(values("a")).contains("1");
  }

  @Test
  @Clause({"5.6.15", "6.22.3.2"})
  void anInstanceIsGone() {
    var instance = path + "/attrs/a/" + Request.encode(instance("a", "1"));

    delete(instance).expect(204).hasNoBody();

    assertThat(values("a")).containsExactlyInAnyOrder("2", "9");
    delete(instance).refused(404, "ResourceNotFound");
    delete(path + "/attrs/a/nouri").refused(400, "BadRequestData");
  }
}
