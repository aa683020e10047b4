package plaza.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// A city's first administrator and everybody they bring in, all by HTTP. Everybody has a key of
/// their own, which they made after signing in.
final class CityPeople {
  private static final Pattern SETUP = Pattern.compile("/setup\\?token=(\\S+)");
  private static final String PASSWORD = "four words or so, and more";

  private final long began = System.nanoTime();
  private final Asker nobody;
  private final Asker admin;
  private final Map<String, Asker> keys = new LinkedHashMap<>();
  private final Map<String, String> ids = new HashMap<>();
  private final Map<String, String> organisations = new HashMap<>();

  /// @param greeting what the server said on its first start, with the token that works once
  CityPeople(HttpClient client, String url, String greeting) {
    nobody = new Asker(client, url, Map.of());
    var token = SETUP.matcher(greeting);
    assertThat(token.find()).as(greeting).isTrue();
    var setup =
        "{'token': '%s', 'name': 'ada', 'password': '%s'}".formatted(token.group(1), PASSWORD);
    nobody.post("/api/v1/setup", setup).expect(201);
    assertThat(nobody.post("/api/v1/setup", setup).response().statusCode()).isBetween(400, 499);
    admin = withKey("ada");
  }

  /// How long this city has been making: the slower the machine, the longer.
  Duration age() {
    return Duration.ofNanos(System.nanoTime() - began);
  }

  void organisation(String name, String kind) {
    var made =
        admin
            .post("/api/v1/organisations", "{'name': '%s', 'kind': '%s'}".formatted(name, kind))
            .expect(201);
    organisations.put(name, made.text("id"));
  }

  /// @param role null for none
  /// @param organisation for which they act; null for none
  void join(String name, String role, String organisation) {
    var person =
        admin
            .post("/api/v1/people", "{'name': '%s', 'password': '%s'}".formatted(name, PASSWORD))
            .expect(201)
            .text("id");
    ids.put(name, person);
    if (organisation != null)
      admin
          .post(
              "/api/v1/memberships",
              "{'person': '%s', 'organisation': '%s', 'verified': true}"
                  .formatted(person, organisation(organisation)))
          .expect(201);
    if (role != null)
      admin
          .post("/api/v1/roles", "{'person': '%s', 'role': '%s'}".formatted(person, role))
          .expect(201);
    keys.put(name, withKey(name));
  }

  private Asker withKey(String name) {
    var session =
        nobody
            .post("/api/v1/session", "{'name': '%s', 'password': '%s'}".formatted(name, PASSWORD))
            .expect(200);
    var key =
        nobody
            .with("Cookie", session.header("Set-Cookie").split(";", 2)[0])
            .with("X-CSRF-Token", session.text("csrf"))
            .post("/api/v1/keys", "{'label': 'for today'}")
            .expect(201);
    return nobody.with("X-API-Key", key.text("key"));
  }

  Asker nobody() {
    return nobody;
  }

  Asker admin() {
    return admin;
  }

  Asker person(String name) {
    return java.util.Objects.requireNonNull(keys.get(name), name);
  }

  List<Asker> people(List<String> names) {
    return names.stream().map(this::person).toList();
  }

  String id(String name) {
    return java.util.Objects.requireNonNull(ids.get(name), name);
  }

  String organisation(String name) {
    return java.util.Objects.requireNonNull(organisations.get(name), name);
  }

  /// The id that a path ends with.
  static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
