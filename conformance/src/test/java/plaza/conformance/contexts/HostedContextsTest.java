package plaza.conformance.contexts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plaza.conformance.Broker;
import plaza.conformance.Checks;
import plaza.conformance.Clause;
import plaza.conformance.Receiver;
import plaza.conformance.Request;

class HostedContextsTest extends Checks {
  private static String added(String terms) {
    var location =
        post("/jsonldContexts")
            .json("{'@context':%s}".formatted(terms))
            .expect(201)
            .hasNoBody()
            .header("Location");
    return location.substring(location.lastIndexOf('/') + 1);
  }

  private static String url(String id) {
    return Broker.checked().url() + "/jsonldContexts/" + id;
  }

  @Test
  @Clause({"5.13.2", "5.13.3", "4.6.3"})
  void anAddedContextIsListedOnce() {
    var before = get("/jsonldContexts").expect(200).body();
    var term = "t" + unique();
    var location =
        post("/jsonldContexts")
            .ld("{'@context':{'%s':'https://example.org/%s'}}", term, term)
            .expect(201)
            .header("Location");
    var name = location.substring(location.lastIndexOf('/') + 1);

    assertThat(get("/jsonldContexts").expect(200).body().split(",", -1).length)
        .isLessThanOrEqualTo(before.equals("[]") ? 1 : before.split(",", -1).length + 1);
    var details = get("/jsonldContexts/" + name).with("details", true).expect(200);
    assertThat(details.text("createdAt")).matches("[-0-9]{10}T[:0-9]{8}(\\.\\d{1,6})?Z");
    delete("/jsonldContexts/" + name).expect(204);
  }

  @Test
  @Clause({"5.13.2", "5.13.4", "6.29.3.1", "6.30.3.1"})
  void aContextIsAddedAndServed() {
    var id = added("{'mass':'https://example.org/mass'}");

    get("/jsonldContexts/" + id).expect(200).is("{'@context':{'mass':'https://example.org/mass'}}");
    delete("/jsonldContexts/" + id).expect(204).hasNoBody();
    get("/jsonldContexts/" + id).refused(404, "ResourceNotFound");
    delete("/jsonldContexts/" + id).refused(404, "ResourceNotFound");
  }

  @Test
  @Clause({"5.13.2", "6.29.3.1"})
  void whatStandsBesideTheContextIsDiscarded() {
    var location =
        post("/jsonldContexts")
            .json("{'@context':{'mass':'https://example.org/mass'},'note':'x'}")
            .expect(201)
            .header("Location");

    get("/jsonldContexts/" + location.substring(location.lastIndexOf('/') + 1))
        .expect(200)
        .is("{'@context':{'mass':'https://example.org/mass'}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'context':{}}",
        "[]",
        "5",
        "{'@context':5}",
        "{'@context':{'a':5}}",
        "{'@context':[[{'a':'urn:a'}]]}",
        "{'@context':{'a':{'@id':'urn:a','@context':{}}}}"
      })
  @Clause({"5.13.2", "6.29.3.1"})
  void whatIsNoContextIsRefused(String body) {
    post("/jsonldContexts").json(body).refused(400, "BadRequestData");
  }

  @Test
  @Clause({"5.13.2", "5.5.4"})
  void whatIsNoJsonIsAnInvalidRequest() {
    post("/jsonldContexts").body(JSON, "{").refused(400, "InvalidRequest");
    post("/jsonldContexts").body(JSON, "").refused(400, "InvalidRequest");
  }

  @Test
  @Clause({"5.13.2", "6.3.5"})
  void aHostedContextMeansSomethingInRequests() {
    var id = added("{'mass':'https://example.org/mass','Car':'https://example.org/Car'}");
    var car = newId();
    post("/entities")
        .link(url(id))
        .json("{'id':'%s','type':'Car','mass':{'type':'Property','value':1}}", car)
        .expect(201);

    get(entity(car)).expect(200).has("type", "'https://example.org/Car'");
    var answer =
        get(entity(car)).link(url(id)).expect(200).has("type", "'Car'").has("mass/value", "1");
    assertThat(answer.linked(Request.LD_CONTEXT)).contains(url(id));
    get(entity(car))
        .link(url(id))
        .accept(LD_JSON)
        .expect(200)
        .has(
            "@context",
            "['%s','%s']",
            url(id),
            get(entity(car)).expect(200).linked(Request.LD_CONTEXT).orElseThrow());
  }

