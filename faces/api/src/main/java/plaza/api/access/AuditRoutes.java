package plaza.api.access;

import static plaza.access.people.Role.ADMIN;
import static plaza.access.people.Role.AUDITOR;

import java.util.Map;
import plaza.access.Access;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.web.Exchange;
import plaza.web.Right;
import plaza.web.Routes;

/// Who signed in, who got which role, key and grant.
final class AuditRoutes {
  private static final int LONGEST_PAGE = 1_000;

  private final Access access;

  AuditRoutes(Access access) {
    this.access = access;
  }

  void addTo(Routes routes) {
    routes
        .get("/api/v1/audit", Right.role(AUDITOR, ADMIN), this::list)
        .get("/api/v1/audit/verification", Right.role(AUDITOR, ADMIN), this::verify);
  }

  /// Newest first; `before` goes on where the last page ended.
  private void list(Exchange exchange) {
    int limit = exchange.query("limit", 100);
    if (limit < 1 || limit > LONGEST_PAGE)
      throw new Refusal.Invalid("limit must be 1 to " + LONGEST_PAGE + ", not " + limit);
    int before = exchange.query("before", Integer.MAX_VALUE);
    exchange.json(
        200, Answers.items(access.audit().list(before, limit).stream().map(Answers::of).toList()));
  }

  private void verify(Exchange exchange) {
    var faults = access.audit().verify();
    exchange.json(
        200,
        new Value.Struct(Map.of("intact", Value.of(faults.isEmpty()), "faults", Value.of(faults))));
  }
}
