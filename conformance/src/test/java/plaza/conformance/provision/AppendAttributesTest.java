package plaza.conformance.provision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plaza.conformance.Checks;
import plaza.conformance.Clause;

@Clause({"5.6.3", "6.6.3.1"})
class AppendAttributesTest extends Checks {
  private final String id =
      created(
          "'speed':{'type':'Property','value':5,'unitCode':'KMH'},"
              + "'name':[{'type':'Property','value':'a'},{'type':'Property','value':'b','datasetId':'urn:d:1'}]");

  @Test
  void aNewAttributeIsAdded() {
    post(entity(id) + "/attrs")
        .json("{'mass':{'type':'Property','value':7}}")
        .expect(204)
        .hasNoBody()
        .hasHeader("Content-Length", "");

    get(entity(id)).expect(200).has("mass/value", "7").has("speed/value", "5");
  }

  @Test
  void anAttributeThatIsThereIsReplacedAsAWhole() {
    var before = get(entity(id)).with("options", "sysAttrs").expect(200);

    post(entity(id) + "/attrs").json("{'speed':{'type':'Property','value':6}}").expect(204);

    var after = get(entity(id)).with("options", "sysAttrs").expect(200);
    after.has("speed/value", "6").hasNo("speed/unitCode");
    assertThat(after.text("speed/createdAt")).isEqualTo(before.text("speed/createdAt"));
    assertThat(after.text("speed/modifiedAt")).isGreaterThan(before.text("speed/modifiedAt"));
    assertThat(after.text("createdAt")).isEqualTo(before.text("createdAt"));
    assertThat(after.text("modifiedAt")).isGreaterThan(before.text("modifiedAt"));
  }

  @Test
  void withNoOverwriteWhatIsThereStaysAndTheAnswerSaysSo() {
    var answer =
        post(entity(id) + "/attrs")
            .with("options", "noOverwrite")
            .json("{'speed':{'type':'Property','value':6},'mass':{'type':'Property','value':7}}")
            .expect(207)
            .hasType(JSON)
            .hasHeader("Link", "");

    get(entity(id)).expect(200).has("speed/value", "5").has("mass/value", "7");
    assertThat(answer.list("updated")).hasSize(1);
    assertThat(answer.text("updated/0")).endsWith("mass");
    assertThat(answer.list("notUpdated")).hasSize(1);
    assertThat(answer.text("notUpdated/0/attributeName")).endsWith("speed");
    assertThat(answer.text("notUpdated/0/reason")).isNotBlank();
  }

  @Test
  @Clause("6.3.6")
  void theAnswerOfAPartialSuccessHasFullyQualifiedNamesOnly() {
    post(entity(id) + "/attrs")
        .with("options", "noOverwrite")
        .json("{'speed':{'type':'Property','value':6},'mass':{'type':'Property','value':7}}")
        .expect(207)
        .has("updated", "['%smass']", DEFAULT_VOCAB)
        .has("notUpdated/0/attributeName", "'%sspeed'", DEFAULT_VOCAB);
  }

  @Test
  void withNoOverwriteAndNothingNewNothingIsUpdated() {
    post(entity(id) + "/attrs")
        .with("options", "noOverwrite")
        .json("{'speed':{'type':'Property','value':6}}")
        .expect(207)
        .has("updated", "[]");
  }

  @Test
  void withNoOverwriteAndOnlyNewAttributesAllIsDone() {
    post(entity(id) + "/attrs")
        .with("options", "noOverwrite")
        .json("{'mass':{'type':'Property','value':7}}")
        .expect(204);
  }

  @Test
  @Clause({"5.6.3", "4.5.5"})
  void anInstanceWithAnotherDatasetIdIsAdded() {
    post(entity(id) + "/attrs")
        .json("{'name':{'type':'Property','value':'c','datasetId':'urn:d:2'}}")
        .expect(204);

    assertThat(get(entity(id)).expect(200).list("name")).hasSize(3);
  }

