package plaza.conformance;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// One request, written down step by step and then sent.
public final class Request {
  public static final String LD_CONTEXT = "http://www.w3.org/ns/json-ld#context";
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  private final String method;
  private final String url;
  private final StringJoiner query = new StringJoiner("&");
  private final HttpRequest.Builder headers = HttpRequest.newBuilder();
  private @Nullable String body;
  private boolean lengthUnsaid;

  Request(String method, String url) {
    this.method = method;
    this.url = url;
  }

  /// A parameter of the URL.
  public Request with(String name, Object value) {
    query.add(name + "=" + encode(value.toString()));
    return this;
  }

  public Request header(String name, String value) {
    headers.header(name, value);
    return this;
  }

  public Request accept(String mediaType) {
    return header("Accept", mediaType);
  }

  public Request tenant(String name) {
    return header("NGSILD-Tenant", name);
  }

  /// The context, as the header of application/json.
  public Request link(String context) {
    return header(
        "Link", "<" + context + ">; rel=\"" + LD_CONTEXT + "\"; type=\"application/ld+json\"");
  }

  /// A body of application/json; single quotes stand for double ones, `%s` for the arguments.
  public Request json(String json, Object... arguments) {
    return body("application/json", Json.of(json, arguments));
  }

  /// A body of application/ld+json.
  public Request ld(String json, Object... arguments) {
    return body("application/ld+json", Json.of(json, arguments));
  }

  /// A body as it is.
  public Request body(String mediaType, String text) {
    body = text;
    return mediaType.isEmpty() ? this : header("Content-Type", mediaType);
  }

  /// Sends the body in chunks, without saying how long it is.
  public Request withoutLength() {
    lengthUnsaid = true;
    return this;
  }

  private HttpRequest.BodyPublisher content() {
    var text = body;
    if (text == null) return HttpRequest.BodyPublishers.noBody();
    return lengthUnsaid
        ? HttpRequest.BodyPublishers.ofInputStream(
            () -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
        : HttpRequest.BodyPublishers.ofString(text);
  }

  public Answer send() {
    var parameters = query.toString();
    var whole = url + (parameters.isEmpty() ? "" : (url.contains("?") ? "&" : "?") + parameters);
    var asked =
        method + " " + whole + (body == null ? "" : "\n" + body.substring(0, shown(body.length())));
    try {
      var request =
          headers
              .uri(URI.create(whole))
              .timeout(Duration.ofSeconds(30))
              .method(method, content())
              .build();
      return new Answer(asked, CLIENT.send(request, HttpResponse.BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new AssertionError(asked, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(asked, e);
    }
  }

  private static int shown(int length) {
    return Math.min(length, 2_000);
  }

  /// Sends it.
  ///
  /// @throws AssertionError when the status is another
  public Answer expect(int status) {
    return send().expect(status);
  }

  /// Sends it.
  ///
  /// @throws AssertionError when it is not refused in this way (clauses 5.5.3, 6.3.3)
  public Answer refused(int status, String error) {
    return send().refused(status, error);
  }

  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
