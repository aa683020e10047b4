package plaza.conformance.sources;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import plaza.conformance.Broker;
import plaza.conformance.Checks;
import plaza.conformance.Clause;
import plaza.conformance.Receiver;

/// Two brokers that work as one: what is asked here comes from there, what is written here goes
/// there.
class FederationTest extends Checks {
  private final Broker other = Broker.other();
  private final String tenant = "t" + unique();
  private final String type = newType();
  private final String id = newId();

  private String register(String mode, String operations, String information) {
    return register(mode, operations, information, other.url().replace("/ngsi-ld/v1", ""));
  }

  private String register(String mode, String operations, String information, String endpoint) {
    return post("/csourceRegistrations")
        .tenant(tenant)
        .json(
            "{'type':'ContextSourceRegistration','endpoint':'%s','tenant':'%s','mode':'%s','operations':['%s'],'information':[%s]}"
                .formatted(endpoint, tenant, mode, operations, information))
        .expect(201)
        .header("Location");
  }

  private String things() {
    return "{'entities':[{'type':'" + type + "'}]}";
  }

  private void createThere(String entityId, String members) {
    other
        .request("POST", "/entities")
        .tenant(tenant)
        .json("{'id':'%s','type':'%s',%s}".formatted(entityId, type, members))
        .expect(201);
  }

  @Test
  @Clause({"4.3.6.2", "5.7.1", "5.7.2"})
  void whatIsThereIsFoundHere() {
    createThere(id, "'speed':{'type':'Property','value':1}");
    register("inclusive", "federationOps", things());

    get(entity(id)).tenant(tenant).expect(200).has("speed/value", "1");
    assertThat(get("/entities").tenant(tenant).with("type", type).expect(200).ids())
        .containsExactly(id);
    get("/entities")
        .tenant(tenant)
        .with("type", type)
        .with("count", true)
        .expect(200)
        .hasHeader("NGSILD-Results-Count", "1");
    assertThat(
            get("/entities")
                .tenant(tenant)
                .with("type", type)
                .with("q", "speed==1")
                .expect(200)
                .ids())
        .containsExactly(id);
    get("/entities").tenant(tenant).with("type", type).with("q", "speed==2").expect(200).is("[]");
  }

  @Test
  @Clause({"4.5.25", "4.3.6.7", "5.5.14", "5.2.39", "5.14.3", "5.14.4", "5.7.1", "5.7.2"})
  void aMapLeadsToTheSourceAndToItsOwnMap() {
    createThere(id, "'speed':{'type':'Property','value':1}");
    var location = register("inclusive", "federationOps", things());
    var registration = location.substring(location.lastIndexOf('/') + 1);

    var map = get("/entityMaps").tenant(tenant).with("type", type).expect(201);
    map.has("entityMap/" + id, "['" + registration + "']");
    var linked = map.text("linkedMaps/" + registration);
    other
        .request("GET", "/entityMaps/" + linked)
        .tenant(tenant)
        .expect(200)
        .has("entityMap/" + id, "['@none']");
    var named = map.header("NGSILD-EntityMap");
    assertThat(
            get("/entities")
                .tenant(tenant)
                .with("type", type)
                .header("NGSILD-EntityMap", named)
                .expect(200)
                .ids())
        .containsExactly(id);
    get(entity(id))
        .tenant(tenant)
        .header("NGSILD-EntityMap", named)
        .expect(200)
        .has("type", "'" + type + "'");
    delete("/entityMaps/" + map.text("id")).tenant(tenant).expect(204);
    other.request("GET", "/entityMaps/" + linked).tenant(tenant).expect(404);
  }

