package plaza.api.access;

import java.time.Duration;
import plaza.access.Access;
import plaza.access.Caller;
import plaza.access.session.Sessions;
import plaza.graph.Refusal;
import plaza.web.Body;
import plaza.web.Exchange;
import plaza.web.Right;
import plaza.web.Routes;

/// Signing in and out, one's own password, and the first administrator.
final class SessionRoutes {
  private final Access access;

  SessionRoutes(Access access) {
    this.access = access;
  }

  void addTo(Routes routes) {
    routes
        .get("/api/v1/session", Right.anyone(), e -> e.json(200, Answers.of(e.caller())))
        .post("/api/v1/session", Right.anyone(), this::signIn)
        .delete("/api/v1/session", Right.anyone(), this::signOut)
        .post("/api/v1/session/password", Right.known(), this::changePassword)
        .post("/api/v1/setup", Right.anyone(), this::setUp);
  }

  private void signIn(Exchange exchange) {
    var body = Body.of(exchange, "name", "password");
    var begun =
        access.signIn().signIn(body.text("name"), body.text("password"), exchange.remoteAddress());
    answer(exchange, begun, 200);
  }

  void answer(Exchange exchange, Sessions.Begun begun, int status) {
    var age = Duration.between(begun.session().since(), begun.session().until());
    exchange
        .setCookie(Exchange.SESSION_COOKIE, begun.token(), age)
        .setHeader("Cache-Control", "no-store")
        .json(status, Answers.of(access.authenticator().fromSession(begun.token())));
  }

  private void signOut(Exchange exchange) {
    var session = exchange.caller().session();
    if (session != null) access.signIn().signOut(exchange.caller().actor(), session);
    exchange.setCookie(Exchange.SESSION_COOKIE, "", Duration.ZERO).send(204);
  }

  private void changePassword(Exchange exchange) {
    var body = Body.of(exchange, "oldPassword", "newPassword");
    access
        .signIn()
        .changePassword(
            person(exchange.caller()),
            body.text("oldPassword"),
            body.text("newPassword"),
            exchange.caller().session() == null ? "" : exchange.caller().session());
    exchange.send(204);
  }

  private void setUp(Exchange exchange) {
    var body = Body.of(exchange, "token", "name", "displayName", "email", "password");
    var person =
        access
            .setup()
            .finish(
                body.text("token"),
                body.text("name"),
                body.findText("displayName").orElse(body.text("name")),
                body.findText("email").orElse(null),
                body.text("password"));
    exchange.json(201, Answers.of(person));
  }

  /// The person who calls.
  static String person(Caller caller) {
    var person = caller.person();
    if (person == null)
      throw new Refusal.Forbidden(
          caller.actor().id() + " is no person; sign in, or use a personal key");
    return person;
  }
}
