package plaza.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.WebServer;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import plaza.access.Access;
import plaza.access.AccessSettings;
import plaza.access.key.GrantTerms;
import plaza.access.people.Person;
import plaza.access.people.Role;
import plaza.access.people.Scope;
import plaza.access.secret.HashCost;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.ledger.Actor;
import plaza.ledger.Feed;
import plaza.ledger.Ledger;
import plaza.ledger.Limits;
import plaza.ledger.Reader;
import plaza.testkit.MemoryStore;
import plaza.testkit.TestCity;
import plaza.web.Right;
import plaza.web.Site;

class AccessApiTest {
  private static final String PASSWORD = "four words or so";
  private static final Actor OFFICE = Actor.of("urn:plaza:test").through("programme");

  private final InstantSource clock = () -> TestCity.NOON;
  private final MemoryStore store = new MemoryStore();
  private final Feed feed = new Feed(store);
  private final Access access =
      new Access(AccessSettings.DEFAULT.with(HashCost.CHEAP), clock, new Random(1));
  private final Ledger ledger = new Ledger(store, access.policy(), feed, Limits.DEFAULT, clock);
  private final Site site =
      new Site(access.authenticator(), (_, _, _) -> {}, List.of(AccessApi.routes(access, clock)));
  private final HttpClient client = HttpClient.newHttpClient();
  private WebServer server;

  /// What a browser would keep.
  private record Browser(String cookie, String csrf) {}

  private record Answer(int status, Map<String, Value> members, String text) {
    String text(String name) {
      return members.get(name) instanceof Value.Text(var text) ? text : "";
    }
  }

  @BeforeEach
  void start() {
    access.open(ledger, new Reader(store, ledger, access.policy(), Limits.DEFAULT));
    server =
        WebServer.builder()
            .address(InetAddress.getLoopbackAddress())
            .port(0)
            .routing(site.routing())
            .build()
            .start();
  }

  @AfterEach
  void stop() {
    server.stop();
    client.close();
    feed.close();
    ledger.close();
  }

  @Test
  void theSetUpTokenMakesAnAdministratorWhoSignsIn() throws Exception {
    var token = access.setup().begin().orElseThrow();

    var made =
        send(
            "POST",
            "/setup",
            null,
            "{\"token\":\"%s\",\"name\":\"lin\",\"password\":\"%s\"}".formatted(token, PASSWORD));
    var admin = signIn("lin");

    assertThat(made.status()).isEqualTo(201);
    assertThat(send("GET", "/people", admin, null).status()).isEqualTo(200);
    assertThat(send("GET", "/session", admin, null).text()).contains("\"admin\"");
  }

