package plaza.web;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.SetCookie;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import plaza.access.Caller;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.json.Json;

/// One request and the answer to it.
public final class Exchange {
  public static final String SESSION_COOKIE = "plaza_session";

  private final ServerRequest request;
  private final ServerResponse response;
  private final Caller caller;
  private final Map<String, String> parameters;
  private final long maxBodyBytes;
  private byte @Nullable [] body;

  Exchange(
      ServerRequest request,
      ServerResponse response,
      Caller caller,
      Map<String, String> parameters,
      long maxBodyBytes) {
    this.request = request;
    this.response = response;
    this.caller = caller;
    this.parameters = parameters;
    this.maxBodyBytes = maxBodyBytes;
  }

  public Caller caller() {
    return caller;
  }

  public String method() {
    return request.prologue().method().text();
  }

  /// The path as it came, without the query.
  public String path() {
    return request.path().path();
  }

  /// The query as it came, without the question mark; empty when there is none.
  public String rawQuery() {
    return request.query().rawValue();
  }

  /// `http` or `https` and the authority the caller used.
  public String origin() {
    return (request.isSecure() ? "https://" : "http://") + request.authority();
  }

  /// The decoded segment under a name of the route's path.
  ///
  /// @throws NoSuchElementException when the route's path has no such name
  public String parameter(String name) {
    var value = parameters.get(name);
    if (value == null) throw new NoSuchElementException("this path has no {" + name + "}");
    return readable(value);
  }

  /// Bytes that are no characters all read the same: two such names would be one.
  private static String readable(String value) {
    if (value.indexOf('\uFFFD') < 0) return value;
    throw new Refusal.Invalid(
        "'"
            + value
            + "' in the address is not percent-encoded UTF-8; a letter such as 大 is sent as"
            + " %E5%A4%A7");
  }

  public Optional<String> query(String name) {
    var values = queries(name);
    return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
  }

  public List<String> queries(String name) {
    if (!request.query().contains(name)) return List.of();
    var values = request.query().all(name);
    values.forEach(Exchange::readable);
    return values;
  }

  public boolean hasQuery(String name) {
    return request.query().contains(name);
  }

  /// Names of all query parameters.
  public java.util.Set<String> queryNames() {
    return request.query().names();
  }

  /// A whole number from the query.
  public int query(String name, int otherwise) {
    var text = query(name);
    if (text.isEmpty()) return otherwise;
    try {
      return Integer.parseInt(text.get());
    } catch (NumberFormatException e) {
      throw new Refusal.Invalid(name + " must be a whole number, not '" + text.get() + "'");
    }
  }

  public Optional<String> header(String name) {
    return header(HeaderNames.create(name));
  }

  Optional<String> header(HeaderName name) {
    var headers = request.headers();
    return headers.contains(name) ? Optional.of(headers.get(name).get()) : Optional.empty();
  }

  public List<String> headers(String name) {
    var header = HeaderNames.create(name);
    return request.headers().contains(header)
        ? request.headers().get(header).allValues()
        : List.of();
  }

  public Optional<String> cookie(String name) {
    return cookie(request, name);
  }

  static Optional<String> cookie(ServerRequest request, String name) {
    if (!request.headers().contains(HeaderNames.COOKIE)) return Optional.empty();
    return request.headers().cookies().first(name).asOptional();
  }

  /// The media type of the body, lower case and without parameters; empty when none is said.
  public String contentType() {
    return header(HeaderNames.CONTENT_TYPE)
        .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
        .orElse("");
  }

  /// The whole body, unpacked.
  ///
  /// @throws PackedBodies.UnknownCoding when it is packed otherwise than by gzip
  /// @throws Refusal.TooLarge when it exceeds the route's limit
  public byte[] body() {
    var known = body;
    if (known == null) {
      known = request.content().hasEntity() ? read() : new byte[0];
      body = known;
    }
    return known;
  }

