package plaza.ngsild.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.WebServer;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import plaza.access.Access;
import plaza.access.AccessSettings;
import plaza.ledger.Policy;
import plaza.ngsild.http.SubscriptionFace;
import plaza.testkit.MemoryStore;
import plaza.web.Site;

/// Clauses 6.10 and 6.11.
class SubscriptionFaceTest {
  private static final String BODY =
      """
      {"id": "urn:my:sub", "type": "Subscription", "entities": [{"type": "Station"}],
       "watchedAttributes": ["bikes"],
       "notification": {"endpoint": {"uri": "http://127.0.0.1:9/"}}%s}\
      """;

  private final SubscribedCity city =
      new SubscribedCity(new MemoryStore(), new TestTime(), Policy.OPEN);
  private final HttpClient client = HttpClient.newHttpClient();
  private WebServer server;

  @BeforeEach
  void start() {
    var face =
        SubscriptionFace.toEntities(
            city.ledger, city.reader, Policy.OPEN, city.contexts, city.subscriptions);
    server =
        WebServer.builder()
            .address(InetAddress.getLoopbackAddress())
            .port(0)
            .routing(
                new Site(
                        new Access(AccessSettings.DEFAULT, city.time, new Random(1))
                            .authenticator(),
                        (_, _, _) -> {},
                        List.of(face.routes()))
                    .routing())
            .build()
            .start();
  }

  @AfterEach
  void stop() {
    server.stop();
    client.close();
    city.close();
  }

  @Test
  void aSubscriptionLivesFromPostToDelete() throws Exception {
    var created = send("POST", "", BODY.formatted(""), "application/json");
    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(created.headers().firstValue("Location"))
        .contains("/ngsi-ld/v1/subscriptions/urn:my:sub");

    var shown = send("GET", "/urn:my:sub", null, "");
    assertThat(shown.statusCode()).isEqualTo(200);
    assertThat(shown.headers().firstValue("Link")).isPresent();
    assertThat(shown.body())
        .contains("\"id\":\"urn:my:sub\"")
        .contains("\"type\":\"Station\"")
        .contains("\"watchedAttributes\":[\"bikes\"]")
        .contains("\"status\":\"active\"");

    assertThat(send("PATCH", "/urn:my:sub", "{\"isActive\": false}", "application/json"))
        .extracting(HttpResponse::statusCode)
        .isEqualTo(204);
    assertThat(send("GET", "?count=true", null, "").body()).contains("\"status\":\"paused\"");

    assertThat(send("DELETE", "/urn:my:sub", null, "").statusCode()).isEqualTo(204);
    assertThat(send("GET", "/urn:my:sub", null, "").statusCode()).isEqualTo(404);
    assertThat(send("DELETE", "/urn:my:sub", null, "").statusCode()).isEqualTo(404);
  }

  @Test
  void whatIsWrongHasTheStandardsError() throws Exception {
    send("POST", "", BODY.formatted(""), "application/json");
    var again = send("POST", "", BODY.formatted(""), "application/json");
    assertThat(again.statusCode()).isEqualTo(409);
    assertThat(again.body()).contains("https://uri.etsi.org/ngsi-ld/errors/AlreadyExists");

    var negative = send("POST", "", BODY.formatted(", \"throttling\": -1"), "application/json");
    assertThat(negative.statusCode()).isEqualTo(400);
    assertThat(negative.body()).contains("errors/BadRequestData").contains("throttling");

    assertThat(send("POST", "", "{\"type\": ", "application/json").body())
        .contains("errors/InvalidRequest");
    assertThat(send("POST", "", BODY.formatted(""), "application/ld+json").statusCode())
        .isEqualTo(400);
    assertThat(send("POST", "", "<a/>", "text/xml").statusCode()).isEqualTo(415);
    assertThat(send("GET", "/no-uri", null, "").statusCode()).isEqualTo(400);
    var ftp = BODY.formatted("").replace("http://127.0.0.1:9/", "ftp://h/t").replace(":sub", ":m");
    assertThat(send("POST", "", ftp, "application/json").body()).contains("errors/BadRequestData");
  }

  private HttpResponse<String> send(String method, String path, String body, String type)
      throws Exception {
    var request =
        HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + server.port() + "/ngsi-ld/v1/subscriptions" + path));
    if (!type.isEmpty()) request.header("Content-Type", type);
    request.method(
        method,
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body));
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
