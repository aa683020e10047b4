package plaza.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What came back, and what a check can say of it.
public record Answer(String asked, HttpResponse<String> response) {
  private static final String ERRORS = "https://uri.etsi.org/ngsi-ld/errors/";

  public Answer expect(int status) {
    assertThat(response.statusCode()).as(this::told).isEqualTo(status);
    return this;
  }

  /// A problem of one of the standard's types, as application/json and without a context (5.5.3,
  /// 6.3.3, 6.3.6).
  public Answer refused(int status, String error) {
    expect(status);
    assertThat(mediaType()).as(this::told).isEqualTo("application/json");
    assertThat(at("type")).as(this::told).isEqualTo(ERRORS + error);
    assertThat(at("title")).as(this::told).asString().isNotBlank();
    assertThat(at("detail")).as(this::told).asString().isNotBlank();
    assertThat(header("Link")).as(this::told).isEmpty();
    return this;
  }

  public int status() {
    return response.statusCode();
  }

  public String body() {
    return response.body();
  }

  public String mediaType() {
    return header("Content-Type").split(";", 2)[0].strip();
  }

  /// The first header of a name; empty when there is none.
  public String header(String name) {
    return response.headers().firstValue(name).orElse("");
  }

  public List<String> headers(String name) {
    return response.headers().allValues(name);
  }

  public Answer hasHeader(String name, String value) {
    assertThat(header(name)).as(() -> name + " of " + told()).isEqualTo(value);
    return this;
  }

  public Answer hasNoBody() {
    assertThat(body()).as(this::told).isEmpty();
    return this;
  }

  public Answer hasType(String mediaType) {
    assertThat(mediaType()).as(this::told).isEqualTo(mediaType);
    return this;
  }

  /// The target of the Link header with a relation.
  public Optional<String> linked(String relation) {
    return headers("Link").stream()
        .flatMap(header -> Pattern.compile(",(?=\\s*<)").splitAsStream(header))
        .filter(link -> link.matches(".*;\\s*rel=\"?" + Pattern.quote(relation) + "\"?.*"))
        .map(link -> link.substring(link.indexOf('<') + 1, link.indexOf('>')))
        .findFirst();
  }

  public @Nullable Object json() {
    return Json.parse(body());
  }

  /// What stands at a path such as `0/temperature/value`; names may have slashes of their own.
  public @Nullable Object at(String path) {
    return at(json(), path, this);
  }

  static @Nullable Object at(@Nullable Object from, String path, Object told) {
    if (path.isEmpty()) return from;
    if (from instanceof Map<?, ?> members)
      for (var name : members.keySet())
        if (path.equals(name) || path.startsWith(name + "/"))
          return at(members.get(name), rest(path, name.toString()), told);
    if (from instanceof List<?> items) {
      var place = path.split("/", 2)[0];
      if (place.matches("\\d+") && Integer.parseInt(place) < items.size())
        return at(items.get(Integer.parseInt(place)), rest(path, place), told);
    }
    throw new AssertionError("nothing at " + path + " of " + told);
  }

  private static String rest(String path, String first) {
    return path.length() == first.length() ? "" : path.substring(first.length() + 1);
  }

  public boolean holds(String path) {
    return holds(json(), path);
  }

  static boolean holds(@Nullable Object from, String path) {
    try {
      at(from, path, "");
      return true;
    } catch (AssertionError e) {
      return false;
    }
  }

  /// The whole body, whatever the order of members.
  public Answer is(String json, Object... arguments) {
    assertThat(json()).as(this::told).isEqualTo(Json.parse(Json.of(json, arguments)));
    return this;
  }

  public Answer has(String path, String json, Object... arguments) {
    assertThat(at(path))
        .as(() -> path + " of " + told())
        .isEqualTo(Json.parse(Json.of(json, arguments)));
    return this;
  }

  public Answer hasNo(String... paths) {
    for (var path : paths)
      assertThat(holds(path)).as(() -> path + " is not wanted in " + told()).isFalse();
    return this;
  }

  /// The body as a list, or the list at a path.
  public List<?> list() {
    return list("");
  }

  public List<?> list(String path) {
    assertThat(at(path)).as(this::told).isInstanceOf(List.class);
    return (List<?>) at(path);
  }

  /// A list of texts, or the one text in place of it.
  public List<String> texts(String path) {
    return at(path) instanceof List<?> items
        ? items.stream().map(String::valueOf).toList()
        : List.of(text(path));
  }

  /// The ids of the entities in the answer, in its order.
  public List<String> ids() {
    return list().stream().map(one -> String.valueOf(((Map<?, ?>) one).get("id"))).toList();
  }

  public String text(String path) {
    return String.valueOf(at(path));
  }

  String told() {
    var text = response.body();
    return "%s\n→ %d %s\n%s"
        .formatted(
            asked,
            response.statusCode(),
            response.headers().map(),
            text.substring(0, Math.min(text.length(), 3_000)));
  }

  @Override
  public String toString() {
    return told();
  }
}
