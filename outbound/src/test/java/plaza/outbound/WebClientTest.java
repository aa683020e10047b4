package plaza.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  /// What is no HTTP leaves its connection open in the JDK's client.
  @ParameterizedTest
  @ValueSource(strings = {"nonsense\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: nine\r\n\r\n"})
  void keepsNoConnectionsToWhoSpeaksNoHttp(String answer) throws Exception {
    var left = new CountDownLatch(60);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        client;
        var odd = new ServerSocket(0, 100, InetAddress.getLoopbackAddress())) {
      var _ =
          threads.submit(() -> {
            while (true) {
              var socket = odd.accept();
              var _ =
                  threads.submit(() -> {
                    var _ = socket.getInputStream().read(new byte[4_000]);
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                    while (socket.getInputStream().read() >= 0) {}
                    left.countDown();
                    return null;
                  });
            }
          });
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + odd.getLocalPort())).build();

      for (int i = 0; i < 50; i++) {
        assertThatThrownBy(() -> client.send(request, HttpResponse.BodyHandlers.discarding()))
            .isInstanceOf(IOException.class);
        assertThatThrownBy(
                () -> client.sendAsync(request, HttpResponse.BodyHandlers.discarding()).get())
            .isInstanceOf(ExecutionException.class);
      }

      assertThat(left.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(client.send(request(), HttpResponse.BodyHandlers.discarding()).statusCode())
          .isEqualTo(302);
    }
  }

  private HttpRequest request() {
    return HttpRequest.newBuilder(
            URI.create("http://localhost:" + other.getAddress().getPort() + "/there"))
        .build();
  }
}
