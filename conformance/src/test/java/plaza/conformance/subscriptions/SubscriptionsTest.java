package plaza.conformance.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plaza.conformance.Answer;
import plaza.conformance.Checks;
import plaza.conformance.Clause;
import plaza.conformance.Request;

/// How subscriptions come, change and go.
class SubscriptionsTest extends Checks {
  private static final String NOTIFY = "'notification':{'endpoint':{'uri':'http://localhost:9/n'}}";

  private static String path(String id) {
    return "/subscriptions/" + Request.encode(id);
  }

  /// Creates one and returns its id.
  private static String subscribed(String members) {
    var location =
        post("/subscriptions")
            .json("{'type':'Subscription'," + members + "}")
            .expect(201)
            .header("Location");
    return java.net.URLDecoder.decode(
        location.substring(location.lastIndexOf('/') + 1), java.nio.charset.StandardCharsets.UTF_8);
  }

  @Test
  @Clause({"5.8.1", "6.10.3.1"})
  void aSubscriptionIsCreatedUnderItsId() {
    var id = "urn:ngsi-ld:Subscription:" + unique();
    Answer answer =
        post("/subscriptions")
            .json(
                "{'id':'%s','type':'Subscription','entities':[{'type':'Thing'}],%s}"
                    .formatted(id, NOTIFY))
            .expect(201)
            .hasNoBody()
            .hasHeader("Link", "");

    assertThat(answer.header("Location")).endsWith("/ngsi-ld/v1/subscriptions/" + id);
    get(path(id)).expect(200).has("id", "'%s'", id);
    post("/subscriptions")
        .json(
            "{'id':'%s','type':'Subscription','entities':[{'type':'Thing'}],%s}"
                .formatted(id, NOTIFY))
        .refused(409, "AlreadyExists");
    delete(path(id)).expect(204);
  }

  @Test
  @Clause({"5.8.1", "6.10.3.1"})
  void withoutAnIdOneIsMade() {
    var id = subscribed("'entities':[{'type':'Thing'}]," + NOTIFY);

    assertThat(java.net.URI.create(id).getScheme()).isNotNull();
    get(path(id)).expect(200);
    delete(path(id)).expect(204);
  }