  @Test
  @Clause({"5.13.3", "6.29.3.2"})
  void contextsAreListed() {
    var id = added("{'mass':'https://example.org/mass'}");

    assertThat(get("/jsonldContexts").expect(200).texts("")).anyMatch(url -> url.endsWith(id));
    assertThat(get("/jsonldContexts").with("kind", "Hosted").expect(200).texts(""))
        .anyMatch(url -> url.endsWith(id));
    assertThat(get("/jsonldContexts").with("kind", "Cached").expect(200).texts(""))
        .noneMatch(url -> url.endsWith(id));
    assertThat(get("/jsonldContexts").with("kind", "ImplicitlyCreated").expect(200).texts(""))
        .noneMatch(url -> url.endsWith(id));
    get("/jsonldContexts").with("kind", "Nothing").expect(400);
    get("/jsonldContexts").with("details", "perhaps").expect(400);
  }

  @Test
  @Clause({"5.13.3", "5.13.4", "6.29.3.2", "6.30.3.1"})
  void contextsAreDescribed() {
    var id = added("{'mass':'https://example.org/mass'}");

    var one =
        get("/jsonldContexts")
            .with("details", true)
            .with("kind", "Hosted")
            .expect(200)
            .list()
            .stream()
            .map(each -> (Map<?, ?>) each)
            .filter(each -> String.valueOf(each.get("URL")).endsWith(id))
            .findFirst()
            .orElseThrow();
    assertThat(one.get("kind")).isEqualTo("Hosted");
    assertThat(one.get("localId")).isEqualTo(id);
    java.time.Instant.parse(String.valueOf(one.get("createdAt")));
    var shown = get("/jsonldContexts/" + id).with("details", true).expect(200);
    shown.has("localId", "'%s'", id).has("kind", "'Hosted'");
    java.time.Instant.parse(shown.text("createdAt"));
  }

  @Test
  @Clause({"5.13.4", "5.13.5", "6.30.3.1"})
  void aContextThatIsNotThereIsNotFound() {
    get("/jsonldContexts/" + unique()).refused(404, "ResourceNotFound");
    get("/jsonldContexts/" + unique()).with("details", true).refused(404, "ResourceNotFound");
    delete("/jsonldContexts/" + unique()).refused(404, "ResourceNotFound");
    delete("/jsonldContexts/" + unique()).with("reload", true).refused(404, "ResourceNotFound");
  }

  @Test
  @Clause({"5.13.5", "6.30.3.2"})
  void onlyWhatWasFetchedCanBeFetchedAgain() {
    var id = added("{'mass':'https://example.org/mass'}");

    delete("/jsonldContexts/" + id).with("reload", true).refused(400, "BadRequestData");
    get("/jsonldContexts/" + id).expect(200);
  }

  @Test
  @Clause({"5.13.1", "5.13.3", "5.13.4", "5.13.5", "6.30.3.1", "6.30.3.2"})
  void aFetchedContextIsKeptDescribedFetchedAgainAndForgotten() {
    var source = new Receiver().serving("{\"@context\":{\"mass\":\"https://example.org/one\"}}");
    var id = newId();
    post("/entities")
        .link(source.url())
        .json("{'id':'%s','type':'Thing','mass':{'type':'Property','value':1}}", id)
        .expect(201);
    get(entity(id)).link(source.url()).expect(200).has("mass/value", "1");
    assertThat(source.asked()).isEqualTo(1);

    assertThat(get("/jsonldContexts").with("kind", "Cached").expect(200).texts(""))
        .contains(source.url());
    var named = "/jsonldContexts/" + Request.encode(source.url());
    get(named)
        .with("details", true)
        .expect(200)
        .has("URL", "'%s'", source.url())
        .has("kind", "'Cached'");
    get(named).refused(422, "OperationNotSupported");

    source.serving("{\"@context\":{\"weight\":\"https://example.org/one\"}}");
    delete(named).with("reload", true).expect(204);
    get(entity(id)).link(source.url()).expect(200).has("weight/value", "1");
    source.answering(500);
    delete(named).with("reload", true).refused(504, "LdContextNotAvailable");
    get(entity(id)).link(source.url()).expect(200).has("weight/value", "1");
    delete(named).expect(204);
    assertThat(get("/jsonldContexts").with("kind", "Cached").expect(200).texts(""))
        .doesNotContain(source.url());
  }

