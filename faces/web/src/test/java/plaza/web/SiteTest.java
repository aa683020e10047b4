package plaza.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.WebServer;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import plaza.access.Access;
import plaza.access.AccessSettings;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.json.Json;

class SiteTest {
  private WebServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void start() {
    var routes =
        new Routes(Errors.PROBLEM, 100)
            .get(
                "/greet/{name}",
                Right.anyone(),
                e -> e.send(200, "text/plain", e.parameter("name")))
            .get("/greet/all", Right.anyone(), e -> e.send(200, "text/plain", "everybody"))
            .get("/known", Right.known(), e -> e.send(204))
            .get(
                "/odd",
                Right.anyone(),
                _ -> {
                  throw new IllegalStateException("a bug");
                })
            .get(
                "/refused",
                Right.anyone(),
                _ -> {
                  throw new Refusal.Unmet(
                      "it cannot start", List.of(new Refusal.Unmet.Condition("a", "do a")));
                })
            .post("/echo", Right.anyone(), e -> e.json(200, e.json()));
    server =
        WebServer.builder()
            .address(InetAddress.getLoopbackAddress())
            .port(0)
            .routing(
                new Site(
                        new Access(
                                AccessSettings.DEFAULT,
                                java.time.InstantSource.system(),
                                new java.util.Random(1))
                            .authenticator(),
                        (_, _, _) -> {},
                        List.of(routes))
                    .tellingPeople(
                        _ -> new Errors.Answer(404, "text/html", "nothing here".getBytes(UTF_8)))
                    .routing())
            .build()
            .start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void aFixedSegmentGoesBeforeAParameter() throws Exception {
    assertThat(get("/greet/all").body()).isEqualTo("everybody");
    assertThat(get("/greet/urn:a:%E5%A4%A7").body()).isEqualTo("urn:a:大");
  }

  @Test
  void aParameterMayHoldWhatOtherwiseEndsIt() throws Exception {
    assertThat(get("/greet/http:%2F%2Fa%2Fb%3Fc=d%23e;f+g").body())
        .isEqualTo("http://a/b?c=d#e;f+g");
    assertThat(get("/greet/all%2Fmen").body()).isEqualTo("all/men");
    assertThat(get("/greet/all/men").statusCode()).isEqualTo(404);
  }

  @Test
  void aSlashAtTheEndMakesNoDifference() throws Exception {
    assertThat(get("/greet/all/").body()).isEqualTo("everybody");
    assertThat(get("/greet/").statusCode()).isEqualTo(404);
  }

  @Test
  void whatMayBeReadMayBeAskedForWithoutItsBody() throws Exception {
    var head = request("/greet/all").method("HEAD", HttpRequest.BodyPublishers.noBody()).build();
    var answer = client.send(head, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-length")).contains("9");
    assertThat(answer.body()).isEmpty();
    assertThat(get("/greet/all").body()).isEqualTo("everybody");
  }

  @Test
  void aStrangerIsToldHowToBecomeKnown() throws Exception {
    var answer = get("/known");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
    assertThat(answer.body()).contains("sign in or send a key as X-API-Key");
  }

  @Test
  void aBugIsAnsweredWithoutItsInsides() throws Exception {
    var answer = get("/odd");
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).doesNotContain("a bug");
  }

  @Test
  void everyUnmetConditionIsListed() throws Exception {
    var answer = get("/refused");
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(((Value.Struct) Json.parse(answer.body())).members()).containsKey("unmet");
  }

  @Test
  void aBodyThatIsTooLargeIsRefused() throws Exception {
    assertThat(post("\"" + "x".repeat(200) + "\"").statusCode()).isEqualTo(413);
    assertThat(post("{\"a\": 1.0}").body()).isEqualTo("{\"a\":1.0}");
    assertThat(post("{\"a\": ").statusCode()).isEqualTo(400);
  }

  @Test
  void anotherMethodIsToldWhichThereAre() throws Exception {
    var answer =
        client.send(request("/echo").DELETE().build(), HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("allow")).contains("OPTIONS, POST");
    assertThat(answer.body()).contains("\"status\":405");
  }

  @Test
  void whatIsNowhereIsNotFound() throws Exception {
    assertThat(get("/nowhere").statusCode()).isEqualTo(404);
    assertThat(get("/nowhere").body()).contains("there is nothing at /nowhere");
    var browsers = request("/nowhere").header("Accept", "text/html,*/*").build();
    assertThat(client.send(browsers, HttpResponse.BodyHandlers.ofString()).body())
        .isEqualTo("nothing here");
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String body) throws Exception {
    return client.send(
        request("/echo").POST(HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path));
  }
}
