package plaza.conformance.provision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plaza.conformance.Checks;
import plaza.conformance.Clause;

class ReplaceTest extends Checks {
  private final String id =
      created(
          "'speed':{'type':'Property','value':5,'unitCode':'KMH'},'scope':'/a',"
              + "'name':[{'type':'Property','value':'a'},{'type':'Property','value':'b','datasetId':'urn:d:1'}]");

  @Test
  @Clause({"5.6.18", "6.5.3.3"})
  void anEntityIsReplacedAsAWhole() {
    var before = get(entity(id)).with("options", "sysAttrs").expect(200);

    put(entity(id))
        .json("{'id':'%s','type':'Thing','mass':{'type':'Property','value':7}}", id)
        .expect(204)
        .hasNoBody()
        .hasHeader("Content-Length", "");

    get(entity(id))
        .expect(200)
        .is("{'id':'%s','type':'Thing','mass':{'type':'Property','value':7}}", id);
    var after = get(entity(id)).with("options", "sysAttrs").expect(200);
    assertThat(after.text("createdAt")).isEqualTo(before.text("createdAt"));
    assertThat(after.text("modifiedAt")).isGreaterThan(before.text("modifiedAt"));
  }

  @Test
  @Clause({"5.6.18", "5.4"})
  void theIdAndTheTypeMayBeLeftOutOfTheBody() {
    put(entity(id)).json("{'mass':{'type':'Property','value':7}}").expect(204);

    get(entity(id))
        .expect(200)
        .is("{'id':'%s','type':'Thing','mass':{'type':'Property','value':7}}", id);
  }

  @Test
  @Clause({"5.6.18", "6.5.3.3"})
  void theTypeIsReplacedToo() {
    put(entity(id)).json("{'id':'%s','type':'Other'}", id).expect(204);

    get(entity(id)).expect(200).is("{'id':'%s','type':'Other'}", id);
  }

  @Test
  @Clause({"5.6.18", "6.5.3.3"})
  void anEntityThatIsNotThereCannotBeReplaced() {
    put(entity(newId())).json("{'type':'Thing'}").refused(404, "ResourceNotFound");
    put(entity(id)).with("type", "Other").json("{'type':'Thing'}").refused(404, "ResourceNotFound");
    put("/entities/nouri").json("{'type':'Thing'}").refused(400, "BadRequestData");
    put(entity(id)).json("{'id':'%s','type':'Thing'}", newId()).refused(400, "BadRequestData");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'Thing','mass':{'type':'Property','value':'urn:ngsi-ld:null'}}",
        "{'type':'Thing','mass':'urn:ngsi-ld:null'}",
        "{'type':'Thing','mass':{'type':'Property'}}",
        "[]"
      })
  @Clause({"5.6.18", "5.5.4"})
  void aReplacementHasNoNulls(String body) {
    put(entity(id)).json(body).refused(400, "BadRequestData");
    get(entity(id)).expect(200).has("speed/value", "5");
  }

  @Test
  @Clause({"5.6.19", "6.7.3.3"})
  void anAttributeIsReplacedAsAWhole() {
    var before = get(entity(id)).with("options", "sysAttrs").expect(200);

    put(entity(id) + "/attrs/speed").json("{'type':'Property','value':6}").expect(204).hasNoBody();

    var after = get(entity(id)).with("options", "sysAttrs").expect(200);
    after.has("speed/value", "6").hasNo("speed/unitCode");
    assertThat(after.text("speed/createdAt")).isEqualTo(before.text("speed/createdAt"));
  }

  @Test
  @Clause({"5.6.19", "4.5.5"})
  void anInstanceIsReplacedAlone() {
    put(entity(id) + "/attrs/name")
        .json("{'type':'Property','value':'x','datasetId':'urn:d:1'}")
        .expect(204);

    get(entity(id))
        .expect(200)
        .has(
            "name",
            "[{'type':'Property','value':'a'},{'type':'Property','value':'x','datasetId':'urn:d:1'}]");
  }

  @Test
  @Clause({"5.6.19", "6.7.3.3"})
  void theKindMayChange() {
    put(entity(id) + "/attrs/speed").json("{'type':'Relationship','object':'urn:x:1'}").expect(204);

    get(entity(id)).expect(200).has("speed", "{'type':'Relationship','object':'urn:x:1'}");
  }

  @Test
  @Clause({"5.6.19", "6.7.3.3"})
  void anAttributeThatIsNotThereCannotBeReplaced() {
    var body = "{'type':'Property','value':6}";
    put(entity(id) + "/attrs/mass").json(body).refused(404, "ResourceNotFound");
    put(entity(newId()) + "/attrs/speed").json(body).refused(404, "ResourceNotFound");
    put(entity(id) + "/attrs/speed")
        .with("type", "Other")
        .json(body)
        .refused(404, "ResourceNotFound");
    put(entity(id) + "/attrs/speed")
        .json("{'type':'Property','value':6,'datasetId':'urn:d:9'}")
        .refused(404, "ResourceNotFound");
    put("/entities/nouri/attrs/speed").json(body).refused(400, "BadRequestData");
    put(entity(id) + "/attrs/a%20b").json(body).refused(400, "BadRequestData");
    put(entity(id) + "/attrs/scope").json(body).refused(400, "BadRequestData");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'Property'}",
        "{'type':'Property','value':'urn:ngsi-ld:null'}",
        "{'type':'Nothing','value':6}",
        "{'type':'Property','value':6,'observedAt':'yesterday'}"
      })
  @Clause({"5.6.19", "5.5.4"})
  void aReplacementOfAnAttributeIsWhole(String body) {
    put(entity(id) + "/attrs/speed").json(body).refused(400, "BadRequestData");
    get(entity(id)).expect(200).has("speed/value", "5");
  }
}
