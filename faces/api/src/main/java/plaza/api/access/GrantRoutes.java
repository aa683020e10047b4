package plaza.api.access;

import static plaza.access.people.Role.ADMIN;
import static plaza.access.people.Role.AUDITOR;
import static plaza.access.people.Role.DATA_STEWARD;
import static plaza.access.people.Role.PMO;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import plaza.access.Access;
import plaza.access.Caller;
import plaza.access.key.Grant;
import plaza.graph.Refusal;
import plaza.web.Exchange;
import plaza.web.Right;
import plaza.web.Routes;

/// Grants, to read: giving and ending them is a procedure of the programme.
final class GrantRoutes {
  private final Access access;
  private final InstantSource clock;

  GrantRoutes(Access access, InstantSource clock) {
    this.access = access;
    this.clock = clock;
  }

  void addTo(Routes routes) {
    routes
        .get("/api/v1/permissions", Right.known(), this::list)
        .get("/api/v1/permissions/{id}", Right.known(), this::get);
  }

  private void list(Exchange exchange) {
    var now = clock.instant();
    var holder = exchange.query("holder");
    exchange.json(
        200,
        Answers.items(
            visible(exchange.caller()).stream()
                .filter(one -> holder.isEmpty() || holder.get().equals(one.terms().holder()))
                .map(one -> Answers.of(one, now))
                .toList()));
  }

  private void get(Exchange exchange) {
    var id = exchange.parameter("id");
    var grant =
        visible(exchange.caller()).stream()
            .filter(one -> one.id().equals(id))
            .findFirst()
            .orElseThrow(() -> new Refusal.NotFound("you have no grant '" + id + "'"));
    exchange.json(200, Answers.of(grant, clock.instant()));
  }

  /// Those who run grants see all; others those that open something for them.
  private List<Grant> visible(Caller caller) {
    if (caller.holds(ADMIN)
        || caller.holds(AUDITOR)
        || caller.holds(DATA_STEWARD)
        || caller.holds(PMO)) return access.grants().list();
    var found = new ArrayList<Grant>();
    for (var holder : holders(caller)) found.addAll(access.grants().listOf(holder));
    return found;
  }

  private List<String> holders(Caller caller) {
    var holders = new ArrayList<String>();
    var person = caller.person();
    if (person != null) {
      holders.add(person);
      holders.addAll(access.organizations().verifiedOf(person));
    } else if (caller.key() != null) {
      var key = access.keys().get(caller.key());
      holders.add(key.id());
      holders.add(key.owner());
      if (key.subject() != null) holders.add(key.subject());
    }
    return holders;
  }
}
