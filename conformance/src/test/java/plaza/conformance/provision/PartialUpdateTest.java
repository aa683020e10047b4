package plaza.conformance.provision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plaza.conformance.Checks;
import plaza.conformance.Clause;

@Clause({"5.6.4", "6.7.3.1"})
class PartialUpdateTest extends Checks {
  private final String id =
      created(
          "'speed':{'type':'Property','value':5,'unitCode':'KMH','observedAt':'2026-01-01T00:00:00Z',"
              + "'accuracy':{'type':'Property','value':1}},"
              + "'owner':{'type':'Relationship','object':'urn:x:1'},"
              + "'name':[{'type':'Property','value':'a'},{'type':'Property','value':'b','datasetId':'urn:d:1'}]");

  @Test
  @Clause({"5.6.4", "5.5.8"})
  void onlyWhatIsSaidChanges() {
    patch(entity(id) + "/attrs/speed")
        .json("{'type':'Property','value':100,'observedAt':'2026-01-02T00:00:00Z'}")
        .expect(204)
        .hasNoBody();

    get(entity(id))
        .expect(200)
        .has(
            "speed",
            "{'type':'Property','value':100,'unitCode':'KMH','observedAt':'2026-01-02T00:00:00Z',"
                + "'accuracy':{'type':'Property','value':1}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{'value':6}", "{'type':'Property','value':6}", "{'value':6,'datasetId':'@none'}"})
  void theTypeMayBeLeftOut(String body) {
    patch(entity(id) + "/attrs/speed").json(body).expect(204);

    get(entity(id)).expect(200).has("speed/value", "6").has("speed/unitCode", "'KMH'");
  }

  @Test
  void theValueMayBeLeftOut() {
    patch(entity(id) + "/attrs/speed").json("{'unitCode':'MTS'}").expect(204);

    get(entity(id)).expect(200).has("speed/value", "5").has("speed/unitCode", "'MTS'");
  }

  @Test
  void subAttributesAreAddedAndReplaced() {
    patch(entity(id) + "/attrs/speed")
        .json(
            "{'accuracy':{'type':'Property','value':2},'source':{'type':'Relationship','object':'urn:x:2'}}")
        .expect(204);

    get(entity(id))
        .expect(200)
        .has("speed/value", "5")
        .has("speed/accuracy/value", "2")
        .has("speed/source/object", "'urn:x:2'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'accuracy':'urn:ngsi-ld:null'}",
        "{'accuracy':{'type':'Property','value':'urn:ngsi-ld:null'}}"
      })
  @Clause({"5.6.4", "5.5.8"})
  void nullTakesASubAttributeAway(String body) {
    patch(entity(id) + "/attrs/speed").json(body).expect(204);

    get(entity(id)).expect(200).hasNo("speed/accuracy").has("speed/value", "5");
  }

  @Test
  @Clause({"5.6.4", "5.5.8"})
  void nullTakesAUnitAndATimeAway() {
    patch(entity(id) + "/attrs/speed")
        .json("{'unitCode':'urn:ngsi-ld:null','observedAt':'urn:ngsi-ld:null'}")
        .expect(204);

    get(entity(id)).expect(200).hasNo("speed/unitCode", "speed/observedAt");
  }

  @Test
  @Clause({"5.6.4", "4.5.5"})
  void oneInstanceIsMeantByItsDatasetId() {
    patch(entity(id) + "/attrs/name")
        .json("{'type':'Property','value':'x','datasetId':'urn:d:1'}")
        .expect(204);
    patch(entity(id) + "/attrs/name").json("{'type':'Property','value':'y'}").expect(204);

    get(entity(id))
        .expect(200)
        .has(
            "name",
            "[{'type':'Property','value':'y'},{'type':'Property','value':'x','datasetId':'urn:d:1'}]");
  }

