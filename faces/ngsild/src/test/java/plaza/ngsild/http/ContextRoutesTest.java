package plaza.ngsild.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import plaza.graph.Value;

/// Clauses 5.13, 6.29, 6.30: contexts that are hosted, cached and implicitly created.
class ContextRoutesTest {
  private static final String REMOTE = "https://contexts.example/city.jsonld";
  private static final String USING =
      "<" + REMOTE + ">; rel=\"http://www.w3.org/ns/json-ld#context\"";

  private final Broker broker = new Broker();

  @AfterEach
  void stop() {
    broker.close();
  }

  private void useRemote(String iri) {
    broker.web.put(REMOTE, "{\"@context\": {\"speed\": \"" + iri + "\"}}");
    broker.get("/entities?type=speed", "Link", USING);
  }

  @Test
  void aFetchedContextIsListedAsCachedAndCounted() {
    useRemote("https://example.org/speed");
    broker.get("/entities?type=speed", "Link", USING);
    broker.get("/entities?type=speed", "Link", USING);

    assertThat(broker.get("/jsonldContexts?kind=Cached").items()).containsExactly(Value.of(REMOTE));
    var details = members(broker.get("/jsonldContexts?kind=Cached&details=true").items());
    assertThat(details.get("URL")).isEqualTo(Value.of(REMOTE));
    assertThat(details.get("kind")).isEqualTo(Value.of("Cached"));
    assertThat(details.get("numberOfHits")).isEqualTo(Value.of(2));
    assertThat(details).containsKeys("localId", "createdAt", "expiresAt", "lastUsage");
    var id = ((Value.Text) details.get("localId")).text();
    assertThat(broker.get("/jsonldContexts/" + id + "?details=true").status()).isEqualTo(200);
    var content = broker.get("/jsonldContexts/" + id);
    assertThat(content.status()).isEqualTo(422);
    assertThat(content.error()).isEqualTo("OperationNotSupported");
    assertThat(broker.get("/jsonldContexts?kind=Hosted").items()).doesNotContain(Value.of(REMOTE));
  }

  @Test
  void clause51354ReloadTakesTheNewestAndKeepsTheOldWhenThatFails() {
    useRemote("https://example.org/old");
    var id = idOfCached();
    broker.web.put(REMOTE, "{\"@context\": {\"speed\": \"https://example.org/new\"}}");

    assertThat(broker.delete("/jsonldContexts/" + id + "?reload=true").status()).isEqualTo(204);
    broker.post("/entities", "{\"id\": \"urn:a:1\", \"type\": \"speed\"}", "Link", USING);
    assertThat(broker.get("/entities/urn:a:1").member("type"))
        .isEqualTo(Value.of("https://example.org/new"));

    for (var broken : List.of("", "{", "{}", "{\"@context\": 7}")) {
      if (broken.isEmpty()) broker.web.remove(REMOTE);
      else broker.web.put(REMOTE, broken);
      var answer = broker.delete("/jsonldContexts/" + id + "?reload=true");
      assertThat(answer.status()).as(broken).isEqualTo(504);
      assertThat(answer.error()).isEqualTo("LdContextNotAvailable");
    }
    assertThat(broker.get("/entities?type=speed", "Link", USING).items()).hasSize(1);
  }

  /// Clause 5.13.2.4; whoever sends one can mend it, unlike what others have published.
  @Test
  void aTermThatStandsTwiceInASentContextIsNamed() {
    var context =
        "{\"@context\": {\"speed\": \"https://a.org/1\", \"speed\": \"https://a.org/2\"}}";

    var answer = broker.send("POST", "/jsonldContexts", context);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("\\\"speed\\\" stands twice in one JSON object at line 1");
  }

  @Test
  void aCachedContextIsDeletedByItsIdOrItsUrl() {
    useRemote("https://example.org/speed");
    assertThat(broker.delete("/jsonldContexts/" + idOfCached()).status()).isEqualTo(204);
    assertThat(broker.get("/jsonldContexts?kind=Cached").items()).isEmpty();

    useRemote("https://example.org/speed");
    var byUrl = "/jsonldContexts/https%3A%2F%2Fcontexts.example%2Fcity.jsonld";
    assertThat(broker.delete(byUrl).status()).isEqualTo(204);
    assertThat(broker.delete(byUrl).status()).isEqualTo(404);
    assertThat(broker.delete("/jsonldContexts/unknown?reload=true").status()).isEqualTo(404);
  }

  @Test
  void aHostedContextIsServedCountedNotReloadedAndDeleted() {
    var added =
        broker.post("/jsonldContexts", "{\"@context\": {\"a\": \"https://example.org/a\"}}");
    var id = added.header("Location").substring(added.header("Location").lastIndexOf('/') + 1);
    var url = "http://127.0.0.1:" + broker.port() + Broker.BASE + "/jsonldContexts/" + id;
    var link = "<" + url + ">; rel=\"http://www.w3.org/ns/json-ld#context\"";
    broker.get("/entities?type=a", "Link", link);

    assertThat(broker.get("/jsonldContexts/" + id).member("@context"))
        .isEqualTo(Broker.json("{\"a\": \"https://example.org/a\"}"));
    var details = broker.get("/jsonldContexts/" + id + "?details=true");
    assertThat(details.member("kind")).isEqualTo(Value.of("Hosted"));
    assertThat(details.member("URL")).isEqualTo(Value.of(url));
    assertThat(details.member("numberOfHits")).isEqualTo(Value.of(1));
    var reload = broker.delete("/jsonldContexts/" + id + "?reload=true");
    assertThat(reload.status()).isEqualTo(400);
    assertThat(reload.error()).isEqualTo("BadRequestData");
    assertThat(broker.delete("/jsonldContexts/" + id).status()).isEqualTo(204);
    assertThat(broker.get("/jsonldContexts/" + id).status()).isEqualTo(404);
  }

  @Test
  void aContextOutOfABodyIsImplicitlyCreated() {
    broker.web.put(REMOTE, "{\"@context\": {\"speed\": \"https://example.org/speed\"}}");
    var answer =
        broker.send(
            "POST",
            "/entityOperations/query",
            "{\"@context\": [\""
                + REMOTE
                + "\", {\"a\": \"https://example.org/a\"}], \"type\": \"Query\","
                + " \"entities\": [{\"type\": \"a\"}]}",
            "Content-Type",
            "application/ld+json");

    assertThat(answer.status()).isEqualTo(200);
    var implicit = broker.get("/jsonldContexts?kind=ImplicitlyCreated").items();
    assertThat(implicit).hasSize(1);
    assertThat(answer.headers("Link")).contains(((Value.Text) implicit.getFirst()).text());
  }

  private String idOfCached() {
    var details = members(broker.get("/jsonldContexts?kind=Cached&details=true").items());
    return ((Value.Text) details.get("localId")).text();
  }

  private static java.util.Map<String, Value> members(List<Value> items) {
    assertThat(items).hasSize(1);
    return ((Value.Struct) items.getFirst()).members();
  }
}
