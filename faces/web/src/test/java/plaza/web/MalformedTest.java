package plaza.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plaza.access.Access;
import plaza.access.AccessSettings;

/// What no proper client sends, byte by byte.
class MalformedTest {
  private WebServer server;

  @BeforeEach
  void start() {
    var routes =
        new Routes(Errors.PROBLEM, 100)
            .get("/city/v1/benches/{name}", Right.anyone(), e -> e.send(200, "text/plain", name(e)))
            .get("/city/v1/benches", Right.anyone(), e -> e.send(200, "text/plain", near(e)))
            .post("/city/v1/benches", Right.anyone(), e -> e.json(201, e.json()))
            .patch("/city/v1/benches/{name}", Right.anyone(), e -> e.send(204));
    var access = new Access(AccessSettings.DEFAULT, InstantSource.system(), new Random(1));
    var site = new Site(access.authenticator(), (_, _, _) -> {}, List.of(routes));
    server =
        WebServer.builder()
            .address(InetAddress.getLoopbackAddress())
            .port(0)
            .directHandlers(site.malformed())
            .routing(site.routing())
            .build()
            .start();
  }

  private static String name(Exchange exchange) {
    return exchange.parameter("name");
  }

  private static String near(Exchange exchange) {
    return exchange.query("near").orElse("");
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "%zz", "a|b", "<a>", "a b"})
  void anAddressThatIsNoneIsRefusedWithAReason(String name) throws Exception {
    assertThat(answer("GET /city/v1/benches/" + name + " HTTP/1.1"))
        .startsWith("HTTP/1.1 400")
        .contains("application/problem+json")
        .contains("must be percent-encoded");
  }

  @Test
  void anAddressThatIsTooLongIsRefusedWithAReason() throws Exception {
    assertThat(answer("GET /city/v1/benches/" + "x".repeat(20_000) + " HTTP/1.1"))
        .startsWith("HTTP/1.1 414")
        .contains("\"status\":414")
        .contains("send a long query by POST");
  }

  @Test
  void bytesThatAreNoLettersAskForNothing() throws Exception {
    assertThat(answer("GET /city/v1/benches?near=%FF HTTP/1.1"))
        .startsWith("HTTP/1.1 400")
        .contains("is not percent-encoded UTF-8");
    assertThat(answer("GET /city/v1/benches?near=%E5%A4%A7 HTTP/1.1")).endsWith("大");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%FF%FE", "%C3", "大"})
  void bytesThatAreNoLettersNameNothing(String name) throws Exception {
    assertThat(answer("GET /city/v1/benches/" + name + " HTTP/1.1"))
        .startsWith("HTTP/1.1 400")
        .contains("is not percent-encoded UTF-8");
    assertThat(answer("GET /city/v1/benches/%E5%A4%A7 HTTP/1.1")).endsWith("大");
  }

  /// RFC 9112 §9.6: the stream below ends only when the server ends it.
  @Test
  void whoWantsTheConnectionClosedIsNotKeptWaiting() throws Exception {
    assertThat(answer("GET /city/v1/benches/a HTTP/1.1")).startsWith("HTTP/1.1 200").endsWith("a");
    assertThat(answer("GET /nowhere HTTP/1.1")).startsWith("HTTP/1.1 404");
  }

  @Test
  void whatIsLeftUnreadOfARequestIsNotTakenForTheNext() throws Exception {
    assertThat(
            answer("POST /city/v1/benches HTTP/1.1", "Content-Length: 5000\r\n", "x".repeat(5_000)))
        .startsWith("HTTP/1.1 413")
        .containsOnlyOnce("HTTP/1.1");
  }

  /// RFC 5789 §3.1.
  @Test
  void whoAsksForTheMethodsIsToldHowAPatchIsWritten() throws Exception {
    assertThat(answer("OPTIONS /city/v1/benches/a HTTP/1.1"))
        .startsWith("HTTP/1.1 204")
        .contains("Allow: GET, HEAD, OPTIONS, PATCH\r\n")
        .contains("Accept-Patch: application/json\r\n");
  }

  private String answer(String firstLine) throws IOException {
    return answer(firstLine, "", "");
  }

  private String answer(String firstLine, String header, String body) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(
              (firstLine + "\r\nHost: localhost\r\nConnection: close\r\n" + header + "\r\n" + body)
                  .getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