  @Test
  @Clause({"5.13.1", "5.13.3"})
  void aContextThatCameInABodyIsKeptForThoseWhoFollowTheLink() {
    var type = newType();
    post("/entityOperations/query")
        .ld(
            "{'type':'Query','entities':[{'type':'%s'}],'@context':[{'%s':'https://example.org/%s'},'%s']}",
            type, type, type, CORE)
        .expect(200);
    var answer =
        post("/entityOperations/query")
            .ld(
                "{'type':'Query','entities':[{'type':'%s'}],'@context':[{'%s':'https://example.org/%s'},'%s']}",
                type, type, type, CORE)
            .expect(200);
    var link = answer.linked(Request.LD_CONTEXT).orElseThrow();

    assertThat(get("/jsonldContexts").with("kind", "ImplicitlyCreated").expect(200).texts(""))
        .contains(link);
    assertThat(
            get("/jsonldContexts/" + link.substring(link.lastIndexOf('/') + 1)).expect(200).body())
        .contains(type);
    assertThat(List.of(link)).allMatch(url -> url.startsWith("http"));
  }

  @Test
  @Clause({"4.4", "5.5.7"})
  void prefixesAliasesAndArraysOfContextsWork() {
    var id = newId();
    post("/entities")
        .ld(
            "{'id':'%s','type':'ex:Car','ex:mass':{'type':'Property','value':1},'speed':{'type':'Property','value':2},"
                + "'@context':[{'ex':'https://example.org/'},{'speed':'ex:velocity'},'%s']}",
            id, CORE)
        .expect(201);

    get(entity(id))
        .expect(200)
        .is(
            "{'id':'%s','type':'https://example.org/Car','https://example.org/mass':{'type':'Property','value':1},"
                + "'https://example.org/velocity':{'type':'Property','value':2}}",
            id);
  }

  @Test
  @Clause("6.3.16")
  void aFetchedContextIsKeptAsLongAsItsSenderSays() {
    var kept = new Receiver().serving("{\"@context\":{\"a\":\"https://example.org/a\"}}");
    var fleeting =
        new Receiver().serving("{\"@context\":{\"a\":\"https://example.org/a\"}}").keptFor(0);
    for (int i = 0; i < 3; i++)
      for (var each : List.of(kept, fleeting))
        get("/entities").with("type", newType()).link(each.url()).expect(200);

    assertThat(kept.asked()).isEqualTo(1);
    assertThat(fleeting.asked()).isGreaterThan(1);
  }

  @Test
  @Clause({"4.4", "5.5.7"})
  void aContextMayNameOthers() {
    var inner = new Receiver().serving("{\"@context\":{\"mass\":\"https://example.org/mass\"}}");
    var outer = new Receiver().serving("{\"@context\":[\"" + inner.url() + "\",\"" + CORE + "\"]}");
    var id = newId();
    post("/entities")
        .link(outer.url())
        .json("{'id':'%s','type':'Thing','mass':{'type':'Property','value':1}}", id)
        .expect(201);

    get(entity(id)).expect(200).at("https://example.org/mass");
  }

  @Test
  @Clause({"6.3.4", "6.3.6", "6.29.3.2", "6.30.3.1"})
  void whatIsAskedForIsTheTypeOfTheAnswer() {
    var path = "/jsonldContexts/" + added("{'a':'https://example.org/a'}");

    for (var each : List.of("/jsonldContexts", path)) {
      get(each).accept(JSON).expect(200).hasType(JSON);
      get(each).accept(LD_JSON).expect(200).hasType(LD_JSON);
      for (var other : List.of("text/html", GEO_JSON)) get(each).accept(other).expect(406);
    }
  }

  @Test
  @Clause({"5.13.2", "6.3.5"})
  void nullIsNoContext() {
    post("/jsonldContexts").json("{'@context':null}").refused(400, "BadRequestData");
    post("/entities")
        .ld("{'id':'%s','type':'Thing','@context':null}", newId())
        .refused(400, "BadRequestData");
  }
}
