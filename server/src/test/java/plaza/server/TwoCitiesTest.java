package plaza.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.server.settings.Configuration;
import plaza.server.settings.Settings;

/// Two whole servers, one of which is a context source of the other (clause 4.3.6): what one knows
/// is asked for, changed and subscribed to at the other.
class TwoCitiesTest {
  private static final String NGSI = "/ngsi-ld/v1";
  private static final String DOCK = "urn:ngsi-ld:Dock:1";

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private final LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();
  private HttpServer receiver;
  private City city;
  private City north;
  private String cityUrl;
  private String northUrl;

  @BeforeEach
  void start() throws Exception {
    city = city("city");
    north = city("north");
    cityUrl = city.serve();
    northUrl = north.serve();
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    receiver.createContext(
        "/",
        exchange -> {
          told.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    receiver.start();
  }

  private City city(String name) {
    return new City(
        Settings.of(
            Configuration.of(
                Settings.all(),
                Map.of(),
                Map.of(),
                List.of(
                    "--port",
                    "0",
                    "--open",
                    "--allow-private-hosts",
                    "--data",
                    folder.resolve(name).toString()))));
  }

  @AfterEach
  void stop() {
    receiver.stop(0);
    city.close();
    north.close();
    client.close();
  }

  @Test
  void twoServersWorkAsOne() throws Exception {
    var identity = Json.parse(send("GET", northUrl + NGSI + "/info/sourceIdentity", null).body());
    var alias = ((Value.Text) ((Value.Struct) identity).members().get("contextSourceAlias")).text();
    expect(
        201,
        send(
            "POST",
            cityUrl + NGSI + "/csourceRegistrations",
            """
            {"id": "urn:r:north", "type": "ContextSourceRegistration", "endpoint": "%s",
             "contextSourceAlias": "%s", "information": [{"entities": [{"type": "Dock"}]}]}
            """
                .formatted(northUrl, alias)));
    expect(
        201,
        send(
            "POST",
            cityUrl + NGSI + "/subscriptions",
            """
            {"id": "urn:s:1", "type": "Subscription", "entities": [{"type": "Dock"}],
             "notification": {"endpoint": {"uri": "http://127.0.0.1:%d/"}}}
            """
                .formatted(receiver.getAddress().getPort())));
    until(northUrl + NGSI + "/subscriptions", "endpoint");

    expect(
        201,
        send(
            "POST",
            northUrl + NGSI + "/entities",
            "{\"id\": \"%s\", \"type\": \"Dock\", \"bikes\": {\"type\": \"Property\", \"value\": 7}}"
                .formatted(DOCK)));

    assertThat(told.poll(60, TimeUnit.SECONDS)).contains(DOCK).contains("urn:s:1");
    assertThat(send("GET", cityUrl + NGSI + "/entities?type=Dock", null).body()).contains(DOCK);
    assertThat(send("GET", cityUrl + NGSI + "/entities?type=Dock&local=true", null).body())
        .doesNotContain(DOCK);
    assertThat(send("GET", cityUrl + NGSI + "/csourceRegistrations/urn:r:north", null).body())
        .contains("\"status\":\"ok\"")
        .contains("timesSent");

    expect(204, send("DELETE", cityUrl + NGSI + "/subscriptions/urn:s:1", null));
    until(northUrl + NGSI + "/subscriptions", "[]");
  }

  private void until(String url, String text) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!send("GET", url, null).body().contains(text)) {
      assertThat(System.nanoTime()).as(url + " never had " + text).isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  private static void expect(int status, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
  }

  private HttpResponse<String> send(String method, String url, String body) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(url)).header("Content-Type", "application/json");
    return client.send(
        request
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
