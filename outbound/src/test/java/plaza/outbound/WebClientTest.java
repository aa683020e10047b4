package plaza.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class WebClientTest {
  private final WebClient client =
      new WebClient(Duration.ofSeconds(5), HttpClient.Version.HTTP_1_1);
  private HttpServer other;

  @BeforeEach
  void startsAnotherServerThatRedirects() throws IOException {
    other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.createContext(
        "/there",
        exchange -> {
          exchange.getResponseHeaders().set("Location", "/elsewhere");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    other.start();
  }

  @AfterEach
  void stops() {
    client.close();
    other.stop(0);
  }

  @Test
  void followsNoRedirect() throws Exception {
    assertThat(client.send(request(), HttpResponse.BodyHandlers.discarding()).statusCode())
        .isEqualTo(302);
    assertThat(
            client.sendAsync(request(), HttpResponse.BodyHandlers.discarding()).get().statusCode())
        .isEqualTo(302);
  }

  @Test
  void callsNobodyOnceItIsClosed() {
    client.close();

    assertThatThrownBy(() -> client.send(request(), HttpResponse.BodyHandlers.discarding()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("stopping");
    assertThatThrownBy(
            () -> client.sendAsync(request(), HttpResponse.BodyHandlers.discarding()).get())
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("stopping");
  }

  private HttpRequest request() {
    return HttpRequest.newBuilder(
            URI.create("http://localhost:" + other.getAddress().getPort() + "/there"))
        .build();
  }
}