  @Test
  @Clause({"5.8.3", "6.11.3.1", "5.2.12"})
  void aSubscriptionIsShownAsItCame() {
    var id =
        subscribed(
            """
            'subscriptionName':'n','description':'d',
            'entities':[{'type':'Thing','idPattern':'.*'},{'type':'Other','id':'urn:x:1'}],
            'watchedAttributes':['speed'],'q':'speed>5','scopeQ':'/a','throttling':5,
            'geoQ':{'georel':'near;maxDistance==100','geometry':'Point','coordinates':[1,2]},
            'expiresAt':'2099-01-01T00:00:00Z','isActive':false,'lang':'en',
            'notificationTrigger':['entityCreated','attributeDeleted'],
            'notification':{'attributes':['speed'],'format':'concise','showChanges':true,'sysAttrs':true,
              'endpoint':{'uri':'http://localhost:9/n','accept':'application/ld+json','timeout':500,'cooldown':100,
                'receiverInfo':[{'key':'Authorization','value':'x'}],'notifierInfo':[{'key':'a','value':'b'}]}}\
            """);

    var answer = get(path(id)).expect(200).hasType(JSON);
    answer
        .has("type", "'Subscription'")
        .has("subscriptionName", "'n'")
        .has("description", "'d'")
        .has("watchedAttributes", "['speed']")
        .has("q", "'speed>5'")
        .has("scopeQ", "'/a'")
        .has("throttling", "5")
        .has("geoQ/georel", "'near;maxDistance==100'")
        .has("expiresAt", "'2099-01-01T00:00:00Z'")
        .has("isActive", "false")
        .has("status", "'paused'")
        .has("lang", "'en'")
        .has("notification/attributes", "['speed']")
        .has("notification/format", "'concise'")
        .has("notification/showChanges", "true")
        .has("notification/endpoint/uri", "'http://localhost:9/n'")
        .has("notification/endpoint/accept", "'application/ld+json'")
        .has("notification/endpoint/receiverInfo/0/key", "'Authorization'");
    assertThat(answer.texts("notificationTrigger"))
        .containsExactlyInAnyOrder("entityCreated", "attributeDeleted");
    assertThat(answer.list("entities")).hasSize(2);
    assertThat(answer.linked(Request.LD_CONTEXT)).isPresent();
    answer.hasNo("createdAt");
    get(path(id)).accept(LD_JSON).expect(200).hasType(LD_JSON).at("@context");
    get(path(id)).with("options", "sysAttrs").expect(200).at("createdAt");
    delete(path(id)).expect(204);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'entities':[{'type':'Thing'}],N}",
        "{'type':'Nothing','entities':[{'type':'Thing'}],N}",
        "{'type':'Subscription','entities':[{'type':'Thing'}]}",
        "{'type':'Subscription',N}",
        "{'type':'Subscription','entities':[],N}",
        "{'type':'Subscription','entities':'Thing',N}",
        "{'type':'Subscription','entities':[{'id':'urn:x:1'}],N}",
        "{'type':'Subscription','entities':[{'type':'Thing','id':'no uri'}],N}",
        "{'type':'Subscription','entities':[{'type':'Thing','idPattern':'['}],N}",
        "{'type':'Subscription','id':'no uri','entities':[{'type':'Thing'}],N}",
        "{'type':'Subscription','watchedAttributes':[],N}",
        "{'type':'Subscription','watchedAttributes':'speed',N}",
        "{'type':'Subscription','entities':[{'type':'Thing'}],'q':'speed>',N}",
        "{'type':'Subscription','entities':[{'type':'Thing'}],'q':5,N}",
        "{'type':'Subscription','entities':[{'type':'Thing'}],'geoQ':{'georel':'within'},N}",
        "{'type':'Subscription','entities':[{'type':'Thing'}],'scopeQ':'/a//b',N}",
        "{'type':'Subscription','entities':[{'type':'Thing'}],'throttling':0,N}",
        "{'type':'Subscription','entities':[{'type':'Thing'}],'throttling':-1,N}",
        "{'type':'Subscription','entities':[{'type':'Thing'}],'timeInterval':0,N}",
        "{'type':'Subscription','entities':[{'type':'Thing'}],'timeInterval':-1,N}",
        "{'type':'Subscription','entities':[{'type':'Thing'}],'timeInterval':5,'throttling':5,N}",
        "{'type':'Subscription','entities':[{'type':'Thing'}],'timeInterval':5,'watchedAttributes':['a'],N}",
        "{'type':'Subscription','watchedAttributes':['a'],'timeInterval':5,N}",
        "{'type':'Subscription','entities':[{'type':'Thing'}],'expiresAt':'2020-01-01T00:00:00Z',N}",
        "{'type':'Subscription','entities':[{'type':'Thing'}],'expiresAt':'tomorrow',N}",
        "{'type':'Subscription','entities':[{'type':'Thing'}],'isActive':'yes',N}",
        "{'type':'Subscription','entities':[{'type':'Thing'}],'notificationTrigger':['somethingHappened'],N}",
        "{'type':'Subscription','entities':[{'type':'Thing'}],'notification':{}}",
        "{'type':'Subscription','entities':[{'type':'Thing'}],'notification':{'endpoint':{}}}",
        "{'type':'Subscription','entities':[{'type':'Thing'}],'notification':{'endpoint':{'uri':'no uri'}}}",
        "{'type':'Subscription','entities':[{'type':'Thing'}],'notification':{'endpoint':{'uri':'http://localhost:9/n','accept':'text/html'}}}",
        "{'type':'Subscription','entities':[{'type':'Thing'}],'notification':{'attributes':[],'endpoint':{'uri':'http://localhost:9/n'}}}",
        "{'type':'Subscription','entities':[{'type':'Thing'}],'notification':{'format':'nothing','endpoint':{'uri':'http://localhost:9/n'}}}",
        "{'type':'Subscription','entities':[{'type':'Thing'}],'notification':{'format':'keyValues','showChanges':true,'endpoint':{'uri':'http://localhost:9/n'}}}",
        "{'type':'Subscription','entities':[{'type':'Thing'}],'notification':{'endpoint':{'uri':'http://localhost:9/n','timeout':-1}}}",
        "{'type':'Subscription','entities':[{'type':'Thing'}],'description':'urn:ngsi-ld:null',N}",
        "{'type':'Subscription','entities':[{'type':'Thing'}],'notification':{'endpoint':{'uri':'urn:a:b'}}}",
        "{'type':'Subscription','entities':[{'type':'Thing'}],'notification':{'join':'flat','joinLevel':'1','endpoint':{'uri':'http://localhost:9/n'}}}",
        "[]"
      })
  @Clause({"5.8.1", "5.2.1", "5.2.12", "5.2.14", "5.2.15"})
  void whatIsNoSubscriptionIsRefused(String body) {
    post("/subscriptions").json(body.replace("N}", NOTIFY + "}")).refused(400, "BadRequestData");
  }

  @Test
  @Clause({"5.8.1", "5.5.4"})
  void whatIsNoJsonIsAnInvalidRequest() {
    post("/subscriptions").body(JSON, "{").refused(400, "InvalidRequest");
    post("/subscriptions").body(JSON, "").refused(400, "InvalidRequest");
  }

  @Test
  @Clause("5.8.1")
  void theContextOfNotificationsMustBeThere() {
    post("/subscriptions")
        .json(
            "{'type':'Subscription','entities':[{'type':'Thing'}],'jsonldContext':'http://localhost:1/c.jsonld',"
                + NOTIFY
                + "}")
        .refused(504, "LdContextNotAvailable");
  }

  @Test
  @Clause({"5.8.1", "5.2.12"})
  void whatOnlyTheBrokerSaysIsIgnoredWhenItComesIn() {
    var id =
        subscribed(
            "'entities':[{'type':'Thing'}],'status':'paused','createdAt':'2000-01-01T00:00:00Z',"
                + "'notification':{'status':'failed','timesSent':7,'endpoint':{'uri':'http://localhost:9/n'}}");

    get(path(id)).expect(200).has("status", "'active'").hasNo("notification/timesSent");
    delete(path(id)).expect(204);
  }

  @Test
  @Clause({"5.8.2", "6.11.3.2"})
  void aSubscriptionIsChangedMemberByMember() {
    var id = subscribed("'entities':[{'type':'Thing'}],'description':'old','q':'a>1'," + NOTIFY);

    patch(path(id))
        .json("{'type':'Subscription','description':'new','watchedAttributes':['b']}")
        .expect(204)
        .hasNoBody();
    get(path(id))
        .expect(200)
        .has("description", "'new'")
        .has("q", "'a>1'")
        .has("watchedAttributes", "['b']");

    patch(path(id)).json("{'description':'%s','q':'%s'}", NULL, NULL).expect(204);
    get(path(id)).expect(200).hasNo("description", "q");
    patch(path(id))
        .json(
            "{'watchedAttributes':['%s'],'notification':{'format':'%s','endpoint':{'uri':'http://localhost:9/m'}}}",
            NULL, NULL)
        .expect(204);
    get(path(id))
        .expect(200)
        .has("notification/endpoint/uri", "'http://localhost:9/m'")
        .hasNo("watchedAttributes", "notification/format");
    delete(path(id)).expect(204);
  }

  @Test
  @Clause({"5.8.2", "6.11.3.2"})
  void aSubscriptionIsPausedAndGoesOn() {
    var id = subscribed("'entities':[{'type':'Thing'}]," + NOTIFY);

    get(path(id)).expect(200).has("status", "'active'");
    patch(path(id)).json("{'isActive':false}").expect(204);
    get(path(id)).expect(200).has("status", "'paused'");
    patch(path(id)).json("{'isActive':true}").expect(204);
    get(path(id)).expect(200).has("status", "'active'");
    patch(path(id)).json("{'expiresAt':'2020-01-01T00:00:00Z'}").refused(400, "BadRequestData");
    patch(path(id)).json("{'expiresAt':'2099-01-01T00:00:00Z'}").expect(204);
    get(path(id)).expect(200).has("status", "'active'").has("expiresAt", "'2099-01-01T00:00:00Z'");
    delete(path(id)).expect(204);
  }

  @Test
  @Clause({"5.8.1", "5.8.2"})
  void aSubscriptionExpiresAndMayBeRevived() {
    var soon =
        java.time.Instant.now().plusMillis(8_000).truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
    var id = subscribed("'entities':[{'type':'Thing'}],'expiresAt':'" + soon + "'," + NOTIFY);
    get(path(id)).expect(200).has("status", "'active'");

    eventually(() -> get(path(id)).expect(200).has("status", "'expired'"));
    patch(path(id)).json("{'expiresAt':'2099-01-01T00:00:00Z'}").expect(204);
    get(path(id)).expect(200).has("status", "'active'");
    delete(path(id)).expect(204);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'q':'a>'}",
        "{'throttling':-1}",
        "{'timeInterval':0}",
        "{'entities':[]}",
        "{'notification':{'endpoint':{'uri':'no uri'}}}",
        "{'isActive':'perhaps'}",
        "{'id':'urn:ngsi-ld:Subscription:another'}",
        "{'type':'Nothing'}",
        "[]"
      })
  @Clause({"5.8.2", "6.11.3.2"})
  void aChangeThatMakesNoSubscriptionIsRefused(String body) {
    var id = subscribed("'entities':[{'type':'Thing'}],'q':'a>1'," + NOTIFY);

    patch(path(id)).json(body).refused(400, "BadRequestData");
    get(path(id)).expect(200).has("q", "'a>1'");
    delete(path(id)).expect(204);
  }

  @Test
  @Clause({"5.8.2", "5.8.3", "5.8.5", "6.11.3.1", "6.11.3.2", "6.11.3.3"})
  void whatIsNotThereIsNotFound() {
    var nowhere = path("urn:ngsi-ld:Subscription:" + unique());
    get(nowhere).refused(404, "ResourceNotFound");
    patch(nowhere).json("{'description':'x'}").refused(404, "ResourceNotFound");
    delete(nowhere).refused(404, "ResourceNotFound");
    get("/subscriptions/nouri").refused(400, "BadRequestData");
    patch("/subscriptions/nouri").json("{'description':'x'}").refused(400, "BadRequestData");
    delete("/subscriptions/nouri").refused(400, "BadRequestData");
  }

  @Test
  @Clause({"5.8.5", "6.11.3.3"})
  void aSubscriptionIsGone() {
    var id = subscribed("'entities':[{'type':'Thing'}]," + NOTIFY);

    delete(path(id)).expect(204).hasNoBody();
    get(path(id)).refused(404, "ResourceNotFound");
  }

  @Test
  @Clause({"5.8.4", "6.10.3.2", "6.3.10", "6.3.13"})
  void subscriptionsAreListedByPages() {
    var tenant = "t" + unique();
    for (int i = 0; i < 3; i++)
      post("/subscriptions")
          .tenant(tenant)
          .json("{'type':'Subscription','entities':[{'type':'Thing'}]," + NOTIFY + "}")
          .expect(201);

    var all = get("/subscriptions").tenant(tenant).expect(200).hasType(JSON);
    assertThat(all.ids()).hasSize(3).doesNotHaveDuplicates();
    assertThat(all.linked(Request.LD_CONTEXT)).isPresent();
    var page =
        get("/subscriptions").tenant(tenant).with("limit", 2).with("count", true).expect(200);
    assertThat(page.ids()).hasSize(2);
    page.hasHeader("NGSILD-Results-Count", "3");
    assertThat(page.linked("next")).isPresent();
    var last = get("/subscriptions").tenant(tenant).with("limit", 2).with("offset", 2).expect(200);
    assertThat(last.ids()).hasSize(1);
    assertThat(last.linked("prev")).isPresent();
    assertThat(last.linked("next")).isEmpty();
    get("/subscriptions").tenant(tenant).with("limit", 0).refused(400, "BadRequestData");
    get("/subscriptions")
        .tenant(tenant)
        .with("limit", 0)
        .with("count", true)
        .expect(200)
        .is("[]")
        .hasHeader("NGSILD-Results-Count", "3");
    get("/subscriptions").tenant(tenant).with("limit", -1).refused(400, "BadRequestData");
    get("/subscriptions")
        .tenant(tenant)
        .accept(LD_JSON)
        .expect(200)
        .hasType(LD_JSON)
        .at("0/@context");
  }
}
