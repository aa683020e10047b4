package plaza.api.access;

import static plaza.access.people.Role.ADMIN;
import static plaza.access.people.Role.AUDITOR;

import plaza.access.Access;
import plaza.access.people.Role;
import plaza.access.people.Scope;
import plaza.graph.Address;
import plaza.web.Body;
import plaza.web.Exchange;
import plaza.web.Right;
import plaza.web.Routes;

/// Who holds which role on what.
final class RoleRoutes {
  private final Access access;

  RoleRoutes(Access access) {
    this.access = access;
  }

  void addTo(Routes routes) {
    routes
        .get("/api/v1/roles", Right.known(), this::list)
        .post("/api/v1/roles", Right.role(ADMIN), this::give)
        .delete("/api/v1/roles/{id}", Right.role(ADMIN), this::take);
  }

  /// Administrators and auditors see all, past ones too; others what they hold.
  private void list(Exchange exchange) {
    var caller = exchange.caller();
    var all = caller.holds(ADMIN) || caller.holds(AUDITOR);
    var found =
        all ? access.roles().list() : access.roles().listCurrent(SessionRoutes.person(caller));
    var person = exchange.query("person");
    exchange.json(
        200,
        Answers.items(
            found.stream()
                .filter(one -> person.isEmpty() || person.get().equals(one.person()))
                .map(Answers::of)
                .toList()));
  }

  private void give(Exchange exchange) {
    var body = Body.of(exchange, "person", "role", "tenant", "on", "until");
    var scope =
        new Scope(
            body.findText("tenant").orElse(Address.DEFAULT_TENANT),
            body.findText("on").orElse(null));
    var holding =
        access
            .roles()
            .give(
                exchange.caller().actor(),
                body.text("person"),
                Role.of(body.text("role")),
                scope,
                body.findTime("until").orElse(null));
    exchange.json(201, Answers.of(holding));
  }

  private void take(Exchange exchange) {
    access.roles().take(exchange.caller().actor(), exchange.parameter("id"));
    exchange.send(204);
  }
}
