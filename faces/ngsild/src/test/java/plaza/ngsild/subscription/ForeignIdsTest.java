package plaza.ngsild.subscription;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static plaza.testkit.Eventually.eventually;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import plaza.graph.Address;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.ledger.Actor;
import plaza.ledger.Policy;
import plaza.testkit.MemoryStore;

/// A source gives subscriptions ids of its own and says so in `Location` (clauses 5.8.1.4,
/// 6.10.3.1): they are changed and deleted by these, over restarts and lost answers.
class ForeignIdsTest {
  private final MemoryStore store = new MemoryStore();
  private final Map<String, Value.Struct> there = new ConcurrentSkipListMap<>();
  private final AtomicInteger made = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private volatile boolean mute;
  private volatile boolean away;
  private HttpServer source;
  private FederatedCity north = city();
  private String registration;

  private FederatedCity city() {
    return new FederatedCity("north", Policy.OPEN, store);
  }

  @BeforeEach
  void start() throws IOException {
    source = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    source.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    source.createContext("/ngsi-ld/v1/subscriptions", this::answer);
    source.start();
    registration = register();
  }

  private String register() {
    return north.register(
        "http://127.0.0.1:" + source.getAddress().getPort(),
        "\"information\":[{\"entities\":[{\"type\":\"Bus\"}]}]");
  }

  @AfterEach
  void stop() {
    north.close();
    source.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getPath().substring("/ngsi-ld/v1/subscriptions".length());
    var id = path.isEmpty() ? "" : path.substring(1);
    var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    if (away) {
      refused.incrementAndGet();
      exchange.sendResponseHeaders(503, -1);
      return;
    }
    int status =
        switch (exchange.getRequestMethod()) {
          case "POST" -> {
            var own = "urn:own:" + made.incrementAndGet();
            there.put(own, (Value.Struct) Json.parse(body));
            exchange
                .getResponseHeaders()
                .set("Location", "/ngsi-ld/v1/subscriptions/" + own.replace(":", "%3A"));
            yield mute ? 500 : 201;
          }
          case "PATCH" -> {
            var known = there.get(id);
            if (known == null) yield 404;
            var members = new LinkedHashMap<>(known.members());
            members.putAll(((Value.Struct) Json.parse(body)).members());
            there.put(id, new Value.Struct(members));
            yield 204;
          }
          case "DELETE" -> there.remove(id) == null ? 404 : 204;
          default -> 200;
        };
    var listed = Json.bytes(new Value.Items(listed()));
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, status == 200 ? listed.length : -1);
    if (status == 200) exchange.getResponseBody().write(listed);
    exchange.close();
  }

  private List<Value> listed() {
    var all = new ArrayList<Value>();
    there.forEach((id, document) -> {
      var members = new LinkedHashMap<>(document.members());
      members.put("id", Value.of(id));
      all.add(new Value.Struct(members));
    });
    return all;
  }

  private void subscribe() throws Exception {
    int status =
        north.send(
            "POST",
            "/subscriptions",
            "{\"id\": \"urn:my:sub\", \"type\": \"Subscription\","
                + " \"entities\": [{\"type\": \"Bus\"}], \"q\": \"speed>1\","
                + " \"notification\": {\"endpoint\": {\"uri\": \"http://127.0.0.1:9/\"}}}");
    assertThat(status).isEqualTo(201);
  }

  private void change(String q) throws Exception {
    assertThat(north.send("PATCH", "/subscriptions/urn:my:sub", "{\"q\": \"" + q + "\"}"))
        .isEqualTo(204);
  }

  private void assertOnly(String id, String q) {
    eventually(() -> {
      assertThat(there).containsOnlyKeys(id);
      assertThat(there.get(id).members()).containsEntry("q", Value.of(q));
    });
  }

  @Test
  void theCopyIsChangedAndDeletedByTheIdOfItsLocation() throws Exception {
    subscribe();
    assertOnly("urn:own:1", "speed>1");

    change("speed>2");
    assertOnly("urn:own:1", "speed>2");

    north.send("DELETE", "/subscriptions/urn:my:sub", null);
    eventually(() -> assertThat(there).isEmpty());
  }

  @Test
  void theIdIsKnownAfterARestart() throws Exception {
    subscribe();
    assertOnly("urn:own:1", "speed>1");
    north.close();
    north = city();

    change("speed>3");

    assertOnly("urn:own:1", "speed>3");
    assertThat(made).hasValue(1);
  }

  @Test
  void anAnswerThatWasLostLeavesNoSecondCopy() throws Exception {
    mute = true;
    subscribe();
    eventually(() -> assertThat(there).containsOnlyKeys("urn:own:1"));
    north.close();
    mute = false;
    north = city();

    change("speed>4");

    assertOnly("urn:own:1", "speed>4");
    assertThat(made).hasValue(1);
  }

  @Test
  void whatCouldNotBeDeletedGoesAfterARestart() throws Exception {
    subscribe();
    assertOnly("urn:own:1", "speed>1");
    away = true;
    north.send("DELETE", "/subscriptions/urn:my:sub", null);
    north.close();
    away = false;

    north = city();

    eventually(() -> assertThat(there).isEmpty());
  }

  private void unregister() {
    north
        .registrations
        .desk()
        .delete(Actor.of("urn:plaza:operator"), Address.DEFAULT, registration);
  }

  @Test
  void whatIsAtASourceThatIsRegisteredNoMoreGoesAfterARestart() throws Exception {
    subscribe();
    assertOnly("urn:own:1", "speed>1");
    away = true;
    unregister();
    north.close();
    north = city();
    // Once more: nothing that was known of the source is lost by trying.
    eventually(() -> assertThat(refused).hasPositiveValue());
    north.close();
    away = false;

    north = city();

    eventually(() -> assertThat(there).isEmpty());
  }

  @Test
  void aSourceThatIsGoneForGoodIsGivenUpAtLast() throws Exception {
    subscribe();
    assertOnly("urn:own:1", "speed>1");
    away = true;
    unregister();
    eventually(() -> assertThat(refused).hasPositiveValue());
    north.city.time.skip(Duration.ofDays(8));
    var notebook = north.city.ledger.notebook("ngsild.subscription-copies");
    eventually(() -> assertThat(new Mappings(notebook).all()).isEmpty());
    north.close();
    away = false;

    north = city();
    // Registered anew it gets a copy of its own; the one that was given up is not asked for.
    register();

    eventually(() -> assertThat(there).containsKey("urn:own:2"));
    change("speed>5");
    eventually(
        () -> assertThat(there.get("urn:own:2").members()).containsEntry("q", Value.of("speed>5")));
    assertThat(there).containsOnlyKeys("urn:own:1", "urn:own:2");
  }
}
