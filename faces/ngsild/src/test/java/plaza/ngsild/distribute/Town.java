package plaza.ngsild.distribute;

import io.helidon.webserver.WebServer;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import plaza.access.Access;
import plaza.access.AccessSettings;
import plaza.graph.Address;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.ledger.Actor;
import plaza.ledger.Policy;
import plaza.ngsild.context.ContextFetcher;
import plaza.ngsild.context.Contexts;
import plaza.ngsild.context.HostedContexts;
import plaza.ngsild.http.NgsiLdFace;
import plaza.ngsild.source.Registrations;
import plaza.outbound.OutboundGuard;
import plaza.testkit.MemoryStore;
import plaza.testkit.TestCity;
import plaza.web.Site;

/// A whole server with context sources, on a port of its own.
final class Town implements AutoCloseable {
  final TestCity city;
  final Registrations registrations;
  private final Contexts contexts;
  private final Distributor distributor;
  private final WebServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  /// An answer, with its body read when it is JSON.
  record Answer(HttpResponse<String> response) {
    int status() {
      return response.statusCode();
    }

    String text() {
      return response.body();
    }

    Value json() {
      return Json.parse(response.body());
    }

    Value member(String name) {
      return ((Value.Struct) json()).members().getOrDefault(name, Value.Null.VALUE);
    }

    List<Value> items() {
      return ((Value.Items) json()).items();
    }

    List<String> ids() {
      return items().stream()
          .map(item -> ((Value.Text) ((Value.Struct) item).members().get("id")).text())
          .toList();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    List<String> warnings() {
      return response.headers().allValues("NGSILD-Warning");
    }

    /// Of an error, the end of its type.
    String error() {
      var type = ((Value.Text) member("type")).text();
      return type.substring(type.lastIndexOf('/') + 1);
    }
  }

  Town(String alias) {
    this(alias, Policy.OPEN, SourceLimits.DEFAULT);
  }

  Town(String alias, Policy policy, SourceLimits limits) {
    var store = new MemoryStore();
    this.city = new TestCity(store, policy);
    var clock = InstantSource.system();
    var hosted = new HostedContexts(city.ledger.notebook("ngsild.contexts"), clock);
    this.contexts = new Contexts(ContextFetcher.NONE, hosted::document, hosted::implicitly, clock);
    this.registrations =
        new Registrations(
            store,
            city.ledger,
            city.reader,
            policy,
            OutboundGuard.ALLOW_PRIVATE,
            clock,
            RandomGenerator.of("L64X128MixRandom"));
    registrations.start();
    this.distributor =
        new Distributor(
            registrations.registry(),
            city.reader,
            contexts,
            OutboundGuard.ALLOW_PRIVATE,
            limits,
            tenant -> tenant.equals(Address.DEFAULT_TENANT) ? alias : alias + "." + tenant,
            clock);
    var face =
        new NgsiLdFace(city.ledger, city.reader, policy, contexts, hosted)
            .distributing(distributor);
    this.server =
        WebServer.builder()
            .address(InetAddress.getLoopbackAddress())
            .port(0)
            .routing(
                new Site(
                        new Access(AccessSettings.DEFAULT, clock, new Random(1)).authenticator(),
                        (_, _, _) -> {},
                        List.of(face.routes()))
                    .routing())
            .build()
            .start();
  }

  String url() {
    return "http://127.0.0.1:" + server.port();
  }

  /// Registers another server.
  ///
  /// @param rest members beside type and endpoint, as JSON without braces
  void register(String endpoint, String rest) {
    register(Address.DEFAULT, endpoint, rest);
  }

  void register(Address address, String endpoint, String rest) {
    var document =
        Json.parse(
            "{\"type\":\"ContextSourceRegistration\",\"endpoint\":\""
                + endpoint
                + "\","
                + rest
                + "}");
    registrations
        .desk()
        .create(Actor.of("urn:plaza:operator"), address, (Value.Struct) document, contexts.core());
  }

  /// Registers everything of a type in a mode, for all operations.
  void register(String mode, Town other, String type) {
    register(
        other.url(),
        "\"mode\":\"%s\",\"information\":[{\"entities\":[{\"type\":\"%s\"}]}],\"operations\":%s"
            .formatted(mode, type, mode.equals("auxiliary") ? "[\"retrieveOps\"]" : ALL));
  }

  static final String ALL =
      "[\"federationOps\",\"redirectionOps\",\"createBatch\",\"upsertBatch\",\"updateBatch\","
          + "\"deleteBatch\",\"mergeBatch\",\"upsertTemporal\",\"appendAttrsTemporal\","
          + "\"deleteAttrsTemporal\",\"deleteTemporal\",\"retrieveTemporal\",\"queryTemporal\"]";

  Answer get(String path, String... headers) {
    return send("GET", path, null, headers);
  }

  Answer delete(String path, String... headers) {
    return send("DELETE", path, null, headers);
  }

  /// Sends JSON without a context in it.
  Answer send(String method, String path, String body, String... headers) {
    var builder = HttpRequest.newBuilder(uri(path));
    boolean typed = false;
    for (int i = 0; i < headers.length; i += 2) {
      builder.header(headers[i], headers[i + 1]);
      typed |= headers[i].equals("Content-Type");
    }
    if (body != null && !typed) builder.header("Content-Type", "application/json");
    builder.method(
        method,
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body));
    try {
      return new Answer(client.send(builder.build(), HttpResponse.BodyHandlers.ofString()));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /// Sends what must succeed.
  Answer post(String path, String body, String... headers) {
    var answer = send("POST", path, body, headers);
    if (answer.status() >= 300)
      throw new AssertionError(path + " was answered " + answer.status() + ": " + answer.text());
    return answer;
  }

  /// Keeps an entity here, whatever sources there are.
  void hold(String entity) {
    post("/entities?local=true", entity);
  }

  private URI uri(String path) {
    var encoded =
        path.replace("\"", "%22")
            .replace("<", "%3C")
            .replace(">", "%3E")
            .replace("|", "%7C")
            .replace(" ", "%20")
            .replace("[", "%5B")
            .replace("]", "%5D")
            .replace("{", "%7B")
            .replace("}", "%7D");
    return URI.create(url() + NgsiLdFace.BASE + encoded);
  }

  static Map<String, Value> members(Value value) {
    return ((Value.Struct) value).members();
  }

  @Override
  public void close() {
    client.close();
    server.stop();
    distributor.close();
    registrations.close();
    city.close();
  }
}
