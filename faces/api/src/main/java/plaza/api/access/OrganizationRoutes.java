package plaza.api.access;

import static plaza.access.people.Role.ADMIN;
import static plaza.access.people.Role.AUDITOR;
import static plaza.access.people.Role.PMO;

import java.math.BigDecimal;
import java.util.List;
import plaza.access.Access;
import plaza.access.people.Membership;
import plaza.access.people.Organization;
import plaza.api.linked.JsonLd;
import plaza.graph.Refusal;
import plaza.web.Body;
import plaza.web.Exchange;
import plaza.web.Right;
import plaza.web.Routes;

/// Organisations, which are public, and who acts for them, which is not.
final class OrganizationRoutes {
  private final Access access;

  OrganizationRoutes(Access access) {
    this.access = access;
  }

  void addTo(Routes routes) {
    routes
        .get("/api/v1/organisations", Right.anyone(), this::list)
        .post("/api/v1/organisations", Right.known(), this::add)
        .get("/api/v1/organisations/{id}", Right.anyone(), this::get)
        .get("/api/v1/memberships", Right.known(), this::memberships)
        .post("/api/v1/memberships", Right.known(), this::join)
        .post("/api/v1/memberships/{id}/verify", Right.role(PMO, ADMIN), this::verify)
        .delete("/api/v1/memberships/{id}", Right.known(), this::leave);
  }

  private void list(Exchange exchange) {
    var found = access.organizations().list();
    if (JsonLd.isWanted(exchange)) OrgOrganizations.send(exchange, found);
    else exchange.json(200, Answers.items(found.stream().map(Answers::of).toList()));
  }

  private void get(Exchange exchange) {
    var organization = access.organizations().get(exchange.parameter("id"));
    JsonLd.tell(exchange);
    if (JsonLd.isWanted(exchange)) OrgOrganizations.send(exchange, organization);
    else exchange.json(200, Answers.of(organization));
  }

  private void add(Exchange exchange) {
    var body = Body.of(exchange, "name", "kind", "identifiers", "publicShare", "partOf", "address");
    var organization =
        access
            .organizations()
            .add(
                exchange.caller().actor(),
                body.text("name"),
                Organization.Kind.of(body.text("kind")),
                body.texts("identifiers"),
                body.findNumber("publicShare").map(BigDecimal::valueOf).orElse(null),
                body.findText("partOf").orElse(null),
                body.findText("address").orElse(null));
    exchange
        .setHeader("Location", "/api/v1/organisations/" + organization.id())
        .json(201, Answers.of(organization));
  }

  /// Those who look after memberships see all; others their own and their organisations'.
  private void memberships(Exchange exchange) {
    var caller = exchange.caller();
    List<Membership> found;
    if (caller.holds(PMO) || caller.holds(ADMIN) || caller.holds(AUDITOR)) {
      found = access.organizations().listMemberships();
    } else {
      var person = SessionRoutes.person(caller);
      var own = access.organizations().verifiedOf(person);
      found =
          access.organizations().listMemberships().stream()
              .filter(one -> one.person().equals(person) || own.contains(one.organization()))
              .toList();
    }
    var person = exchange.query("person");
    var organization = exchange.query("organisation");
    exchange.json(
        200,
        Answers.items(
            found.stream()
                .filter(one -> person.isEmpty() || person.get().equals(one.person()))
                .filter(
                    one -> organization.isEmpty() || organization.get().equals(one.organization()))
                .map(Answers::of)
                .toList()));
  }

  private void join(Exchange exchange) {
    var body = Body.of(exchange, "person", "organisation", "verified");
    var caller = exchange.caller();
    var membership =
        access
            .organizations()
            .join(
                caller.actor(),
                body.findText("person").orElseGet(() -> SessionRoutes.person(caller)),
                body.text("organisation"),
                body.flag("verified"));
    exchange.json(201, Answers.of(membership));
  }

  private void verify(Exchange exchange) {
    exchange.json(
        200,
        Answers.of(
            access.organizations().verify(exchange.caller().actor(), exchange.parameter("id"))));
  }

  private void leave(Exchange exchange) {
    if (exchange.caller().isAnonymous()) throw new Refusal.Unauthenticated("sign in first");
    access.organizations().leave(exchange.caller().actor(), exchange.parameter("id"));
    exchange.send(204);
  }
}
