package plaza.ngsild.context;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import plaza.graph.Refusal;
import plaza.outbound.OutboundGuard;
import plaza.outbound.WebClient;

/// Fetches contexts over HTTP, only from where the guard allows, within limits of time, size and
/// redirects.
public final class HttpContextFetcher implements ContextFetcher, AutoCloseable {
  private static final int MAX_BYTES = 2 << 20;
  private static final int MAX_REDIRECTS = 5;
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration USUAL_AGE = Duration.ofHours(1);
  private static final Duration LONGEST_AGE = Duration.ofDays(1);

  private final WebClient client;
  private final OutboundGuard guard;

  public HttpContextFetcher(OutboundGuard guard) {
    this.guard = guard;
    this.client = new WebClient(TIMEOUT, HttpClient.Version.HTTP_2);
  }

  @Override
  public Document fetch(URI url) {
    try {
      var next = url;
      for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
        var response = get(next);
        if (response.statusCode() / 100 != 3) return document(url, response);
        response.body().close();
        var location = response.headers().firstValue("Location").orElse("");
        next = next.resolve(location);
      }
      throw new ContextUnavailable(
          "the @context " + url + " is redirected more than " + MAX_REDIRECTS + " times");
    } catch (IOException | Refusal | IllegalArgumentException e) {
      throw new ContextUnavailable("the @context " + url + " cannot be fetched: " + why(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ContextUnavailable("the fetching of the @context " + url + " was interrupted");
    }
  }

  private HttpResponse<java.io.InputStream> get(URI url) throws IOException, InterruptedException {
    // The name is held to the address that was checked for as long as the connection is made.
    try (var _ = guard.pin(url)) {
      return client.send(
          HttpRequest.newBuilder(url)
              .timeout(TIMEOUT)
              .header("Accept", "application/ld+json, application/json;q=0.9")
              .build(),
          HttpResponse.BodyHandlers.ofInputStream());
    }
  }

  /// Some of the client's exceptions say nothing but what they are.
  private static String why(Exception e) {
    var message = e.getMessage();
    return message == null ? "there is no connection" : message;
  }

  private static Document document(URI url, HttpResponse<java.io.InputStream> response)
      throws IOException {
    try (var body = response.body()) {
      if (response.statusCode() != 200)
        throw new ContextUnavailable(
            "the @context " + url + " was answered with status " + response.statusCode());
      var bytes = body.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES)
        throw new ContextUnavailable(
            "the @context " + url + " is larger than " + MAX_BYTES + " bytes");
      return new Document(new String(bytes, StandardCharsets.UTF_8), age(response));
    }
  }

  /// Clause 6.3.16: as long as the sender says, else a while.
  private static Duration age(HttpResponse<?> response) {
    var control = response.headers().firstValue("Cache-Control").orElse("");
    for (var directive : control.toLowerCase(Locale.ROOT).split(",", -1)) {
      var parts = directive.strip().split("=", 2);
      if (parts[0].equals("no-store") || parts[0].equals("no-cache")) return Duration.ZERO;
      if (parts.length == 2 && (parts[0].equals("max-age") || parts[0].equals("s-maxage")))
        try {
          return Duration.ofSeconds(Math.min(Long.parseLong(parts[1]), LONGEST_AGE.toSeconds()));
        } catch (NumberFormatException _) {
          return USUAL_AGE;
        }
    }
    return response
        .headers()
        .firstValue("Expires")
        .map(HttpContextFetcher::until)
        .orElse(USUAL_AGE);
  }

  /// A date that is none means that it is stale already (RFC 9111 §5.3).
  private static Duration until(String expires) {
    try {
      var left =
          Duration.between(
              Instant.now(), DateTimeFormatter.RFC_1123_DATE_TIME.parse(expires, Instant::from));
      if (left.isNegative()) return Duration.ZERO;
      return left.compareTo(LONGEST_AGE) > 0 ? LONGEST_AGE : left;
    } catch (DateTimeException e) {
      return Duration.ZERO;
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
