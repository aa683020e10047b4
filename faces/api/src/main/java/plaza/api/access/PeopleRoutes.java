package plaza.api.access;

import static plaza.access.people.Role.ADMIN;
import static plaza.access.people.Role.AUDITOR;

import plaza.access.Access;
import plaza.graph.Refusal;
import plaza.web.Body;
import plaza.web.Exchange;
import plaza.web.Right;
import plaza.web.Routes;

/// Accounts. Strangers make one for themselves, administrators for anybody.
final class PeopleRoutes {
  private final Access access;
  private final SessionRoutes sessions;

  PeopleRoutes(Access access) {
    this.access = access;
    this.sessions = new SessionRoutes(access);
  }

  void addTo(Routes routes) {
    routes
        .get("/api/v1/people", Right.role(ADMIN, AUDITOR), this::list)
        .post("/api/v1/people", Right.anyone(), this::add)
        .get("/api/v1/people/{id}", Right.known(), this::get)
        .patch("/api/v1/people/{id}", Right.known(), this::change)
        .post("/api/v1/people/{id}/suspend", Right.role(ADMIN), this::suspend)
        .post("/api/v1/people/{id}/reinstate", Right.role(ADMIN), this::reinstate)
        .post("/api/v1/people/{id}/password", Right.role(ADMIN), this::resetPassword);
  }

  private void list(Exchange exchange) {
    exchange.json(200, Answers.items(access.people().list().stream().map(Answers::of).toList()));
  }

  private void add(Exchange exchange) {
    var body = Body.of(exchange, "name", "displayName", "email", "password");
    var name = body.text("name");
    var displayName = body.findText("displayName").orElse(name);
    var email = body.findText("email").orElse(null);
    if (exchange.caller().isAnonymous()) {
      var begun =
          access
              .signIn()
              .register(name, displayName, email, body.text("password"), exchange.remoteAddress());
      sessions.answer(exchange, begun, 201);
      return;
    }
    var person =
        access
            .people()
            .add(exchange.caller().actor(), name, displayName, email, body.text("password"));
    exchange.setHeader("Location", "/api/v1/people/" + person.id()).json(201, Answers.of(person));
  }

  private void get(Exchange exchange) {
    var id = exchange.parameter("id");
    var caller = exchange.caller();
    if (!id.equals(caller.person()) && !caller.holds(ADMIN) && !caller.holds(AUDITOR))
      throw new Refusal.Forbidden(
          "an account is shown to its person, to administrators and auditors, not to "
              + caller.actor().id());
    exchange.json(200, Answers.of(access.people().get(id)));
  }

  private void change(Exchange exchange) {
    var body = Body.of(exchange, "displayName", "email");
    var old = access.people().get(exchange.parameter("id"));
    var person =
        access
            .people()
            .changeProfile(
                exchange.caller().actor(),
                old.id(),
                body.findText("displayName").orElse(old.displayName()),
                body.has("email") ? body.text("email") : old.email());
    exchange.json(200, Answers.of(person));
  }

  private void suspend(Exchange exchange) {
    var reason = Body.of(exchange, "reason").text("reason");
    exchange.json(
        200,
        Answers.of(
            access.people().suspend(exchange.caller().actor(), exchange.parameter("id"), reason)));
  }

  private void reinstate(Exchange exchange) {
    var reason = Body.of(exchange, "reason").text("reason");
    exchange.json(
        200,
        Answers.of(
            access
                .people()
                .reinstate(exchange.caller().actor(), exchange.parameter("id"), reason)));
  }

  private void resetPassword(Exchange exchange) {
    var password = Body.of(exchange, "newPassword").text("newPassword");
    access.signIn().resetPassword(exchange.caller().actor(), exchange.parameter("id"), password);
    exchange.send(204);
  }
}
