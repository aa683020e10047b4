package plaza.outbound;

import java.io.IOException;
import java.net.ProtocolException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Calls others over HTTP and follows no redirect, since whom we may call was decided for one
/// address. Guards nothing itself: who calls asks [OutboundGuard] first.
///
/// The client behind it is made at the first call. To make one reads all certificates that this
/// machine trusts, which is a seventh of the time a server takes to start.
///
/// What answers with something that is no HTTP leaves its connection open in the JDK's client for
/// as long as that lives; so after some of these another client takes its place.
public final class WebClient implements AutoCloseable {
  private static final int MOST_BROKEN = 32;

  private final Duration connect;
  private final HttpClient.Version version;
  private @Nullable HttpClient client;
  private int broken;
  private boolean closed;

  /// @param connect how long connecting may take
  /// @param version what is offered; the other side may know HTTP/1.1 only
  public WebClient(Duration connect, HttpClient.Version version) {
    this.connect = connect;
    this.version = version;
  }

  /// @throws IOException when the other does not answer or this client is closed
  public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body)
      throws IOException, InterruptedException {
    try {
      return client().send(request, body);
    } catch (IOException e) {
      note(e);
      throw e;
    } catch (IllegalArgumentException e) {
      note(e);
      throw new IOException("the answer is no HTTP: " + e.getMessage(), e);
    }
  }

  /// Does not wait for the answer.
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, HttpResponse.BodyHandler<T> body) {
    try {
      // This one and none that depends on it: only this one can be given up.
      var answer = client().sendAsync(request, body);
      var _ = answer.whenComplete((_, trouble) -> note(trouble));
      return answer;
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void note(@Nullable Throwable trouble) {
    for (var cause = trouble; cause != null; cause = cause.getCause())
      if (cause instanceof ProtocolException || cause instanceof NumberFormatException) {
        replace();
        return;
      }
  }

  private synchronized void replace() {
    if (++broken < MOST_BROKEN || client == null) return;
    var old = client;
    client = null;
    broken = 0;
    // What is under way with it goes on; who has just taken it has the time to begin.
    CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS).execute(old::shutdown);
  }

  /// Makes the client now, for those whose first call must not wait for it. Nothing once closed.
  public synchronized void open() {
    if (!closed) {
      var _ = made();
    }
  }

  private synchronized HttpClient client() throws IOException {
    if (closed) throw new IOException("this server is stopping");
    return made();
  }

  private HttpClient made() {
    if (client == null)
      client =
          HttpClient.newBuilder()
              .connectTimeout(connect)
              .version(version)
              .followRedirects(HttpClient.Redirect.NEVER)
              .executor(Executors.newVirtualThreadPerTaskExecutor())
              .build();
    return client;
  }

  /// Gives up the calls that are under way.
  @Override
  public synchronized void close() {
    closed = true;
    if (client != null) client.shutdownNow();
  }
}