  @Test
  @Clause({"5.16.1", "5.7.4", "4.3.7"})
  void aSnapshotHoldsWhatSourcesRecorded() {
    other
        .request("POST", "/temporal/entities")
        .tenant(tenant)
        .json(
            "{'id':'%s','type':'%s','speed':[{'type':'Property','value':1,'observedAt':'2026-01-01T00:00:00Z'},{'type':'Property','value':2,'observedAt':'2026-01-02T00:00:00Z'}]}",
            id, type)
        .expect(201);
    post("/csourceRegistrations")
        .tenant(tenant)
        .json(
            "{'type':'ContextSourceRegistration','endpoint':'%s','tenant':'%s','operations':['queryTemporal','retrieveTemporal'],'observationInterval':{'startAt':'2020-01-01T00:00:00Z'},'information':[%s]}"
                .formatted(other.url().replace("/ngsi-ld/v1", ""), tenant, things()))
        .expect(201);
    var location =
        post("/snapshots")
            .tenant(tenant)
            .json(
                "{'type':'Snapshot','snapshotTemporalQueries':[{'type':'Query','entities':[{'type':'%s'}],'temporalQ':{'timerel':'after','timeAt':'2025-01-01T00:00:00Z'}}]}",
                type)
            .expect(201)
            .header("Location");
    var snapshot = location.substring(location.lastIndexOf('/') + 1);
    eventually(() ->
        get("/snapshots/" + snapshot)
            .tenant(tenant)
            .expect(200)
            .has("snapshotStatus", "'success'"));

    get("/temporal/entities/" + id)
        .tenant(tenant)
        .header("NGSILD-Snapshot", snapshot)
        .with("options", "temporalValues")
        .expect(200)
        .has("speed/values", "[[1,'2026-01-01T00:00:00Z'],[2,'2026-01-02T00:00:00Z']]");
    delete("/snapshots/" + snapshot).tenant(tenant).expect(204);
  }

  @Test
  @Clause({"5.5.13", "6.3.18"})
  void localStaysHere() {
    createThere(id, "'speed':{'type':'Property','value':1}");
    register("inclusive", "federationOps", things());

    get(entity(id)).tenant(tenant).with("local", true).refused(404, "ResourceNotFound");
    get("/entities").tenant(tenant).with("type", type).with("local", true).expect(200).is("[]");
  }

  @Test
  @Clause({"4.3.6.2", "4.5.5.3", "5.7.1"})
  void ofTwoTheNewerIsShown() {
    register("inclusive", "retrieveOps", things());
    createThere(
        id,
        "'speed':{'type':'Property','value':1,'observedAt':'2026-01-02T00:00:00Z'},'mass':{'type':'Property','value':5}");
    post("/entities")
        .tenant(tenant)
        .with("local", true)
        .json(
            "{'id':'%s','type':'%s','speed':{'type':'Property','value':2,'observedAt':'2026-01-01T00:00:00Z'},'height':{'type':'Property','value':7}}",
            id, type)
        .expect(201);

    get(entity(id))
        .tenant(tenant)
        .expect(200)
        .has("speed/value", "1")
        .has("mass/value", "5")
        .has("height/value", "7");
  }

  @Test
  @Clause({"4.3.6.2", "5.7.1"})
  void anAuxiliarySourceOnlyAddsWhatIsMissing() {
    register("auxiliary", "retrieveOps", things());
    createThere(
        id,
        "'speed':{'type':'Property','value':1,'observedAt':'2026-01-02T00:00:00Z'},'mass':{'type':'Property','value':5}");
    post("/entities")
        .tenant(tenant)
        .json(
            "{'id':'%s','type':'%s','speed':{'type':'Property','value':2,'observedAt':'2026-01-01T00:00:00Z'}}",
            id, type)
        .expect(201);

    get(entity(id)).tenant(tenant).expect(200).has("speed/value", "2").has("mass/value", "5");
  }

  @Test
  @Clause({"4.3.6.3", "5.6.1", "5.6.2", "5.6.6"})
  void whatIsRedirectedIsWrittenThere() {
    register("redirect", "redirectionOps", things());
    post("/entities")
        .tenant(tenant)
        .json("{'id':'%s','type':'%s','speed':{'type':'Property','value':1}}", id, type)
        .expect(201);

    other.request("GET", entity(id)).tenant(tenant).expect(200).has("speed/value", "1");
    get(entity(id)).tenant(tenant).with("local", true).expect(404);
    get(entity(id)).tenant(tenant).expect(200).has("speed/value", "1");
    patch(entity(id) + "/attrs")
        .tenant(tenant)
        .json("{'speed':{'type':'Property','value':2}}")
        .expect(204);
    other.request("GET", entity(id)).tenant(tenant).expect(200).has("speed/value", "2");
    patch(entity(id)).tenant(tenant).json("{'mass':{'type':'Property','value':3}}").expect(204);
    other.request("GET", entity(id)).tenant(tenant).expect(200).has("mass/value", "3");
    delete(entity(id)).tenant(tenant).expect(204);
    other.request("GET", entity(id)).tenant(tenant).expect(404);
  }

