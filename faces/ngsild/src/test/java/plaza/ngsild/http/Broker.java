package plaza.ngsild.http;

import io.helidon.webserver.WebServer;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import plaza.access.Access;
import plaza.access.AccessSettings;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.ledger.Policy;
import plaza.ledger.store.Store;
import plaza.ngsild.context.ContextFetcher;
import plaza.ngsild.context.ContextUnavailable;
import plaza.ngsild.context.Contexts;
import plaza.ngsild.context.HostedContexts;
import plaza.ngsild.snapshot.SnapshotLimits;
import plaza.ngsild.snapshot.Snapshots;
import plaza.ngsild.source.Registrations;
import plaza.ngsild.subscription.delivery.HttpReceiver;
import plaza.outbound.OutboundGuard;
import plaza.testkit.MemoryStore;
import plaza.testkit.TestCity;
import plaza.web.Site;

/// The whole face on a random port, and somebody who talks to it.
final class Broker implements AutoCloseable {
  static final String BASE = NgsiLdFace.BASE;

  final TestCity city;
  final Registrations registrations;
  final Snapshots snapshots;

  /// What contexts are found at which URLs.
  final Map<String, String> web = new ConcurrentHashMap<>();

  private final WebServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  /// An answer, with its body read when it is JSON.
  record Answer(HttpResponse<String> response) {
    int status() {
      return response.statusCode();
    }

    Value json() {
      return Json.parse(response.body());
    }

    String text() {
      return response.body();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    String headers(String name) {
      return String.join(" ", response.headers().allValues(name));
    }

    Value member(String name) {
      return ((Value.Struct) json()).members().getOrDefault(name, Value.Null.VALUE);
    }

    List<Value> items() {
      return ((Value.Items) json()).items();
    }

    /// Of an error, the end of its type.
    String error() {
      var type = ((Value.Text) member("type")).text();
      return type.substring(type.lastIndexOf('/') + 1);
    }
  }

  Broker() {
    this(new MemoryStore());
  }

  Broker(Store store) {
    this(store, Policy.OPEN, ConsumptionLimits.DEFAULT);
  }

  Broker(Store store, Policy policy) {
    this(store, policy, ConsumptionLimits.DEFAULT);
  }

  Broker(Store store, Policy policy, ConsumptionLimits limits) {
    this.city = new TestCity(store, policy);
    var clock = InstantSource.system();
    var hosted = new HostedContexts(city.ledger.notebook("ngsild.contexts"), clock);
    var contexts = new Contexts(this::fetch, hosted::document, hosted::implicitly, clock);
    this.snapshots =
        new Snapshots(
            city.ledger,
            city.reader,
            policy,
            new HttpReceiver(OutboundGuard.ALLOW_PRIVATE),
            SnapshotLimits.DEFAULT,
            clock);
    var face =
        new NgsiLdFace(city.ledger, city.reader, policy, contexts, hosted, limits)
            .offering(snapshots);
    this.registrations =
        new Registrations(
            store,
            city.ledger,
            city.reader,
            policy,
            OutboundGuard.ALLOW_PRIVATE,
            clock,
            new Random(2));
    registrations.start();
    var sources =
        new RegistrationFace(
            city.ledger,
            city.reader,
            policy,
            contexts,
            registrations.desk(),
            registrations.identity());
    this.server =
        WebServer.builder()
            .address(InetAddress.getLoopbackAddress())
            .port(0)
            .routing(
                new Site(
                        new Access(AccessSettings.DEFAULT, clock, new Random(1)).authenticator(),
                        (_, _, _) -> {},
                        List.of(face.routes(), sources.routes()))
                    .routing())
            .build()
            .start();
  }

  private ContextFetcher.Document fetch(URI url) {
    var body = web.get(url.toString());
    if (body == null) throw new ContextUnavailable(url + " cannot be fetched");
    return new ContextFetcher.Document(body, Duration.ofHours(1));
  }

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

  private URI uri(String path) {
    // What a URL cannot hold as it stands is encoded here, so that tests read like the standard.
    var encoded =
        path.replace("\"", "%22")
            .replace("<", "%3C")
            .replace(">", "%3E")
            .replace("|", "%7C")
            .replace(" ", "%20")
            .replace("[", "%5B")
            .replace("]", "%5D")
            .replace("{", "%7B")
            .replace("}", "%7D")
            .replace("#", "%23");
    return URI.create("http://127.0.0.1:" + server.port() + BASE + encoded);
  }

  int port() {
    return server.port();
  }

  static Value json(String text) {
    return Json.parse(text);
  }

  @Override
  public void close() {
    client.close();
    server.stop();
    registrations.close();
    snapshots.close();
    city.close();
  }
}
