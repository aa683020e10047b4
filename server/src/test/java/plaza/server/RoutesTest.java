package plaza.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plaza.ledger.Actor;
import plaza.server.settings.Configuration;
import plaza.server.settings.Settings;
import plaza.web.Right;
import plaza.web.Route;

/// Walks every route there is: who may not, is refused, whatever the route does.
class RoutesTest {
  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private City city;
  private String url;
  private String residentsKey;

  @BeforeEach
  void start() {
    city =
        new City(
            Settings.of(
                Configuration.of(
                    Settings.all(),
                    Map.of(),
                    Map.of(),
                    List.of("--port", "0", "--data", folder.resolve("data").toString()))));
    url = city.serve();
    var by = Actor.of("urn:plaza:test").through("test");
    var resident =
        city.access().people().add(by, "rita", "Rita", null, "four words or so, and more");
    residentsKey =
        city.access()
            .keys()
            .issuePersonal(by, resident.id(), "test", null, Instant.now().plusSeconds(600))
            .text();
  }

  @AfterEach
  void stop() {
    city.close();
    client.close();
  }

  @Test
  void aStrangerIsRefusedWhereverARouteWantsToKnowWhoAsks() throws Exception {
    int walked = 0;
    for (var route : city.site().routes()) {
      if (route.right() instanceof Right.Anyone) continue;
      walked++;
      assertThat(send(route, null).statusCode()).as(name(route)).isEqualTo(401);
    }
    assertThat(walked).isGreaterThan(20);
  }

  @Test
  void aResidentIsRefusedWhereverARouteIsForOtherRoles() throws Exception {
    for (var route : city.site().routes())
      if (route.right() instanceof Right.Roles(var roles)
          && !roles.contains(plaza.access.people.Role.RESIDENT))
        assertThat(send(route, residentsKey).statusCode()).as(name(route)).isEqualTo(403);
  }

  @Test
  void aWrongKeyIsRefusedEverywhere() throws Exception {
    for (var route : city.site().routes())
      assertThat(send(route, "plz_nobody_knowsthis").statusCode()).as(name(route)).isEqualTo(401);
  }

  @Test
  void noRouteBreaksOnAnEmptyRequestOfAStranger() throws Exception {
    for (var route : city.site().routes())
      if (!route.path().contains("live") && route.right() instanceof Right.Anyone) {
        var status = send(route, null).statusCode();
        assertThat(status).as(name(route)).isNotEqualTo(500);
      }
  }

  @Test
  void everyAnswerTellsBrowsersNotToGuess() throws Exception {
    for (var path : List.of("/health/live", "/", "/nowhere", "/ngsi-ld/v1/types", "/openapi")) {
      var answer =
          client.send(
              HttpRequest.newBuilder(URI.create(url + path)).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.headers().firstValue("X-Content-Type-Options"))
          .as(path)
          .contains("nosniff");
      assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
          .as(path)
          .contains("frame-ancestors 'none'")
          .doesNotContain("script-src 'unsafe-inline'");
    }
  }

  @Test
  void longTextIsPackedForThoseWhoCanUnpackIt() throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(url + "/openapi")).header("Accept-Encoding", "gzip");
    var packed = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
    var plain =
        client.send(
            HttpRequest.newBuilder(URI.create(url + "/openapi")).build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes())
        .isEqualTo(plain.body());
    assertThat(packed.body().length).isLessThan(plain.body().length / 3);
  }

  @Test
  void anUnknownPathOrMethodIsToldSo() throws Exception {
    var nowhere =
        client.send(
            HttpRequest.newBuilder(URI.create(url + "/api/v1/nowhere")).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(nowhere.statusCode()).isEqualTo(404);
    assertThat(nowhere.body()).contains("there is nothing at /api/v1/nowhere");
    var wrong =
        client.send(
            HttpRequest.newBuilder(URI.create(url + "/health/live")).DELETE().build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(wrong.statusCode()).isEqualTo(405);
    assertThat(wrong.headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS");
  }

  private HttpResponse<Void> send(Route route, String key) throws Exception {
    var path = route.path().replaceAll("\\{[^}]*}", "urn:ngsi-ld:Nothing:1");
    var request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(Duration.ofSeconds(20))
            .method(route.method(), HttpRequest.BodyPublishers.noBody());
    if (key != null) request.header("X-API-Key", key);
    return client.send(request.build(), HttpResponse.BodyHandlers.discarding());
  }

  private static String name(Route route) {
    return route.method() + " " + route.path();
  }
}
