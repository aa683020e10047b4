package plaza.ngsild.distribute;

import java.io.IOException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.outbound.OutboundGuard;
import plaza.outbound.WebClient;

/// Talks HTTP/1.1 to other brokers, over connections that are kept, only where the guard allows,
/// within limits of time and size. No redirects: whom we may call was decided for this host.
public final class SourceClient implements AutoCloseable {
  private static final Pattern LINK = Pattern.compile("<([^>]*)>([^<]*)");
  private static final Pattern RELATIONS =
      Pattern.compile("\\brel\\s*=\\s*\"?([^\";,]*)", Pattern.CASE_INSENSITIVE);
  private static final String CONTEXT = "http://www.w3.org/ns/json-ld#context";

  private final WebClient client;
  private final OutboundGuard guard;
  private final int answerBytes;
  private final Semaphore turns;

  public SourceClient(OutboundGuard guard, SourceLimits limits) {
    this.guard = guard;
    this.answerBytes = limits.answerBytes();
    this.turns = new Semaphore(limits.callsAtOnce(), true);
    this.client = new WebClient(limits.longestTimeout(), HttpClient.Version.HTTP_1_1);
  }

  /// Waits for the whole answer, at most for the timeout.
  SourceAnswer send(
      String method,
      URI uri,
      Map<String, String> headers,
      byte @Nullable [] body,
      Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    try {
      if (!turns.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS))
        return new SourceAnswer.Failed(
            SourceAnswer.Cause.LATE, "too many requests to sources are under way");
      try {
        return exchange(request(method, uri, headers, body), deadline, timeout);
      } finally {
        turns.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new SourceAnswer.Failed(SourceAnswer.Cause.LATE, "the request was given up");
    } catch (Refusal | IllegalArgumentException e) {
      return new SourceAnswer.Failed(SourceAnswer.Cause.UNREACHED, String.valueOf(e.getMessage()));
    }
  }

  private static HttpRequest request(
      String method, URI uri, Map<String, String> headers, byte @Nullable [] body) {
    var builder = HttpRequest.newBuilder(uri);
    // By method() even a GET would say that it has a body of no length.
    if (body != null) builder.method(method, HttpRequest.BodyPublishers.ofByteArray(body));
    else if (method.equals("GET")) builder.GET();
    else if (method.equals("DELETE")) builder.DELETE();
    else builder.method(method, HttpRequest.BodyPublishers.noBody());
    headers.forEach(builder::header);
    return builder.build();
  }

  private SourceAnswer exchange(HttpRequest request, long deadline, Duration timeout)
      throws InterruptedException {
    // The name is held to the address that was checked for as long as the exchange takes.
    try (var _ = guard.pin(request.uri())) {
      var began = new AtomicBoolean();
      var body =
          HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), answerBytes);
      // Not send(): it would not end when an answer trickles in.
      var answer =
          client.sendAsync(
              request,
              head -> {
                began.set(true);
                return body.apply(head);
              });
      try {
        return read(answer.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS));
      } catch (TimeoutException e) {
        answer.cancel(true);
        return new SourceAnswer.Failed(
            SourceAnswer.Cause.LATE, "no answer within " + timeout.toMillis() + " ms");
      } catch (ExecutionException e) {
        // What breaks off or is no HTTP has come, and is not to be read (clause 6.3.17: code 111).
        boolean came = began.get() || e.getCause() instanceof ProtocolException;
        return new SourceAnswer.Failed(
            came ? SourceAnswer.Cause.INVALID : SourceAnswer.Cause.UNREACHED, reason(e.getCause()));
      }
    }
  }

  private static String reason(@Nullable Throwable cause) {
    return switch (cause) {
      case java.net.ConnectException _ -> "the connection was refused";
      case IOException e when e.getMessage() != null ->
          e.getClass().getSimpleName() + ": " + e.getMessage();
      case null, default -> "the exchange broke off";
    };
  }

  private static SourceAnswer read(HttpResponse<byte[]> response) {
    @Nullable Value body = null;
    // Errors may come in any form; what they say is a courtesy.
    boolean fine = response.statusCode() / 100 == 2;
    try {
      if (response.body().length > 0) body = Json.parse(response.body());
    } catch (Refusal broken) {
      if (fine)
        return new SourceAnswer.Failed(
            SourceAnswer.Cause.INVALID, "its answer is broken: " + broken.getMessage());
    }
    var headers = response.headers();
    return new SourceAnswer.Answered(
        response.statusCode(),
        body,
        link(headers, response.uri(), CONTEXT),
        headers.firstValue("NGSILD-Results-Count").map(SourceClient::number).orElse(-1L),
        link(headers, response.uri(), "next") != null,
        headers.firstValue("Content-Range").map(Range::of).orElse(null),
        headers.firstValue("Location").orElse(null),
        headers.firstValue(EntityMapping.HEADER).orElse(null),
        headers.allValues("NGSILD-Warning"),
        false);
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /// Where a Link header leads (RFC 8288): from where the answer came from, if it says no more.
  ///
  /// @param relation one of the words after `rel=`, with quotes or without
  private static @Nullable String link(HttpHeaders headers, URI from, String relation) {
    for (var header : headers.allValues("Link")) {
      var links = LINK.matcher(header);
      while (links.find()) {
        var relations = RELATIONS.matcher(links.group(2));
        if (relations.find() && List.of(relations.group(1).split("\\s+", -1)).contains(relation))
          return resolved(from, links.group(1).strip());
      }
    }
    return null;
  }

  private static String resolved(URI from, String link) {
    try {
      return from.resolve(link).toString();
    } catch (IllegalArgumentException e) {
      return link;
    }
  }

  /// Makes ready for the first call, whose registration may give it little time.
  void open() {
    client.open();
  }

  @Override
  public void close() {
    client.close();
  }
}
