package plaza.ngsild.subscription;

import io.helidon.webserver.WebServer;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Random;
import plaza.access.Access;
import plaza.access.AccessSettings;
import plaza.graph.Address;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.ledger.Actor;
import plaza.ledger.Policy;
import plaza.ledger.store.Store;
import plaza.ngsild.context.HostedContexts;
import plaza.ngsild.distribute.Distributor;
import plaza.ngsild.distribute.SourceLimits;
import plaza.ngsild.http.NgsiLdFace;
import plaza.ngsild.http.SubscriptionFace;
import plaza.ngsild.source.Registrations;
import plaza.outbound.OutboundGuard;
import plaza.testkit.MemoryStore;
import plaza.web.Site;

/// A city that subscribes at others, and others at it, over HTTP.
final class FederatedCity implements AutoCloseable {
  private static final String API = "/ngsi-ld/v1";

  final SubscribedCity city;
  final Registrations registrations;
  private final Distributor distributor;
  private final WebServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  FederatedCity(String alias) {
    this(alias, Policy.OPEN);
  }

  FederatedCity(String alias, Policy policy) {
    this(alias, policy, new MemoryStore());
  }

  FederatedCity(String alias, Policy policy, Store store) {
    var time = new TestTime();
    this.city = new SubscribedCity(store, time, policy);
    this.registrations = city.registrations;
    this.distributor =
        new Distributor(
            registrations.registry(),
            city.reader,
            city.contexts,
            OutboundGuard.ALLOW_PRIVATE,
            SourceLimits.DEFAULT,
            _ -> alias,
            time);
    var entities =
        new NgsiLdFace(
                city.ledger,
                city.reader,
                policy,
                city.contexts,
                new HostedContexts(city.ledger.notebook("ngsild.contexts"), time))
            .distributing(distributor);
    var subscriptions =
        SubscriptionFace.toEntities(
            city.ledger, city.reader, policy, city.contexts, city.subscriptions);
    subscriptions.spreading(
        distributor, city.subscriptions.spread(distributor, this::url, new Random()));
    this.server =
        WebServer.builder()
            .address(InetAddress.getLoopbackAddress())
            .port(0)
            .routing(
                new Site(
                        new Access(AccessSettings.DEFAULT, time, new Random(1)).authenticator(),
                        (_, _, _) -> {},
                        List.of(entities.routes(), subscriptions.routes()))
                    .routing())
            .build()
            .start();
  }

  String url() {
    return "http://127.0.0.1:" + server.port();
  }

  /// @param rest members beside type and endpoint, as JSON without braces
  /// @return the registration's id
  String register(FederatedCity other, String rest) {
    return register(other.url(), rest);
  }

  String register(String endpoint, String rest) {
    var document =
        Json.parse(
            "{\"type\":\"ContextSourceRegistration\",\"endpoint\":\""
                + endpoint
                + "\","
                + rest
                + "}");
    return registrations
        .desk()
        .create(
            Actor.of("urn:plaza:operator"),
            Address.DEFAULT,
            (Value.Struct) document,
            city.contexts.core());
  }

  String registerAll(FederatedCity other) {
    return register(other, "\"information\":[{\"entities\":[{\"type\":\"Bus\"}]}]");
  }

  int send(String method, String path, String body) throws Exception {
    return exchange(method, path, body).statusCode();
  }

  /// What an entity's write is answered must be fine.
  void hold(String entity) throws Exception {
    var answer = exchange("POST", "/entityOperations/upsert?local=true", "[" + entity + "]");
    if (answer.statusCode() >= 300) throw new AssertionError(answer.body());
  }

  /// The subscriptions at this city, as JSON.
  List<Value> subscriptions() throws Exception {
    return ((Value.Items) Json.parse(exchange("GET", "/subscriptions", null).body())).items();
  }

  HttpResponse<String> exchange(String method, String path, String body) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(url() + API + path));
    if (body != null) request.header("Content-Type", "application/json");
    request.method(
        method,
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body));
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    client.close();
    server.stop();
    distributor.close();
    city.close();
  }
}