  @Test
  @Clause({"4.3.6.3", "5.6.1", "5.7.1"})
  void anExclusiveSourceHasItsAttributesAlone() {
    createThere(id, "'speed':{'type':'Property','value':1}");
    register(
        "exclusive",
        "redirectionOps",
        "{'entities':[{'type':'%s','id':'%s'}],'propertyNames':['speed']}".formatted(type, id));
    post("/entities")
        .tenant(tenant)
        .with("local", true)
        .json("{'id':'%s','type':'%s','mass':{'type':'Property','value':5}}", id, type)
        .expect(201);

    get(entity(id)).tenant(tenant).expect(200).has("speed/value", "1").has("mass/value", "5");
    patch(entity(id) + "/attrs/speed").tenant(tenant).json("{'value':9}").expect(204);
    other.request("GET", entity(id)).tenant(tenant).expect(200).has("speed/value", "9");
    get(entity(id)).tenant(tenant).with("local", true).expect(200).hasNo("speed");
  }

  @Test
  @Clause({"4.3.6.3", "5.6.2"})
  void whatASourceDoesNotOfferIsAConflict() {
    createThere(id, "'speed':{'type':'Property','value':1}");
    register(
        "exclusive",
        "retrieveEntity",
        "{'entities':[{'type':'%s','id':'%s'}],'propertyNames':['speed']}".formatted(type, id));

    get(entity(id)).tenant(tenant).expect(200).has("speed/value", "1");
    patch(entity(id) + "/attrs/speed").tenant(tenant).json("{'value':9}").expect(409);
  }

  @Test
  @Clause({"6.3.17", "5.7.1", "5.7.2"})
  void aSourceThatIsSilentOnlyWarns() {
    post("/entities")
        .tenant(tenant)
        .json("{'id':'%s','type':'%s','speed':{'type':'Property','value':1}}", id, type)
        .expect(201);
    register("inclusive", "federationOps", things(), "http://localhost:1");

    var answer = get(entity(id)).tenant(tenant).expect(200).has("speed/value", "1");
    assertThat(answer.header("NGSILD-Warning")).contains("199");
    assertThat(
            get("/entities").tenant(tenant).with("type", type).expect(200).header("NGSILD-Warning"))
        .contains("199");
  }

  @Test
  @Clause({"6.3.17", "5.7.1"})
  void aSourceThatRefusesOnlyWarns() {
    post("/entities")
        .tenant(tenant)
        .json("{'id':'%s','type':'%s','speed':{'type':'Property','value':1}}", id, type)
        .expect(201);
    register("inclusive", "federationOps", things(), new Receiver().answering(403).url());

    var answer = get(entity(id)).tenant(tenant).expect(200).has("speed/value", "1");
    assertThat(answer.header("NGSILD-Warning")).contains("299");
  }

  @Test
  @Clause({"6.3.17", "5.7.1"})
  void aSourceThatTalksNonsenseOnlyWarns() {
    post("/entities")
        .tenant(tenant)
        .json("{'id':'%s','type':'%s','speed':{'type':'Property','value':1}}", id, type)
        .expect(201);
    register("inclusive", "federationOps", things(), new Receiver().serving("<html>").url());

    var answer = get(entity(id)).tenant(tenant).expect(200).has("speed/value", "1");
    assertThat(answer.header("NGSILD-Warning")).contains("111");
  }

  @Test
  @Clause({"4.3.6.7", "6.3.18"})
  void brokersThatKnowEachOtherDoNotAskInCircles() {
    createThere(id, "'speed':{'type':'Property','value':1}");
    register("inclusive", "federationOps", things());
    other
        .request("POST", "/csourceRegistrations")
        .tenant(tenant)
        .json(
            "{'type':'ContextSourceRegistration','endpoint':'%s','tenant':'%s','operations':['federationOps'],'information':[%s]}"
                .formatted(Broker.checked().url().replace("/ngsi-ld/v1", ""), tenant, things()))
        .expect(201);

    get(entity(id)).tenant(tenant).expect(200).has("speed/value", "1");
    assertThat(get("/entities").tenant(tenant).with("type", type).expect(200).ids())
        .containsExactly(id);
    other.request("GET", entity(id)).tenant(tenant).expect(200).has("speed/value", "1");
  }