  @Test
  void aWrongPasswordIsRefusedWithoutACookie() throws Exception {
    person("mei");
    var answer = raw("POST", "/session", null, "{\"name\":\"mei\",\"password\":\"wrong\"}");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("set-cookie")).isEmpty();
  }

  @Test
  void theSessionCookieIsOutOfReachOfScriptsAndOtherSites() throws Exception {
    person("mei");
    var answer = raw("POST", "/session", null, credentials("mei"));

    assertThat(answer.headers().firstValue("set-cookie").orElseThrow())
        .contains("plaza_session=")
        .contains("HttpOnly")
        .contains("SameSite=Lax");
    assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
  }

  @Test
  void aSignInThatAnotherSiteCouldSendIsRefused() throws Exception {
    person("mei");
    var request =
        request("/session")
            .header("Content-Type", "text/plain")
            .POST(HttpRequest.BodyPublishers.ofString(credentials("mei")))
            .build();

    assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(400);
  }

  @Test
  void aChangeWithoutTheTokenOfTheSessionIsRefused() throws Exception {
    person("mei");
    var mei = signIn("mei");

    assertThat(send("POST", "/keys", new Browser(mei.cookie(), "x"), "{\"label\":\"a\"}").status())
        .isEqualTo(403);
    assertThat(send("POST", "/keys", mei, "{\"label\":\"a\"}").status()).isEqualTo(201);
  }

  @Test
  void signingOutEndsTheSessionOnTheServer() throws Exception {
    person("mei");
    var mei = signIn("mei");

    assertThat(send("DELETE", "/session", mei, null).status()).isEqualTo(204);
    assertThat(send("GET", "/session", mei, null).text()).contains("\"authenticated\":false");
    assertThat(send("GET", "/keys", mei, null).status()).isEqualTo(401);
  }

  @Test
  void aStrangerMakesAnAccountAndIsAResidentAtOnce() throws Exception {
    var answer =
        send(
            "POST",
            "/people",
            null,
            "{\"name\":\"anna\",\"displayName\":\"Anna\",\"password\":\"" + PASSWORD + "\"}");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.text()).contains("resident").contains("csrf");
    assertThat(send("POST", "/people", null, "{\"name\":\"bob\",\"password\":\"short\"}").text())
        .contains("at least 12 characters");
  }

  @Test
  void aKeyIsShownOnceAndWorksUntilItIsRevoked() throws Exception {
    person("hao", Role.DATA_STEWARD);
    var hao = signIn("hao");

    var issued = send("POST", "/keys", hao, "{\"label\":\"script\"}");
    var key = issued.text("key");

    assertThat(key).startsWith("plz_");
    assertThat(send("GET", "/keys", hao, null).text())
        .contains(issued.text("id"))
        .doesNotContain(key.substring(key.lastIndexOf('_')));
    assertThat(withKey("/session", key).text("id")).isEqualTo(id("hao"));
    send("POST", "/keys/" + issued.text("id") + "/revoke", hao, "{\"reason\":\"lost\"}");
    assertThat(withKey("/session", key).status()).isEqualTo(401);
    assertThat(withKey("/session", key).text()).contains("was revoked: lost");
  }

  @Test
  void aPilotKeySeesItselfAndItsGrantsOnly() throws Exception {
    person("hao", Role.DATA_STEWARD);
    person("builder");
    var pilot = "urn:ngsi-ld:Pilot:1";
    access.grants().give(OFFICE, terms(pilot));
    access.grants().give(OFFICE, terms("urn:ngsi-ld:Pilot:2"));

    var issued =
        send(
            "POST",
            "/keys",
            signIn("hao"),
            "{\"kind\":\"pilot\",\"label\":\"pilot\",\"for\":\"%s\",\"owner\":\"%s\"}"
                .formatted(pilot, id("builder")));
    var key = issued.text("key");

    assertThat(withKey("/permissions", key).text())
        .contains("BikeHireDockingStation, valid until")
        .contains("Pilot:1")
        .doesNotContain("Pilot:2");
    assertThat(withKey("/keys", key).text()).contains(issued.text("id"));
    assertThat(withKey("/people", key).status()).isEqualTo(403);
    assertThat(withKey("/memberships", key).status()).isEqualTo(403);
  }

  @Test
  void onlyADataStewardIssuesPilotKeys() throws Exception {
    person("builder");

    var answer =
        send(
            "POST",
            "/keys",
            signIn("builder"),
            "{\"kind\":\"PILOT\",\"label\":\"x\",\"for\":\"urn:ngsi-ld:Pilot:1\"}");

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.text()).contains("dataSteward");
  }

  @Test
  void anAdministratorGivesAndTakesRoles() throws Exception {
    person("lin", Role.ADMIN);
    person("mei");
    var admin = signIn("lin");

    var given =
        send("POST", "/roles", admin, "{\"person\":\"%s\",\"role\":\"pmo\"}".formatted(id("mei")));
    assertThat(given.status()).isEqualTo(201);
    assertThat(access.roles().holds(id("mei"), Role.PMO, Scope.CITY)).isTrue();
    assertThat(send("GET", "/roles", signIn("mei"), null).text()).contains("pmo");

    assertThat(send("DELETE", "/roles/" + given.text("id"), admin, null).status()).isEqualTo(204);
    assertThat(access.roles().holds(id("mei"), Role.PMO, Scope.CITY)).isFalse();
    assertThat(send("POST", "/roles", admin, "{\"person\":\"x\",\"role\":\"emperor\"}").text())
        .contains("there is no role 'emperor'");
  }

  @Test
  void anOrganisationIsEnteredJoinedAndVerified() throws Exception {
    person("builder");
    person("mei", Role.PMO);
    var builder = signIn("builder");

    var company =
        send("POST", "/organisations", builder, "{\"name\":\"Bikes\",\"kind\":\"startup\"}");
    var membership =
        send(
            "POST",
            "/memberships",
            builder,
            "{\"organisation\":\"%s\"}".formatted(company.text("id")));
    assertThat(membership.text()).contains("\"verified\":false");
    var path = "/memberships/" + membership.text("id") + "/verify";
    assertThat(send("POST", path, builder, "{}").status()).isEqualTo(403);

    assertThat(send("POST", path, signIn("mei"), "{}").text()).contains("\"verified\":true");
    assertThat(send("GET", "/session", builder, null).text()).contains("innovator");
    assertThat(send("GET", "/organisations", null, null).text()).contains("Bikes");
  }

  @Test
  void theAuditRecordIsForAuditorsAndTellsWhatHappened() throws Exception {
    person("ada", Role.AUDITOR);
    person("mei");
    signIn("mei");
    var auditor = signIn("ada");

    assertThat(send("GET", "/audit?limit=2", auditor, null).text())
        .contains("signedIn")
        .contains(id("mei"))
        .doesNotContain("passwordHash");
    assertThat(send("GET", "/audit/verification", auditor, null).text())
        .contains("\"intact\":true");
    assertThat(send("GET", "/audit", signIn("mei"), null).status()).isEqualTo(403);
  }

  @Test
  void aMisspeltMemberIsNamed() throws Exception {
    assertThat(send("POST", "/session", null, "{\"user\":\"mei\"}").text())
        .contains("there is no member 'user' here; the members are name, password");
  }

  @Test
  void nothingButSignInIsOpenToStrangers() {
    var open =
        site.routes().stream()
            .filter(route -> route.right() instanceof Right.Anyone)
            .map(route -> route.method() + " " + route.path().substring("/api/v1".length()));

    assertThat(open)
        .containsExactlyInAnyOrder(
            "GET /session",
            "POST /session",
            "DELETE /session",
            "POST /setup",
            "POST /people",
            "GET /organisations",
            "GET /organisations/{id}");
  }

  private Person person(String name, Role... roles) {
    var person = access.people().add(OFFICE, name, name, null, PASSWORD);
    for (var role : roles) access.roles().give(OFFICE, person.id(), role, Scope.CITY, null);
    return person;
  }

  private String id(String name) {
    return access.people().findByName(name).orElseThrow().id();
  }

  private GrantTerms terms(String holder) {
    Instant now = clock.instant();
    return new GrantTerms(
        "default",
        holder,
        Set.of(TestCity.STATION),
        Set.of(),
        null,
        null,
        null,
        null,
        now,
        now.plus(Duration.ofDays(30)),
        null);
  }

  private static String credentials(String name) {
    return "{\"name\":\"%s\",\"password\":\"%s\"}".formatted(name, PASSWORD);
  }

  private Browser signIn(String name) throws Exception {
    var answer = raw("POST", "/session", null, credentials(name));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    var cookie = answer.headers().firstValue("set-cookie").orElseThrow().split(";")[0];
    return new Browser(cookie, read(answer).text("csrf"));
  }

  private Answer withKey(String path, String key) throws Exception {
    var request = request(path).header("X-API-Key", key).GET().build();
    return read(client.send(request, HttpResponse.BodyHandlers.ofString()));
  }

  private Answer send(String method, String path, @Nullable Browser browser, @Nullable String body)
      throws Exception {
    return read(raw(method, path, browser, body));
  }

  private HttpResponse<String> raw(
      String method, String path, @Nullable Browser browser, @Nullable String body)
      throws Exception {
    var request =
        request(path)
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (body != null) request.header("Content-Type", "application/json");
    if (browser != null)
      request.header("Cookie", browser.cookie()).header("X-CSRF-Token", browser.csrf());
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static Answer read(HttpResponse<String> answer) {
    var members =
        !answer.body().isEmpty() && Json.parse(answer.body()) instanceof Value.Struct(var all)
            ? all
            : Map.<String, Value>of();
    return new Answer(answer.statusCode(), members, answer.body());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:" + server.port() + "/api/v1" + path));
  }
}
