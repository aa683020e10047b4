package plaza.conformance.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import plaza.conformance.Checks;
import plaza.conformance.Clause;

@Clause({"6.3.14", "5.5.10", "4.14"})
class TenantsTest extends Checks {
  private static final String TENANT = "t" + unique();
  private static final String ID = newId();

  static {
    post("/entities")
        .tenant(TENANT)
        .json("{'id':'%s','type':'Thing','a':{'type':'Property','value':1}}", ID)
        .expect(201);
  }

  @Test
  void eachTenantHasItsOwnEntities() {
    get(entity(ID)).tenant(TENANT).expect(200).has("a/value", "1");
    get(entity(ID)).refused(404, "ResourceNotFound");

    create(ID, "Thing", "'a':{'type':'Property','value':2}");
    get(entity(ID)).expect(200).has("a/value", "2");
    get(entity(ID)).tenant(TENANT).expect(200).has("a/value", "1");
    delete(entity(ID)).expect(204);
    get(entity(ID)).tenant(TENANT).expect(200);
  }

  @Test
  void theTenantIsNamedInEveryAnswer() {
    var id = newId();
    post("/entities")
        .tenant(TENANT)
        .json("{'id':'%s','type':'Thing'}", id)
        .expect(201)
        .hasHeader("NGSILD-Tenant", TENANT);
    get(entity(id)).tenant(TENANT).expect(200).hasHeader("NGSILD-Tenant", TENANT);
    get("/entities")
        .with("type", "Thing")
        .tenant(TENANT)
        .expect(200)
        .hasHeader("NGSILD-Tenant", TENANT);
    get("/types").tenant(TENANT).expect(200).hasHeader("NGSILD-Tenant", TENANT);
    get("/subscriptions").tenant(TENANT).expect(200).hasHeader("NGSILD-Tenant", TENANT);
    patch(entity(id))
        .tenant(TENANT)
        .json("{'b':{'value':1}}")
        .expect(204)
        .hasHeader("NGSILD-Tenant", TENANT);
    delete(entity(id)).tenant(TENANT).expect(204).hasHeader("NGSILD-Tenant", TENANT);
    get(entity(id)).tenant(TENANT).expect(404).hasHeader("NGSILD-Tenant", TENANT);
    get(entity(id)).expect(404).hasHeader("NGSILD-Tenant", "");
  }

  @Test
  void aTenantThatIsNotThereIsSaidToBeSo() {
    var nobody = "nobody" + unique();
    get(entity(ID)).tenant(nobody).refused(404, "NonexistentTenant");
    get("/entities").with("type", "Thing").tenant(nobody).refused(404, "NonexistentTenant");
    get("/types").tenant(nobody).refused(404, "NonexistentTenant");
    get("/attributes").tenant(nobody).refused(404, "NonexistentTenant");
    get("/subscriptions").tenant(nobody).refused(404, "NonexistentTenant");
    get("/temporal/entities/" + ID).tenant(nobody).refused(404, "NonexistentTenant");
    patch(entity(ID)).tenant(nobody).json("{'b':{'value':1}}").refused(404, "NonexistentTenant");
    patch(entity(ID) + "/attrs")
        .tenant(nobody)
        .json("{'b':{'value':1}}")
        .refused(404, "NonexistentTenant");
    post(entity(ID) + "/attrs")
        .tenant(nobody)
        .json("{'b':{'value':1}}")
        .refused(404, "NonexistentTenant");
    put(entity(ID)).tenant(nobody).json("{'type':'Thing'}").refused(404, "NonexistentTenant");
    delete(entity(ID)).tenant(nobody).refused(404, "NonexistentTenant");
    delete(entity(ID) + "/attrs/a").tenant(nobody).refused(404, "NonexistentTenant");
    post("/entityOperations/update")
        .tenant(nobody)
        .json("[{'id':'%s','type':'Thing'}]", ID)
        .refused(404, "NonexistentTenant");
    post("/entityOperations/delete")
        .tenant(nobody)
        .json("['%s']", ID)
        .refused(404, "NonexistentTenant");
    post("/entityOperations/query")
        .tenant(nobody)
        .json("{'type':'Query','entities':[{'type':'Thing'}]}")
        .refused(404, "NonexistentTenant");
  }

  @Test
  void creationMakesATenant() {
    var batch = "t" + unique();
    post("/entityOperations/create")
        .tenant(batch)
        .json("[{'id':'%s','type':'Thing'}]", newId())
        .expect(201);
    assertThat(get("/entities").with("type", "Thing").tenant(batch).expect(200).ids()).hasSize(1);
    var temporal = "t" + unique();
    post("/temporal/entities")
        .tenant(temporal)
        .json(
            "{'id':'%s','type':'Thing','a':[{'type':'Property','value':1,'observedAt':'2026-01-01T00:00:00Z'}]}",
            newId())
        .expect(201);
    get("/types").tenant(temporal).expect(200);
    var subscribed = "t" + unique();
    post("/subscriptions")
        .tenant(subscribed)
        .json(
            "{'type':'Subscription','entities':[{'type':'Thing'}],'notification':{'endpoint':{'uri':'http://localhost:9/n'}}}")
        .expect(201);
    assertThat(get("/subscriptions").tenant(subscribed).expect(200).list()).hasSize(1);
  }

  @Test
  void typesAndAttributesAreThoseOfTheTenant() {
    var type = newType();
    post("/entities").tenant(TENANT).json("{'id':'%s','type':'%s'}", newId(), type).expect(201);

    assertThat(get("/types").tenant(TENANT).expect(200).texts("typeList")).contains(type);
    assertThat(get("/types").expect(200).texts("typeList")).doesNotContain(type);
  }

  @Test
  @Clause("6.3.14")
  void theTenantStandsInWhatIsRefusedBeforeItIsLookedAt() {
    put("/entities").tenant("nobody").json("{}").expect(405).hasHeader("NGSILD-Tenant", "nobody");
    get("/nothing").tenant("nobody").expect(404).hasHeader("NGSILD-Tenant", "nobody");
    post("/entities")
        .tenant("nobody")
        .json("{'id':'%s','type':'Thing','text':'%s'}", newId(), "x".repeat(9 << 20))
        .expect(413)
        .hasHeader("NGSILD-Tenant", "nobody");
  }
}
