package plaza.outbound;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import plaza.graph.Refusal;

/// Posts small documents to addresses that others chose: guarded, with a deadline, following no
/// redirect and reading no answer but its status.
public final class WebCall implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private final OutboundGuard guard;
  private final WebClient client = new WebClient(CONNECT, HttpClient.Version.HTTP_1_1);

  public WebCall(OutboundGuard guard) {
    this.guard = guard;
  }

  /// @return the HTTP status of the answer
  /// @throws Refusal.Forbidden when the address may not be called; [Refusal.Unavailable] when it
  ///   does not answer
  public int post(URI url, Map<String, String> headers, byte[] body) {
    var request =
        HttpRequest.newBuilder(url)
            .timeout(ANSWER)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    try (var _ = guard.pin(url)) {
      var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      // Closed unread, so that an answer without end is nobody's trouble.
      answer.body().close();
      return answer.statusCode();
    } catch (IOException e) {
      throw new Refusal.Unavailable(url.getHost() + " does not answer: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal.Unavailable("the call to " + url.getHost() + " was interrupted");
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
