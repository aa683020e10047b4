package plaza.conformance.sources;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plaza.conformance.Checks;
import plaza.conformance.Clause;
import plaza.conformance.Receiver;
import plaza.conformance.Request;

class RegistrationsTest extends Checks {
  private static final String PATH = "/csourceRegistrations";
  private final String tenant = "t" + unique();

  private static String path(String id) {
    return PATH + "/" + Request.encode(id);
  }

  private String registered(String members) {
    var location =
        post(PATH)
            .tenant(tenant)
            .json(
                "{'type':'ContextSourceRegistration','endpoint':'http://localhost:9',"
                    + members
                    + "}")
            .expect(201)
            .hasNoBody()
            .header("Location");
    return location.substring(location.lastIndexOf('/') + 1);
  }

  @Test
  @Clause({"5.9.2", "5.10.1", "6.8.3.1", "6.9.3.1", "5.2.9"})
  void aSourceIsRegisteredAndShown() {
    var id =
        registered(
            """
            'registrationName':'n','description':'d','mode':'inclusive','operations':['federationOps'],
            'information':[{'entities':[{'type':'Thing','idPattern':'.*'}],'propertyNames':['speed'],'relationshipNames':['owner']}],
            'location':{'type':'Point','coordinates':[1,2]},'expiresAt':'2099-01-01T00:00:00Z',
            'management':{'timeout':500,'cooldown':100,'localOnly':true}\
            """);

    var answer = get(path(id)).tenant(tenant).expect(200).hasType(JSON);
    answer
        .has("id", "'%s'", id)
        .has("type", "'ContextSourceRegistration'")
        .has("endpoint", "'http://localhost:9'")
        .has("registrationName", "'n'")
        .has("mode", "'inclusive'")
        .has("information/0/entities/0/type", "'Thing'")
        .has("information/0/propertyNames", "['speed']")
        .has("information/0/relationshipNames", "['owner']")
        .has("management/timeout", "500");
    assertThat(answer.linked(Request.LD_CONTEXT)).isPresent();
    get(path(id)).tenant(tenant).accept(LD_JSON).expect(200).hasType(LD_JSON).at("@context");
    get(path(id)).tenant(tenant).with("options", "sysAttrs").expect(200).at("createdAt");
  }