  private byte[] read() {
    var length = request.headers().contentLength();
    if (length.isPresent() && length.getAsLong() > maxBodyBytes) throw tooLarge();
    var codings = headers("Content-Encoding");
    try {
      var content = request.content().inputStream();
      if (!codings.isEmpty()) content = PackedBodies.unpacked(codings, content);
      var read = content.readNBytes((int) maxBodyBytes + 1);
      if (read.length > maxBodyBytes) throw tooLarge();
      return read;
    } catch (IOException e) {
      throw new Refusal.Invalid(
          codings.isEmpty()
              ? "the request body broke off: " + e.getMessage()
              : "the request body is not the whole gzip that its Content-Encoding says; pack it anew");
    }
  }

  private Refusal tooLarge() {
    return new Refusal.TooLarge(
        "the request body may have at most "
            + maxBodyBytes
            + " bytes; send it in parts, or raise the limit in the configuration");
  }

  /// The body as JSON.
  public Value json() {
    var bytes = body();
    if (bytes.length == 0) throw new Refusal.Invalid("the request needs a JSON body");
    return Json.parse(bytes);
  }

  /// The body as a JSON object.
  public Map<String, Value> jsonObject() {
    if (json() instanceof Value.Struct(var members)) return members;
    throw new Refusal.Invalid("the request body must be a JSON object");
  }

  /// The fields of an HTML form (application/x-www-form-urlencoded); the last of equal names wins.
  public Map<String, String> form() {
    var fields = new LinkedHashMap<String, String>();
    formValues().forEach((name, values) -> fields.put(name, values.getLast()));
    return fields;
  }

  /// The fields of an HTML form with all values of each, in the order in which they came.
  public Map<String, List<String>> formValues() {
    var fields = new LinkedHashMap<String, List<String>>();
    var text = new String(body(), StandardCharsets.UTF_8);
    if (text.isEmpty()) return fields;
    for (var pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      try {
        var name =
            URLDecoder.decode(
                equals < 0 ? pair : pair.substring(0, equals), StandardCharsets.UTF_8);
        var value =
            equals < 0 ? "" : URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
        fields.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
      } catch (IllegalArgumentException e) {
        throw new Refusal.Invalid("a form field is not properly encoded: " + e.getMessage());
      }
    }
    return fields;
  }

  public String remoteAddress() {
    return request.remotePeer().host();
  }

  public Exchange setHeader(String name, String value) {
    response.header(HeaderNames.create(name), value);
    return this;
  }

  public Exchange addHeader(String name, String value) {
    response.headers().add(io.helidon.http.HeaderValues.create(name, value));
    return this;
  }

  /// A cookie no script reads, sent to this site only; a zero age ends it.
  public Exchange setCookie(String name, String value, Duration age) {
    response
        .headers()
        .addCookie(
            SetCookie.builder(name, value)
                .path("/")
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite(SetCookie.SameSite.LAX)
                .maxAge(age)
                .build());
    return this;
  }

  public void send(int status) {
    response.status(Status.create(status));
    if (status == 204 || status == 304) response.headers().set(LengthOfNothing.MARK);
    response.send();
  }

  public void send(int status, String contentType, byte[] bytes) {
    response.status(Status.create(status)).header(HeaderNames.CONTENT_TYPE, contentType);
    Protection.addTo(response.headers(), contentType);
    var packed = Packing.packed(request.headers(), response.headers(), contentType, bytes);
    if (isHead()) {
      response.headers().contentLength(packed.length);
      response.send();
    } else response.send(packed);
  }

  private boolean isHead() {
    return request.prologue().method().equals(Method.HEAD);
  }

  public void send(int status, String contentType, String text) {
    send(status, contentType, text.getBytes(StandardCharsets.UTF_8));
  }

  public void json(int status, Value value) {
    send(status, "application/json", Json.bytes(value));
  }

  public void html(int status, String page) {
    send(status, "text/html; charset=utf-8", page);
  }

  /// Sends the browser on; 303, so that it asks with GET.
  public void redirect(String location) {
    setHeader("Location", location).send(303);
  }

  /// For answers that are written while they arise. Close it to end the answer.
  public OutputStream stream(int status, String contentType) {
    response.status(Status.create(status)).header(HeaderNames.CONTENT_TYPE, contentType);
    Protection.addTo(response.headers(), contentType);
    if (isHead()) {
      response.send();
      return OutputStream.nullOutputStream();
    }
    return response.outputStream();
  }

  void send(Errors.Answer answer) {
    send(answer.status(), answer.contentType(), answer.body());
  }
}
