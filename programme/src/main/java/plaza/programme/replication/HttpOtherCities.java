package plaza.programme.replication;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.outbound.OutboundGuard;
import plaza.outbound.WebClient;

/// Reads other cities over HTTP, only where the guard allows, within limits of time, size,
/// redirects and how many are asked at once.
public final class HttpOtherCities implements OtherCities, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(HttpOtherCities.class.getName());
  private static final int MAX_BYTES = 8 << 20;
  private static final int MAX_REDIRECTS = 3;
  private static final int AT_ONCE = 8;
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /// From the question to the last byte of the answer.
  private static final Duration WHOLE = Duration.ofSeconds(15);

  private final OutboundGuard guard;
  private final Semaphore asked = new Semaphore(AT_ONCE);
  private final WebClient client = new WebClient(CONNECT, HttpClient.Version.HTTP_2);

  public HttpOtherCities(OutboundGuard guard) {
    this.guard = guard;
  }

  @Override
  public Value read(URI url) {
    guard.check(url);
    if (!asked.tryAcquire())
      throw new Refusal.Unavailable(
          "Plaza asks " + AT_ONCE + " other cities already; try again in some seconds");
    try {
      return Json.parse(bytes(url));
    } catch (Refusal.Invalid noJson) {
      throw new Refusal.Unavailable(url + " answers no JSON: " + noJson.getMessage());
    } finally {
      asked.release();
    }
  }

  private byte[] bytes(URI url) {
    long until = System.nanoTime() + WHOLE.toNanos();
    var next = url;
    for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
      var answer = get(next, until);
      if (answer.status / 100 == 3) {
        next = next.resolve(answer.location);
        continue;
      }
      if (answer.status == 404) throw new Refusal.NotFound("there is nothing at " + next);
      if (answer.status != 200)
        throw new Refusal.Unavailable(next + " answers with status " + answer.status);
      return answer.body;
    }
    throw new Refusal.Unavailable(url + " is redirected more than " + MAX_REDIRECTS + " times");
  }

  @SuppressWarnings("ArrayRecordComponent") // read once and thrown away
  private record Answer(int status, String location, byte[] body) {}

  private Answer get(URI url, long until) {
    var request =
        HttpRequest.newBuilder(url)
            .timeout(WHOLE)
            .header("Accept", "application/json, application/ld+json;q=0.9")
            .build();
    var open = new AtomicReference<InputStream>();
    // The name is held to the address that was checked for as long as the call is made.
    try (var _ = guard.pin(url)) {
      return client
          .sendAsync(request, HttpResponse.BodyHandlers.ofInputStream())
          .thenApplyAsync(response -> read(response, open), Thread::startVirtualThread)
          .get(Math.max(1, until - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      var cause = e.getCause();
      throw new Refusal.Unavailable(
          url + " does not answer: " + (cause == null ? e : cause).getMessage());
    } catch (TimeoutException e) {
      close(open.get());
      throw new Refusal.Unavailable(
          url + " does not answer within " + WHOLE.toSeconds() + " seconds");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal.Unavailable("asking " + url + " was interrupted");
    }
  }

  private static Answer read(
      HttpResponse<InputStream> response, AtomicReference<InputStream> open) {
    try (var body = response.body()) {
      open.set(body);
      var bytes = body.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES)
        throw new IllegalStateException("more than " + MAX_BYTES + " bytes");
      return new Answer(
          response.statusCode(), response.headers().firstValue("Location").orElse(""), bytes);
    } catch (IOException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /// Ends a body that comes drop by drop, and with it the thread that waits for it.
  private static void close(@Nullable InputStream body) {
    if (body == null) return;
    try {
      body.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "A late answer could not be closed", e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