  @Test
  @Clause({"5.6.7", "5.6.8", "5.6.10", "4.3.6.3"})
  void batchesAreSharedOut() {
    register("redirect", "redirectionOps", things());
    var here = newId();
    post("/entityOperations/create")
        .tenant(tenant)
        .json(
            "[{'id':'%s','type':'%s','speed':{'type':'Property','value':1}},{'id':'%s','type':'Here','speed':{'type':'Property','value':2}}]",
            id, type, here)
        .expect(201);

    other.request("GET", entity(id)).tenant(tenant).expect(200).has("speed/value", "1");
    get(entity(here)).tenant(tenant).with("local", true).expect(200).has("speed/value", "2");
    get(entity(id)).tenant(tenant).with("local", true).expect(404);
    post("/entityOperations/delete").tenant(tenant).json("['%s','%s']", id, here).expect(204);
    other.request("GET", entity(id)).tenant(tenant).expect(404);
  }

  @Test
  @Clause({"5.7.5", "5.7.8", "5.7.11"})
  void typesAndAttributesOfSourcesAreListed() {
    createThere(id, "'speed':{'type':'Property','value':1}");
    register("inclusive", "federationOps", things());
    post("/entities").tenant(tenant).json("{'id':'%s','type':'Here'}", newId()).expect(201);

    assertThat(get("/types").tenant(tenant).expect(200).texts("typeList")).contains(type, "Here");
    assertThat(get("/attributes").tenant(tenant).expect(200).texts("attributeList"))
        .contains("speed");
  }

  @Test
  @Clause({"6.3.17", "5.6.4"})
  void whatTheOnlySourceRefusesIsABadGateway() {
    var alone =
        "{'entities':[{'type':'%s','id':'%s'}],'propertyNames':['speed']}".formatted(type, id);
    register("exclusive", "redirectionOps", alone, new Receiver().answering(403).url());

    patch(entity(id) + "/attrs/speed").tenant(tenant).json("{'value':9}").expect(502).hasType(JSON);
  }

  @Test
  @Clause({"6.3.17", "5.6.4"})
  void whatTheOnlySourceDoesNotHaveIsNotFound() {
    var alone =
        "{'entities':[{'type':'%s','id':'%s'}],'propertyNames':['speed']}".formatted(type, id);
    register("exclusive", "redirectionOps", alone);

    patch(entity(id) + "/attrs/speed")
        .tenant(tenant)
        .json("{'value':9}")
        .refused(404, "ResourceNotFound");
  }

  @Test
  @Clause({"6.3.17", "5.6.2", "5.2.18", "5.2.19"})
  void whatOnlySomeCouldDoIsAPartialSuccess() {
    post("/entities")
        .tenant(tenant)
        .json("{'id':'%s','type':'%s','mass':{'type':'Property','value':1}}", id, type)
        .expect(201);
    var location =
        register(
            "exclusive",
            "redirectionOps",
            "{'entities':[{'type':'%s','id':'%s'}],'propertyNames':['speed']}".formatted(type, id),
            new Receiver().answering(403).url());

    var answer =
        patch(entity(id) + "/attrs")
            .tenant(tenant)
            .json("{'speed':{'type':'Property','value':2},'mass':{'type':'Property','value':3}}")
            .expect(207)
            .hasType(JSON);

    get(entity(id)).tenant(tenant).with("local", true).expect(200).has("mass/value", "3");
    assertThat(answer.body()).contains(location.substring(location.lastIndexOf('/') + 1));
  }

  @Test
  @Clause({"5.7.3", "5.7.4", "4.3.6.2"})
  void evolutionsAreMadeOfWhatAllRecorded() {
    register("inclusive", "federationOps", things().replace("}]}", "}]}"));
    post("/csourceRegistrations")
        .tenant(tenant)
        .json(
            "{'type':'ContextSourceRegistration','endpoint':'%s','tenant':'%s','operations':['retrieveOps'],"
                    .formatted(other.url().replace("/ngsi-ld/v1", ""), tenant)
                + "'observationInterval':{'startAt':'2020-01-01T00:00:00Z'},'information':[%s]}"
                    .formatted(things()))
        .send();
    createThere(id, "'speed':{'type':'Property','value':1,'observedAt':'2026-01-01T00:00:00Z'}");
    post("/temporal/entities")
        .tenant(tenant)
        .with("local", true)
        .json(
            "{'id':'%s','type':'%s','speed':[{'type':'Property','value':2,'observedAt':'2026-01-02T00:00:00Z'}]}",
            id, type)
        .send();

    get("/temporal/entities/" + id).tenant(tenant).expect(200).at("speed");
  }
}
