package plaza.conformance.sources;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import plaza.conformance.Checks;
import plaza.conformance.Clause;
import plaza.conformance.Receiver;

/// What a source is asked for, and how.
class AskedTest extends Checks {
  private final String tenant = "t" + unique();
  private final String type = newType();
  private final String id = newId();

  private void register(Receiver source, String mode, String operations, String rest) {
    post("/csourceRegistrations")
        .tenant(tenant)
        .json(
            "{'type':'ContextSourceRegistration','endpoint':'%s','mode':'%s','operations':[%s],'information':[{'entities':[{'type':'%s'}]}]%s}"
                .formatted(source.url(), mode, operations, type, rest))
        .expect(201);
  }

  @Test
  @Clause({"4.3.6.1", "5.6.1"})
  void whatIsWrittenTerselyGoesOutNormalized() {
    var source = new Receiver().answering(201);
    register(source, "redirect", "'createEntity'", "");

    post("/entities")
        .tenant(tenant)
        .json("{'id':'%s','type':'%s','speed':{'value':1},'line':'5'}", id, type)
        .expect(201);

    var sent = source.next();
    assertThat(sent.text("speed/type")).isEqualTo("Property");
    assertThat(sent.text("line/value")).isEqualTo("5");
  }

  @Test
  @Clause({"4.20", "5.7.2", "6.23"})
  void aQueryDocumentGoesOnAsOne() {
    var source = new Receiver().serving("[]");
    register(source, "inclusive", "'federationOps'", "");

    post("/entityOperations/query")
        .tenant(tenant)
        .json("{'type':'Query','entities':[{'type':'%s'}]}", type)
        .expect(200)
        .is("[]");

    assertThat(source.next().text("type")).isEqualTo("Query");
  }

  @Test
  @Clause({"4.3.4", "4.3.6.1", "5.2.9", "5.7.2"})
  void aSourceIsNotAskedForOtherPlacesAndScopes() {
    var source = new Receiver().serving("[]");
    register(
        source,
        "inclusive",
        "'federationOps'",
        ",'scope':'/north','location':{'type':'Polygon','coordinates':[[[0,0],[1,0],[1,1],[0,1],[0,0]]]}");

    get("/entities")
        .tenant(tenant)
        .with("type", type)
        .with("georel", "near;maxDistance==1000")
        .with("geometry", "Point")
        .with("coordinates", "[50,50]")
        .expect(200);
    get("/entities").tenant(tenant).with("type", type).with("scopeQ", "/south").expect(200);
    assertThat(source.asked()).isZero();

    get("/entities").tenant(tenant).with("type", type).with("scopeQ", "/north").expect(200);
    assertThat(source.asked()).isEqualTo(1);
  }

  @Test
  @Clause({"5.6.21"})
  void aPurgeThatNobodyDoesIsAConflict() {
    register(new Receiver().answering(200), "redirect", "'retrieveOps'", "");

    delete("/entities").tenant(tenant).with("type", type).expect(409);
  }
}
