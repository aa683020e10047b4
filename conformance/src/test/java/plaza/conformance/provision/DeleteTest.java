package plaza.conformance.provision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import plaza.conformance.Checks;
import plaza.conformance.Clause;

class DeleteTest extends Checks {
  private final String id =
      created(
          "'speed':{'type':'Property','value':5},'scope':'/a',"
              + "'name':[{'type':'Property','value':'a'},{'type':'Property','value':'b','datasetId':'urn:d:1'},"
              + "{'type':'Property','value':'c','datasetId':'urn:d:2'}]");

  @Test
  @Clause({"5.6.6", "6.5.3.2"})
  void anEntityIsGone() {
    delete(entity(id))
        .expect(204)
        .hasNoBody()
        .hasHeader("Content-Length", "")
        .hasHeader("Link", "");

    get(entity(id)).refused(404, "ResourceNotFound");
    delete(entity(id)).refused(404, "ResourceNotFound");
  }

  @Test
  @Clause({"5.6.6", "6.5.3.2"})
  void anEntityThatIsNotThereCannotGo() {
    delete(entity(newId())).refused(404, "ResourceNotFound");
    delete("/entities/nouri").refused(400, "BadRequestData");
    delete(entity(id)).with("type", "Other").refused(404, "ResourceNotFound");
    get(entity(id)).expect(200);
    delete(entity(id)).with("type", "Thing").expect(204);
  }

  @Test
  @Clause({"5.6.5", "6.7.3.2"})
  void anAttributeIsGone() {
    delete(entity(id) + "/attrs/speed").expect(204).hasNoBody();

    get(entity(id)).expect(200).hasNo("speed");
    delete(entity(id) + "/attrs/speed").refused(404, "ResourceNotFound");
  }

  @Test
  @Clause({"5.6.5", "4.5.5"})
  void withoutADatasetIdTheDefaultInstanceGoes() {
    delete(entity(id) + "/attrs/name").expect(204);

    assertThat(get(entity(id)).expect(200).list("name").toString())
        .contains("value=b", "value=c")
        .doesNotContain("value=a");
  }

  @Test
  @Clause({"5.6.5", "4.5.5"})
  void withADatasetIdThatInstanceGoes() {
    delete(entity(id) + "/attrs/name").with("datasetId", "urn:d:1").expect(204);

    assertThat(get(entity(id)).expect(200).list("name").toString())
        .contains("value=a", "value=c")
        .doesNotContain("value=b");
    delete(entity(id) + "/attrs/name")
        .with("datasetId", "urn:d:1")
        .refused(404, "ResourceNotFound");
  }

  @Test
  @Clause({"5.6.5", "4.5.5"})
  void withDeleteAllEveryInstanceGoes() {
    delete(entity(id) + "/attrs/name").with("deleteAll", true).expect(204);

    get(entity(id)).expect(200).hasNo("name");
  }

  @Test
  @Clause({"5.6.5", "4.5.5"})
  void withoutADefaultInstanceTheDefaultInstanceIsNotFound() {
    var other = created("'name':{'type':'Property','value':'b','datasetId':'urn:d:1'}");

    delete(entity(other) + "/attrs/name").refused(404, "ResourceNotFound");
    delete(entity(other) + "/attrs/name").with("deleteAll", true).expect(204);
  }

  @Test
  @Clause({"5.6.5", "4.18"})
  void theScopeGoesLikeAnAttribute() {
    delete(entity(id) + "/attrs/scope").expect(204);

    get(entity(id)).expect(200).hasNo("scope");
  }

  @Test
  @Clause({"5.6.5", "6.7.3.2"})
  void whatIsNotThereCannotGo() {
    delete(entity(id) + "/attrs/mass").refused(404, "ResourceNotFound");
    delete(entity(newId()) + "/attrs/speed").refused(404, "ResourceNotFound");
    delete(entity(id) + "/attrs/speed").with("type", "Other").refused(404, "ResourceNotFound");
    delete("/entities/nouri/attrs/speed").refused(400, "BadRequestData");
    delete(entity(id) + "/attrs/a%20b").refused(400, "BadRequestData");
    delete(entity(id) + "/attrs/speed").with("datasetId", "nouri").refused(400, "BadRequestData");
  }

  @Test
  @Clause({"5.6.5", "6.3.5"})
  void theNameMeansWhatTheLinkedContextSays() {
    var other = created("'https://smartdatamodels.org/x/mass':{'type':'Property','value':5}");
    delete(
            entity(other)
                + "/attrs/"
                + plaza.conformance.Request.encode("https://smartdatamodels.org/x/mass"))
        .link(CORE)
        .expect(204);

    get(entity(other)).expect(200).is("{'id':'%s','type':'Thing'}", other);
  }
}