  @Test
  void whatIsNotThereIsNotFound() {
    patch(entity(id) + "/attrs/mass").json("{'value':6}").refused(404, "ResourceNotFound");
    patch(entity(newId()) + "/attrs/speed").json("{'value':6}").refused(404, "ResourceNotFound");
    patch(entity(id) + "/attrs/speed")
        .json("{'value':6,'datasetId':'urn:d:9'}")
        .refused(404, "ResourceNotFound");
    patch(entity(id) + "/attrs/speed")
        .with("type", "Other")
        .json("{'value':6}")
        .refused(404, "ResourceNotFound");
  }

  @Test
  @Clause({"5.6.4", "4.5.5"})
  void withoutADefaultInstanceTheDefaultInstanceIsNotFound() {
    var other = created("'name':{'type':'Property','value':'b','datasetId':'urn:d:1'}");

    patch(entity(other) + "/attrs/name").json("{'value':'c'}").refused(404, "ResourceNotFound");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'Relationship','object':'urn:x:1'}",
        "{'type':'GeoProperty','value':{'type':'Point','coordinates':[1,2]}}",
        "{'type':'Relationship','value':5}",
        "{'type':'Nothing','value':5}",
        "{'value':5,'observedAt':'yesterday'}",
        "{'value':null}"
      })
  @Clause({"5.6.4", "5.5.4"})
  void theKindOfAnAttributeStays(String body) {
    patch(entity(id) + "/attrs/speed").json(body).refused(400, "BadRequestData");
    get(entity(id)).expect(200).has("speed/value", "5").has("speed/type", "'Property'");
  }

  @Test
  void aScopeIsNoAttribute() {
    patch(entity(id) + "/attrs/scope")
        .json("{'type':'Property','value':'/a'}")
        .refused(400, "BadRequestData");
  }

  @Test
  void namesThatAreNoneAreRefused() {
    patch(entity(id) + "/attrs/a%20b").json("{'value':6}").refused(400, "BadRequestData");
    patch("/entities/nouri/attrs/speed").json("{'value':6}").refused(400, "BadRequestData");
  }

  @Test
  @Clause({"5.6.4", "5.5.7"})
  void theNameInThePathMayBeAUri() {
    patch(entity(id) + "/attrs/" + plaza.conformance.Request.encode(DEFAULT_VOCAB + "speed"))
        .json("{'value':6}")
        .expect(204);

    get(entity(id)).expect(200).has("speed/value", "6");
  }

  @Test
  @Clause({"5.6.4", "5.5.7"})
  void theNameInThePathMeansWhatTheContextSays() {
    patch(entity(id) + "/attrs/velocity")
        .ld("{'value':6,'@context':[{'velocity':'%sspeed'},'%s']}", DEFAULT_VOCAB, CORE)
        .expect(204);

    get(entity(id)).expect(200).has("speed/value", "6");
  }

  @Test
  @Clause("4.8")
  void theMomentsOfChangeAreKept() {
    var before = get(entity(id)).with("options", "sysAttrs").expect(200);

    patch(entity(id) + "/attrs/speed").json("{'value':6}").expect(204);

    var after = get(entity(id)).with("options", "sysAttrs").expect(200);
    assertThat(after.text("speed/createdAt")).isEqualTo(before.text("speed/createdAt"));
    assertThat(after.text("speed/modifiedAt")).isGreaterThan(before.text("speed/modifiedAt"));
    assertThat(after.text("modifiedAt")).isEqualTo(after.text("speed/modifiedAt"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'value':'urn:ngsi-ld:null'}",
        "{'type':'Property','value':'urn:ngsi-ld:null'}",
        "'urn:ngsi-ld:null'"
      })
  @Clause("5.6.4.1")
  void theAttributeItselfIsNotTakenAway(String body) {
    patch(entity(id) + "/attrs/speed").json(body).refused(400, "BadRequestData");

    get(entity(id)).expect(200).has("speed/value", "5");
  }
}
