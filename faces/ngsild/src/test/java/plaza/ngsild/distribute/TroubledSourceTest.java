package plaza.ngsild.distribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Sources in trouble cost a warning with the code that says which (clause 6.3.17), and nothing of
/// what others know.
final class TroubledSourceTest {
  private static final String BUS = "urn:ngsi-ld:Bus:1";

  private final Town north = new Town("north");
  private ServerSocket source;
  private volatile String answer = "";

  @BeforeEach
  void start() throws IOException {
    source = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual()
        .start(() -> {
          while (!source.isClosed())
            try (var socket = source.accept()) {
              var _ = socket.getInputStream().read(new byte[8_000]);
              socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
              // The next one.
            }
        });
    north.hold("{\"id\":\"urn:ngsi-ld:Bus:9\",\"type\":\"Bus\"}");
    north.register(
        "http://127.0.0.1:" + source.getLocalPort(),
        "\"information\":[{\"entities\":[{\"type\":\"Bus\"}]}]");
  }

  @AfterEach
  void stop() throws IOException {
    source.close();
    north.close();
  }

  @ParameterizedTest
  @CsvSource({
    "199, ''",
    "111, no HTTP at all||",
    "111, HTTP/1.1 200 OK|Content-Length: 100||[{\"id\":",
    "111, HTTP/1.1 200 OK|Content-Length: nine||[]",
    "111, HTTP/1.1 200 OK|Content-Length: 0||",
    "111, HTTP/1.1 200 OK|Content-Length: 13||<html></html>",
    "299, HTTP/1.1 302 Found|Location: http://127.0.0.1:1/|Content-Length: 0||",
  })
  void theWarningSaysWhatIsWrong(int code, String said) {
    answer = said.replace("|", "\r\n");

    var many = north.get("/entities?type=Bus");
    var one = north.get("/entities/" + BUS);

    assertThat(many.ids()).containsExactly("urn:ngsi-ld:Bus:9");
    assertThat(many.warnings()).singleElement().asString().startsWith(code + " north ");
    assertThat(one.status()).isEqualTo(404);
    assertThat(one.warnings()).singleElement().asString().startsWith(code + " north ");
  }

  /// Clauses 4.5.5.3 and 4.22.
  @Test
  void anAttributeThatHasEndedIsLeftOut() {
    var body =
        "{\"id\":\"%s\",\"type\":\"Bus\",\"speed\":{\"type\":\"Property\",\"value\":1},"
                .formatted(BUS)
            + "\"load\":{\"type\":\"Property\",\"value\":1,\"expiresAt\":\"2020-01-01T00:00:00Z\"}}";
    answer = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;

    assertThat(Town.members(north.get("/entities/" + BUS).json()))
        .containsKey("speed")
        .doesNotContainKey("load");
  }
}
