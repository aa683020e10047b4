package plaza.api.programme;

import java.util.List;
import plaza.access.people.Role;
import plaza.graph.Value;
import plaza.programme.privacy.Privacy;
import plaza.web.Exchange;
import plaza.web.Right;
import plaza.web.Routes;

/// One's own data: what is kept and why, all of it to take along, and its erasure; for
/// administrators on behalf of others, with a log.
public final class PrivacyRoutes {
  private final Privacy privacy;

  public PrivacyRoutes(Privacy privacy) {
    this.privacy = privacy;
  }

  public Routes routes() {
    return new Routes()
        .get(
            "/api/v1/privacy/register",
            Right.anyone(),
            e -> e.json(200, privacy.register().toValue()))
        .get(
            "/api/v1/privacy/erasures",
            Right.role(Role.ADMIN, Role.AUDITOR),
            e -> e.json(200, new Value.Items(List.<Value>copyOf(privacy.log(Asking.caller(e))))))
        .get("/api/v1/me/data", Right.anyone(), e -> take(e, privacy.export(Asking.caller(e))))
        .post(
            "/api/v1/me/erasure",
            Right.anyone(),
            e -> e.json(200, privacy.erase(Asking.caller(e), Asking.body(e))))
        .get(
            "/api/v1/people/{id}/data",
            Right.role(Role.ADMIN),
            e -> take(e, privacy.export(Asking.caller(e), Asking.id(e))))
        .post(
            "/api/v1/people/{id}/erasure",
            Right.role(Role.ADMIN),
            e -> e.json(200, privacy.erase(Asking.caller(e), Asking.id(e), Asking.body(e))));
  }

  private static void take(Exchange exchange, Value.Struct data) {
    exchange
        .setHeader("Cache-Control", "no-store")
        .setHeader("Content-Disposition", "attachment; filename=\"my-data.json\"")
        .json(200, data);
  }
}