  @Test
  @Clause({"5.9.2", "6.8.3.1"})
  void aTakenIdIsRefused() {
    var id = "urn:ngsi-ld:ContextSourceRegistration:" + unique();
    var members = "'id':'" + id + "','information':[{'entities':[{'type':'Thing'}]}]";

    assertThat(registered(members)).isEqualTo(id);
    post(PATH)
        .tenant(tenant)
        .json(
            "{'type':'ContextSourceRegistration','endpoint':'http://localhost:9'," + members + "}")
        .refused(409, "AlreadyExists");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'endpoint':'http://localhost:9','information':[{'entities':[{'type':'Thing'}]}]}",
        "{'type':'Nothing','endpoint':'http://localhost:9','information':[{'entities':[{'type':'Thing'}]}]}",
        "{'type':'ContextSourceRegistration','information':[{'entities':[{'type':'Thing'}]}]}",
        "{'type':'ContextSourceRegistration','endpoint':'no uri','information':[{'entities':[{'type':'Thing'}]}]}",
        "{'type':'ContextSourceRegistration','endpoint':'http://localhost:9'}",
        "{'type':'ContextSourceRegistration','endpoint':'http://localhost:9','information':[]}",
        "{'type':'ContextSourceRegistration','endpoint':'http://localhost:9','information':[{}]}",
        "{'type':'ContextSourceRegistration','endpoint':'http://localhost:9','information':[{'entities':[]}]}",
        "{'type':'ContextSourceRegistration','endpoint':'http://localhost:9','information':[{'entities':[{'id':'urn:x:1'}]}]}",
        "{'type':'ContextSourceRegistration','endpoint':'http://localhost:9','information':[{'propertyNames':[]}]}",
        "{'type':'ContextSourceRegistration','endpoint':'http://localhost:9','information':[{'propertyNames':'speed'}]}",
        "{'type':'ContextSourceRegistration','endpoint':'http://localhost:9','information':[{'propertyNames':['speed']}],'datasetId':'urn:x:1'}",
        "{'type':'ContextSourceRegistration','endpoint':'http://localhost:9','information':[{'propertyNames':['speed']}],'location':{'type':'GeometryCollection','geometries':[]}}",
        "{'type':'ContextSourceRegistration','endpoint':'http://localhost:9','mode':'nothing','information':[{'entities':[{'type':'Thing'}]}]}",
        "{'type':'ContextSourceRegistration','endpoint':'http://localhost:9','mode':'auxiliary','operations':['createEntity'],'information':[{'entities':[{'type':'Thing'}]}]}",
        "{'type':'ContextSourceRegistration','endpoint':'http://localhost:9','operations':['nothing'],'information':[{'entities':[{'type':'Thing'}]}]}",
        "{'type':'ContextSourceRegistration','endpoint':'http://localhost:9','expiresAt':'2020-01-01T00:00:00Z','information':[{'entities':[{'type':'Thing'}]}]}",
        "{'type':'ContextSourceRegistration','endpoint':'http://localhost:9','management':{'timeout':-1},'information':[{'entities':[{'type':'Thing'}]}]}",
        "{'type':'ContextSourceRegistration','endpoint':'http://localhost:9','observationInterval':{'startAt':'yesterday'},'information':[{'entities':[{'type':'Thing'}]}]}",
        "[]"
      })
  @Clause({"5.9.2", "5.2.8", "5.2.9", "5.2.10", "5.2.11", "5.2.34", "4.20"})
  void whatIsNoRegistrationIsRefused(String body) {
    post(PATH).json(body).refused(400, "BadRequestData");
  }

  @Test
  @Clause({"5.9.3", "6.9.3.2"})
  void aRegistrationIsChanged() {
    var id = registered("'description':'old','information':[{'entities':[{'type':'Thing'}]}]");

    patch(path(id)).tenant(tenant).json("{'description':'new'}").expect(204).hasNoBody();
    get(path(id))
        .tenant(tenant)
        .expect(200)
        .has("description", "'new'")
        .has("information/0/entities/0/type", "'Thing'");
    patch(path(id)).tenant(tenant).json("{'information':[]}").refused(400, "BadRequestData");
    patch(path(id)).tenant(tenant).json("{'expiresAt':'yesterday'}").refused(400, "BadRequestData");
  }

  @Test
  @Clause({"5.9.4", "5.9.3", "5.10.1", "6.9.3.1", "6.9.3.2", "6.9.3.3"})
  void aRegistrationIsGone() {
    var id = registered("'information':[{'entities':[{'type':'Thing'}]}]");

    delete(path(id)).tenant(tenant).expect(204).hasNoBody();
    get(path(id)).tenant(tenant).refused(404, "ResourceNotFound");
    delete(path(id)).tenant(tenant).refused(404, "ResourceNotFound");
    patch(path(id)).tenant(tenant).json("{'description':'x'}").refused(404, "ResourceNotFound");
    get(PATH + "/nouri").refused(400, "BadRequestData");
    delete(PATH + "/nouri").refused(400, "BadRequestData");
  }

  @Test
  @Clause({"5.10.2", "6.8.3.2", "5.12"})
  void registrationsAreFoundByWhatTheyAreAbout() {
    var things =
        registered("'information':[{'entities':[{'type':'Thing'}],'propertyNames':['speed']}]");
    var one = registered("'information':[{'entities':[{'type':'Other','id':'urn:x:1'}]}]");

    assertThat(get(PATH).tenant(tenant).with("type", "Thing").expect(200).ids())
        .containsExactly(things);
    assertThat(get(PATH).tenant(tenant).with("type", "Thing,Other").expect(200).ids())
        .containsExactlyInAnyOrder(things, one);
    assertThat(
            get(PATH).tenant(tenant).with("type", "Other").with("id", "urn:x:2").expect(200).ids())
        .isEmpty();
    assertThat(
            get(PATH).tenant(tenant).with("type", "Other").with("id", "urn:x:1").expect(200).ids())
        .containsExactly(one);
    assertThat(get(PATH).tenant(tenant).with("attrs", "speed").expect(200).ids()).contains(things);
    assertThat(
            get(PATH).tenant(tenant).with("type", "Thing").with("attrs", "mass").expect(200).ids())
        .isEmpty();
    get(PATH).tenant(tenant).refused(400, "BadRequestData");
    get(PATH)
        .tenant(tenant)
        .with("type", "Thing")
        .with("id", "no uri")
        .refused(400, "BadRequestData");
  }

  @Test
  @Clause({"5.10.2", "6.3.10", "6.3.13"})
  void registrationsAreListedByPages() {
    for (int i = 0; i < 3; i++) registered("'information':[{'entities':[{'type':'Thing'}]}]");

    var page =
        get(PATH)
            .tenant(tenant)
            .with("type", "Thing")
            .with("limit", 2)
            .with("count", true)
            .expect(200);
    assertThat(page.ids()).hasSize(2);
    page.hasHeader("NGSILD-Results-Count", "3");
    assertThat(page.linked("next")).isPresent();
  }

  @Test
  @Clause({"5.9.2", "4.3.6.3"})
  void anExclusiveSourceSharesNothing() {
    var id = newId();
    post("/entities")
        .tenant(tenant)
        .json("{'id':'%s','type':'Thing','speed':{'type':'Property','value':1}}", id)
        .expect(201);
    var exclusive =
        "{'type':'ContextSourceRegistration','endpoint':'http://localhost:9','mode':'exclusive','operations':['redirectionOps'],'information':[{'entities':[{'type':'Thing','id':'%s'}],'propertyNames':['%s']}]}";

    post(PATH).tenant(tenant).json(exclusive, id, "speed").expect(409);
    post(PATH).tenant(tenant).json(exclusive, id, "mass").expect(201);
    post(PATH).tenant(tenant).json(exclusive, id, "mass").expect(409);
  }

  @Test
  @Clause({"5.15.1", "6.33.3.1", "5.2.40"})
  void aBrokerSaysWhoItIs() {
    var answer = get("/info/sourceIdentity").expect(200).has("type", "'ContextSourceIdentity'");

    assertThat(answer.text("contextSourceAlias")).isNotBlank();
    Instant.parse(answer.text("contextSourceTimeAt"));
    assertThat(answer.text("contextSourceUptime")).startsWith("P");
    assertThat(java.net.URI.create(answer.text("id")).getScheme()).isNotNull();
  }

  @Test
  @Clause({
    "5.11.2",
    "5.11.4",
    "5.11.5",
    "5.11.6",
    "5.11.7",
    "5.3.2",
    "5.3.3",
    "6.12.3.1",
    "6.13.3.1",
    "6.3.9"
  })
  void whoSubscribesHearsOfSources() {
    var receiver = new Receiver();
    var location =
        post("/csourceSubscriptions")
            .tenant(tenant)
            .json(
                "{'type':'Subscription','entities':[{'type':'Thing'}],'notification':{'endpoint':{'uri':'%s'}}}",
                receiver.url())
            .expect(201)
            .header("Location");
    var id = location.substring(location.lastIndexOf('/') + 1);
    get("/csourceSubscriptions/" + id).tenant(tenant).expect(200).has("type", "'Subscription'");
    assertThat(get("/csourceSubscriptions").tenant(tenant).expect(200).ids()).containsExactly(id);

    var source = registered("'information':[{'entities':[{'type':'Thing'}]}]");
    var told = receiver.next();
    assertThat(told.text("type")).isEqualTo("ContextSourceNotification");
    assertThat(told.text("triggerReason")).isEqualTo("newlyMatching");
    assertThat(told.text("subscriptionId")).isEqualTo(id);
    assertThat(told.text("data/0/id")).isEqualTo(source);
    patch(path(source)).tenant(tenant).json("{'description':'x'}").expect(204);
    assertThat(receiver.next().text("triggerReason")).isEqualTo("updated");
    delete(path(source)).tenant(tenant).expect(204);
    assertThat(receiver.next().text("triggerReason")).isEqualTo("noLongerMatching");
    delete("/csourceSubscriptions/" + id).tenant(tenant).expect(204);
    get("/csourceSubscriptions/" + id).tenant(tenant).refused(404, "ResourceNotFound");
  }
}
