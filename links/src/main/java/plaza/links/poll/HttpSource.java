package plaza.links.poll;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import plaza.outbound.OutboundGuard;
import plaza.outbound.WebClient;

/// A table on the web. Asks only for what has changed, follows redirects past the guard, and gives
/// up when the whole download takes too long.
final class HttpSource implements Source {
  private static final String ETAG = "etag";
  private static final String LAST_MODIFIED = "lastModified";
  private static final int REDIRECTS = 5;

  private final PollSettings settings;
  private final URI url;
  private final OutboundGuard guard;
  private final WebClient client;
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());

  HttpSource(PollSettings settings, URI url, OutboundGuard guard) {
    this.settings = settings;
    this.url = url;
    this.guard = guard;
    this.client = new WebClient(settings.timeout(), HttpClient.Version.HTTP_2);
  }

  @Override
  public Optional<Table> fetch(Map<String, String> notes) throws IOException, InterruptedException {
    var at = url;
    for (int step = 0; step <= REDIRECTS; step++) {
      try (var _ = guard.pin(at)) {
        var response = send(at, request(at, notes));
        try (var body = response.body()) {
          switch (response.statusCode()) {
            case 200 -> {
              return Optional.of(table(response, body));
            }
            case 304 -> {
              return Optional.empty();
            }
            case 301, 302, 303, 307, 308 -> at = redirected(at, response);
            default ->
                throw new IOException(
                    PollSettings.plain(at) + " answered with status " + response.statusCode());
          }
        }
      }
    }
    throw new IOException(settings.source() + " redirects more than " + REDIRECTS + " times");
  }

  private HttpResponse<InputStream> send(URI at, HttpRequest request)
      throws IOException, InterruptedException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (HttpTimeoutException e) {
      throw new IOException(
          PollSettings.plain(at) + " did not answer within " + settings.timeout(), e);
    } catch (ConnectException e) {
      // The JDK's has no message.
      throw new IOException(PollSettings.plain(at) + " cannot be reached", e);
    }
  }

  private HttpRequest request(URI at, Map<String, String> notes) {
    var request =
        HttpRequest.newBuilder(at)
            .timeout(settings.timeout())
            .header("Accept-Encoding", "gzip")
            .header("User-Agent", "Plaza");
    // What the operator gave for one host is not for the one it redirects to.
    if (sameOrigin(at, url)) settings.headers().forEach(request::setHeader);
    var etag = notes.get(ETAG);
    if (etag != null) request.header("If-None-Match", etag);
    var lastModified = notes.get(LAST_MODIFIED);
    if (lastModified != null) request.header("If-Modified-Since", lastModified);
    return request.build();
  }

  private Table table(HttpResponse<InputStream> response, InputStream body) throws IOException {
    // A source that sends one byte a minute would hold the link for ever.
    var alarm =
        watch.schedule(
            () -> closeQuietly(body), settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
    try {
      var bytes = Unpacked.read(body, settings.maxBytes(), settings.source());
      var notes = new LinkedHashMap<String, String>();
      response.headers().firstValue("ETag").ifPresent(etag -> notes.put(ETAG, etag));
      response
          .headers()
          .firstValue("Last-Modified")
          .ifPresent(moment -> notes.put(LAST_MODIFIED, moment));
      return new Table(bytes, notes);
    } catch (IOException e) {
      if (alarm.isDone())
        throw new IOException(settings.source() + " was not read within " + settings.timeout(), e);
      throw e;
    } finally {
      alarm.cancel(false);
    }
  }

  private static void closeQuietly(InputStream body) {
    try {
      body.close();
    } catch (IOException _) {
      // The reader meets the same end.
    }
  }

  private static URI redirected(URI at, HttpResponse<?> response) throws IOException {
    var location = response.headers().firstValue("Location");
    if (location.isEmpty()) throw new IOException(PollSettings.plain(at) + " redirects to nowhere");
    try {
      return at.resolve(location.get());
    } catch (IllegalArgumentException _) {
      throw new IOException(
          PollSettings.plain(at) + " redirects to '" + location.get() + "', which is no URL");
    }
  }

  private static boolean sameOrigin(URI one, URI other) {
    return equal(one.getScheme(), other.getScheme())
        && equal(one.getHost(), other.getHost())
        && one.getPort() == other.getPort();
  }

  private static boolean equal(@Nullable String one, @Nullable String other) {
    return Objects.equals(one, other);
  }

  @Override
  public void close() {
    watch.shutdownNow();
    client.close();
  }
}
