package plaza.api.branch;

import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import plaza.access.key.Ground;
import plaza.access.people.Role;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.query.Moments;
import plaza.ledger.Branch;
import plaza.ledger.Ledger;
import plaza.web.Exchange;
import plaza.web.Right;
import plaza.web.Routes;

/// Forking a city costs one small write; every face then answers for the branch.
public final class BranchRoutes {
  private static final String ROOT = "/api/v1/branches";
  // A branch is written like the city itself, so it is for those who may write the city.
  private static final Right STEWARDS = Right.role(Role.DATA_STEWARD);

  private final Ledger ledger;

  public BranchRoutes(Ledger ledger) {
    this.ledger = ledger;
  }

  public Routes routes() {
    return new Routes()
        .get(ROOT, Right.known(), this::list)
        .post(ROOT, STEWARDS, this::fork)
        .get(ROOT + "/{name}", Right.known(), e -> e.json(200, view(named(e))))
        .delete(ROOT + "/{name}", STEWARDS, this::discard);
  }

  private void list(Exchange exchange) {
    exchange.json(
        200,
        new Value.Items(
            ledger.branches().list(tenant(exchange).tenant()).stream()
                // What began empty is somebody's snapshot, no what-if.
                .filter(branch -> branch.parent() != null)
                .<Value>map(BranchRoutes::view)
                .toList()));
  }

  /// `{name, parent, at}`: only the name is required; `at` starts from the city as it was then.
  private void fork(Exchange exchange) {
    var body = exchange.jsonObject();
    var parent = tenant(exchange).branch(text(body, "parent", Address.MAIN));
    var at = text(body, "at", "");
    var name = text(body, "name", "");
    if (name.isEmpty()) throw new Refusal.Invalid("a branch needs a name such as close-the-bridge");
    if (Ground.isSandbox(name) || Ground.isSandbox(parent))
      throw new Refusal.Invalid(
          "branches whose names begin with 'sandbox.' are pilots' sandboxes, opened by POST"
              + " /api/v1/pilots/{id}/sandboxes; choose another name");
    try {
      var moment = at.isEmpty() ? null : Moments.parse(at);
      var branch = ledger.fork(exchange.caller().actor(), parent.at(moment), name);
      exchange.setHeader("Location", ROOT + "/" + name).json(201, view(branch));
    } catch (DateTimeParseException e) {
      throw new Refusal.Invalid(
          "at must be a moment such as 2025-05-12T08:00:00Z, not '" + at + "'");
    }
  }

  private void discard(Exchange exchange) {
    var branch = named(exchange);
    ledger.discard(exchange.caller().actor(), tenant(exchange).branch(branch.layer().branch()));
    exchange.send(204);
  }

  private Branch named(Exchange exchange) {
    return ledger
        .branches()
        .get(plaza.ledger.store.Layer.of(tenant(exchange).branch(exchange.parameter("name"))));
  }

  private static Address tenant(Exchange exchange) {
    return Address.tenant(exchange.header("NGSILD-Tenant").orElse(Address.DEFAULT_TENANT));
  }

  private static String text(Map<String, Value> body, String name, String otherwise) {
    return switch (body.get(name)) {
      case null -> otherwise;
      case Value.Text(var text) -> text;
      case Value _ -> throw new Refusal.Invalid(name + " of a branch must be a text");
    };
  }

  private static Value view(Branch branch) {
    var members = new LinkedHashMap<String, Value>();
    members.put("name", Value.of(branch.layer().branch()));
    var parent = branch.parent();
    if (parent != null) members.put("parent", Value.of(parent.branch()));
    members.put("forkedAt", Value.of(branch.createdAt().toString()));
    members.put("position", Value.of(branch.forkedAt().number()));
    var asOf = branch.asOf();
    if (asOf != null) members.put("at", Value.of(asOf.toString()));
    return new Value.Struct(members);
  }
}
