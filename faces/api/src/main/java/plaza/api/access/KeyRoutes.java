package plaza.api.access;

import static plaza.access.people.Role.ADMIN;
import static plaza.access.people.Role.AUDITOR;
import static plaza.access.people.Role.DATA_STEWARD;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import plaza.access.Access;
import plaza.access.Caller;
import plaza.access.key.Key;
import plaza.access.key.Keys;
import plaza.access.key.Narrowing;
import plaza.graph.Refusal;
import plaza.web.Body;
import plaza.web.Exchange;
import plaza.web.Right;
import plaza.web.Routes;

/// API keys. A key's text is in the answer that issues it and in no other.
final class KeyRoutes {
  private static final Duration USUAL = Duration.ofDays(90);

  private final Access access;
  private final InstantSource clock;

  KeyRoutes(Access access, InstantSource clock) {
    this.access = access;
    this.clock = clock;
  }

  void addTo(Routes routes) {
    routes
        .get("/api/v1/keys", Right.known(), this::list)
        .post("/api/v1/keys", Right.known(), this::issue)
        .get("/api/v1/keys/{id}", Right.known(), this::get)
        .post("/api/v1/keys/{id}/revoke", Right.known(), this::revoke);
  }

  private void list(Exchange exchange) {
    var now = clock.instant();
    exchange.json(
        200,
        Answers.items(
            visible(exchange.caller()).stream().map(key -> Answers.of(key, now)).toList()));
  }

  /// Those who look after keys see all; others their own and their organisations'; a key itself.
  private List<Key> visible(Caller caller) {
    if (caller.holds(ADMIN) || caller.holds(AUDITOR) || caller.holds(DATA_STEWARD))
      return access.keys().list();
    var person = caller.person();
    if (person == null)
      return caller.key() == null ? List.of() : List.of(access.keys().get(caller.key()));
    var found = new ArrayList<>(access.keys().listOf(person));
    for (var organization : access.organizations().verifiedOf(person))
      found.addAll(access.keys().listOf(organization));
    return found;
  }

  private void get(Exchange exchange) {
    var id = exchange.parameter("id");
    var key =
        visible(exchange.caller()).stream()
            .filter(one -> one.id().equals(id))
            .findFirst()
            .orElseThrow(() -> new Refusal.NotFound("you have no key '" + id + "'"));
    exchange.json(200, Answers.of(key, clock.instant()));
  }

  private void issue(Exchange exchange) {
    var body =
        Body.of(
            exchange, "kind", "label", "owner", "for", "until", "readOnly", "types", "attributes");
    var caller = exchange.caller();
    var now = clock.instant();
    var until = body.findTime("until").orElse(now.plus(USUAL));
    var label = body.text("label");
    var by = caller.actor();
    var issued =
        switch (kind(body.findText("kind").orElse("PERSONAL"))) {
          case PERSONAL -> {
            var person = SessionRoutes.person(caller);
            requireNoLonger(caller, until);
            yield access.keys().issuePersonal(by, person, label, narrowing(body), until);
          }
          case PILOT ->
              access.keys().issuePilot(by, owner(body, caller), body.text("for"), label, until);
          case LINK ->
              access.keys().issueLink(by, owner(body, caller), body.text("for"), label, until);
        };
    answer(exchange, issued);
  }

  private void answer(Exchange exchange, Keys.Issued issued) {
    exchange
        .setHeader("Location", "/api/v1/keys/" + issued.key().id())
        .setHeader("Cache-Control", "no-store")
        .json(201, Answers.of(issued.key(), clock.instant(), issued.text()));
  }

  /// A key that fell into wrong hands must not live on in another that it made.
  private void requireNoLonger(Caller caller, Instant until) {
    var key = caller.key();
    if (key != null && until.isAfter(access.keys().get(key).until()))
      throw new Refusal.Forbidden(
          "a key cannot issue one that outlives it, beyond "
              + access.keys().get(key).until()
              + "; sign in to issue it");
  }

  private static String owner(Body body, Caller caller) {
    return body.findText("owner").orElseGet(() -> SessionRoutes.person(caller));
  }

  private static @org.jspecify.annotations.Nullable Narrowing narrowing(Body body) {
    var narrowed = body.flag("readOnly") || body.has("types") || body.has("attributes");
    return narrowed
        ? new Narrowing(body.flag("readOnly"), body.texts("types"), body.texts("attributes"))
        : null;
  }

  private static Key.Kind kind(String text) {
    for (var kind : Key.Kind.values())
      if (kind.name().equals(text.toUpperCase(Locale.ROOT))) return kind;
    throw new Refusal.Invalid(
        "there is no kind of key '"
            + text
            + "'; the kinds are "
            + Arrays.toString(Key.Kind.values()));
  }

  private void revoke(Exchange exchange) {
    var reason = Body.of(exchange, "reason").text("reason");
    var key = access.keys().revoke(exchange.caller().actor(), exchange.parameter("id"), reason);
    exchange.json(200, Answers.of(key, clock.instant()));
  }
}