  @Test
  @Clause({"5.6.3", "4.5.5"})
  void anInstanceWithTheSameDatasetIdIsReplacedAlone() {
    post(entity(id) + "/attrs")
        .json("{'name':{'type':'Property','value':'c','datasetId':'urn:d:1'}}")
        .expect(204);

    get(entity(id))
        .expect(200)
        .has(
            "name",
            "[{'type':'Property','value':'a'},{'type':'Property','value':'c','datasetId':'urn:d:1'}]");
  }

  @Test
  @Clause({"5.6.3", "4.5.5"})
  void withNoOverwriteInstancesAreLookedAtOneByOne() {
    post(entity(id) + "/attrs")
        .with("options", "noOverwrite")
        .json(
            "{'name':[{'type':'Property','value':'x','datasetId':'urn:d:1'},"
                + "{'type':'Property','value':'y','datasetId':'urn:d:2'}]}")
        .expect(207);

    var names = get(entity(id)).expect(200).list("name").toString();
    assertThat(names).contains("value=b").contains("value=y").doesNotContain("value=x");
  }

  @Test
  @Clause({"5.6.3", "4.5.1"})
  void typesAreAddedAndNeverTaken() {
    post(entity(id) + "/attrs")
        .json("{'type':'Extra','mass':{'type':'Property','value':1}}")
        .expect(204);

    assertThat(get(entity(id)).expect(200).texts("type"))
        .containsExactlyInAnyOrder("Thing", "Extra");
  }

  @Test
  @Clause({"5.6.3", "4.18"})
  void aScopeReplacesTheOldOneUnlessOverwritingIsForbidden() {
    post(entity(id) + "/attrs").json("{'scope':'/a'}").expect(204);
    post(entity(id) + "/attrs").json("{'scope':'/b'}").expect(204);
    get(entity(id)).expect(200).has("scope", "'/b'");

    post(entity(id) + "/attrs").with("options", "noOverwrite").json("{'scope':['/b','/c']}").send();
    get(entity(id)).expect(200).has("scope", "['/b','/c']");
  }

  @Test
  void anUnknownEntityIsNotFound() {
    post(entity(newId()) + "/attrs")
        .json("{'mass':{'type':'Property','value':7}}")
        .refused(404, "ResourceNotFound");
  }

  @Test
  @Clause({"5.6.3", "4.17"})
  void anEntityOfAnotherTypeIsNotFound() {
    post(entity(id) + "/attrs")
        .with("type", "Other")
        .json("{'mass':{'type':'Property','value':7}}")
        .refused(404, "ResourceNotFound");
    post(entity(id) + "/attrs")
        .with("type", "Thing")
        .json("{'mass':{'type':'Property','value':7}}")
        .expect(204);
  }

  @Test
  void anIdThatIsNoUriIsRefused() {
    post("/entities/nouri/attrs")
        .json("{'mass':{'type':'Property','value':7}}")
        .refused(400, "BadRequestData");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'mass':{'type':'Property'}}",
        "{'mass':{'type':'Property','value':null}}",
        "{'mass':{'type':'Property','value':'urn:ngsi-ld:null'}}",
        "{'mass':'urn:ngsi-ld:null'}",
        "{'mass':null}",
        "[]",
        "5"
      })
  @Clause({"5.6.3", "5.5.4"})
  void aFragmentThatIsNoneIsRefused(String body) {
    post(entity(id) + "/attrs").json(body).refused(400, "BadRequestData");
    get(entity(id)).expect(200).hasNo("mass");
  }

  @Test
  @Clause({"5.6.3", "5.5.4"})
  void whatIsNoJsonIsAnInvalidRequest() {
    post(entity(id) + "/attrs").body(JSON, "{").refused(400, "InvalidRequest");
    post(entity(id) + "/attrs").body(JSON, "").refused(400, "InvalidRequest");
  }

  @Test
  @Clause({"5.6.3", "5.5.7"})
  void namesMeanWhatTheContextOfTheRequestSays() {
    post(entity(id) + "/attrs")
        .ld(
            "{'mass':{'type':'Property','value':7},'@context':[{'mass':'https://example.org/mass'},'%s']}",
            CORE)
        .expect(204);

    get(entity(id))
        .expect(200)
        .has("https://example.org/mass", "{'type':'Property','value':7}")
        .hasNo("mass");
  }
}
