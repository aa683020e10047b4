package plaza.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.WebServer;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plaza.access.Access;
import plaza.access.AccessSettings;

class PackedBodiesTest {
  private static final int LARGEST = 1_000;

  private final HttpClient client = HttpClient.newHttpClient();
  private WebServer server;

  @BeforeEach
  void start() {
    var routes =
        new Routes(Errors.PROBLEM, LARGEST)
            .post("/echo", Right.anyone(), e -> e.json(200, e.json()));
    var access = new Access(AccessSettings.DEFAULT, InstantSource.system(), new Random(1));
    server =
        WebServer.builder()
            .address(InetAddress.getLoopbackAddress())
            .port(0)
            .contentEncoding(new PackedBodies())
            .routing(new Site(access.authenticator(), (_, _, _) -> {}, List.of(routes)).routing())
            .build()
            .start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void aPackedBodyIsReadAsWhatWasPacked() throws Exception {
    var answer = sent(packed("{\"benches\":[1,2,3]}"), "gzip");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"benches\":[1,2,3]}");
    assertThat(sent("{\"a\":1}".getBytes(UTF_8), "identity").body()).isEqualTo("{\"a\":1}");
  }

  @Test
  void whatComesOutIsLimitedLikeEveryBody() throws Exception {
    var bomb = packed("\"" + "x".repeat(10_000_000) + "\"");
    assertThat(sent(bomb, "gzip").statusCode()).isEqualTo(413);
    assertThat(sent(packed("\"" + "x".repeat(LARGEST) + "\""), "gzip").statusCode()).isEqualTo(413);
  }

  @Test
  void whatIsNotPackedAsItSaysIsRefused() throws Exception {
    var answer = sent("{\"a\":1}".getBytes(UTF_8), "gzip");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("is not the whole gzip that its Content-Encoding says");
  }

  @Test
  void halfAPackedBodyIsRefused() throws Exception {
    var whole = packed("{\"benches\":[1,2,3]}");

    var answer = sent(Arrays.copyOf(whole, whole.length / 2), "gzip");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("is not the whole gzip that its Content-Encoding says");
  }

  @Test
  void aCodingMayBeWrittenInCapitalsAndBesideOneThatDoesNothing() throws Exception {
    assertThat(sent(packed("{\"a\":1}"), "GZIP").body()).isEqualTo("{\"a\":1}");
    assertThat(sent(packed("{\"a\":1}"), "identity, gzip").body()).isEqualTo("{\"a\":1}");
  }

  /// RFC 9110 §15.5.16, RFC 7694 §3.
  @ParameterizedTest
  @ValueSource(strings = {"br", "deflate", "zstd", "gzip, gzip", "gzip;q=1"})
  void whoPacksOtherwiseIsToldHowToPack(String coding) throws Exception {
    var answer = sent(packed("{\"a\":1}"), coding);

    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(answer.headers().allValues("accept-encoding")).containsExactly("gzip");
    assertThat(answer.body())
        .contains("\"status\":415")
        .contains("packed once, by gzip, or not at all; Content-Encoding says '" + coding + "'");
  }

  private HttpResponse<String> sent(byte[] body, String coding) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + "/echo"))
            .header("Content-Encoding", coding)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static byte[] packed(String text) throws Exception {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return out.toByteArray();
  }
}
