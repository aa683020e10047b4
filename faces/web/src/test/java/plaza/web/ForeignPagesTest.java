package plaza.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.webserver.WebServer;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import plaza.access.Access;
import plaza.access.AccessSettings;
import plaza.graph.Refusal;

/// What a browser is told about pages of other origins (the CORS protocol).
class ForeignPagesTest {
  private static final String MAP = "https://map.example.org";

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void nobodyIsAdmittedUnlessTheOperatorSaysSo() throws Exception {
    var answer = asked(ForeignPages.NONE, "GET", "/benches", MAP);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().map().keySet())
        .noneMatch(name -> name.startsWith("access-control") || name.equals("vary"));
  }

  @Test
  void anAdmittedPageSeesAnswersAndRefusalsWithAllTheirHeaders() throws Exception {
    var pages = new ForeignPages(Set.of(MAP));

    for (var path : List.of("/benches", "/known", "/nowhere")) {
      var answer = asked(pages, "GET", path, MAP);
      assertThat(answer.headers().firstValue("access-control-allow-origin")).contains(MAP);
      assertThat(answer.headers().firstValue("access-control-expose-headers")).contains("*");
      assertThat(answer.headers().firstValue("access-control-allow-credentials")).isEmpty();
      assertThat(answer.headers().allValues("vary")).contains("Origin");
    }
  }

  @Test
  void anotherPageSeesNothing() throws Exception {
    var answer = asked(new ForeignPages(Set.of(MAP)), "GET", "/benches", "https://else.example");

    assertThat(answer.headers().firstValue("access-control-allow-origin")).isEmpty();
    assertThat(answer.headers().allValues("vary")).contains("Origin");
  }

  @Test
  void anAsteriskAdmitsAll() throws Exception {
    var answer = asked(new ForeignPages(Set.of("*")), "GET", "/benches", "https://else.example");

    assertThat(answer.headers().firstValue("access-control-allow-origin")).contains("*");
    assertThat(answer.headers().firstValue("vary")).isEmpty();
  }

  @Test
  void beforeAWriteABrowserIsToldWhatItMaySend() throws Exception {
    var answer =
        asked(
            new ForeignPages(Set.of(MAP)),
            "OPTIONS",
            "/benches",
            MAP,
            "Access-Control-Request-Method",
            "POST");

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.headers().firstValue("access-control-allow-origin")).contains(MAP);
    assertThat(answer.headers().firstValue("access-control-allow-methods"))
        .contains("GET, HEAD, OPTIONS, POST");
    assertThat(answer.headers().firstValue("access-control-allow-headers"))
        .contains("*, Authorization");
  }

  @Test
  void anOriginHasNoPath() {
    assertThatThrownBy(() -> new ForeignPages(Set.of("https://map.example.org/benches")))
        .isInstanceOf(Refusal.Invalid.class);
    assertThatThrownBy(() -> new ForeignPages(Set.of("map.example.org")))
        .isInstanceOf(Refusal.Invalid.class);
  }

  private HttpResponse<String> asked(
      ForeignPages pages, String method, String path, String origin, String... more)
      throws Exception {
    var routes =
        new Routes(Errors.PROBLEM, 100)
            .get("/benches", Right.anyone(), e -> e.send(200, "text/plain", "two"))
            .post("/benches", Right.anyone(), e -> e.send(201))
            .get("/known", Right.known(), e -> e.send(204));
    var access = new Access(AccessSettings.DEFAULT, InstantSource.system(), new Random(1));
    var site = new Site(access.authenticator(), (_, _, _) -> {}, List.of(routes)).admitting(pages);
    var server =
        WebServer.builder()
            .address(InetAddress.getLoopbackAddress())
            .port(0)
            .routing(site.routing())
            .build()
            .start();
    try {
      var request =
          HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path))
              .method(method, HttpRequest.BodyPublishers.noBody())
              .header("Origin", origin);
      for (int i = 0; i < more.length; i += 2) request.header(more[i], more[i + 1]);
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } finally {
      server.stop();
    }
  }
}
