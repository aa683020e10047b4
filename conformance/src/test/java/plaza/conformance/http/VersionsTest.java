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
  void whatIsFitAlreadyStaysAsItIs() {
    var plain = created("'a':{'type':'Property','value':1}");

    var answer = get(entity(plain)).header("Prefer", "ngsi-ld=1.9").send();
    assertThat(answer.status()).isIn(200, 203);
    assertThat(answer.header("Preference-Applied")).startsWith("ngsi-ld=1.");
    answer.has("a/value", "1");
  }
}
