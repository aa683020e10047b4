package plaza.api.access;

import java.time.InstantSource;
import plaza.access.Access;
import plaza.web.Routes;

/// Everything of `/api/v1` that is about who may do what.
public final class AccessApi {
  private AccessApi() {}

  public static Routes routes(Access access, InstantSource clock) {
    var routes = new Routes();
    new SessionRoutes(access).addTo(routes);
    new PeopleRoutes(access).addTo(routes);
    new OrganizationRoutes(access).addTo(routes);
    new RoleRoutes(access).addTo(routes);
    new KeyRoutes(access, clock).addTo(routes);
    new GrantRoutes(access, clock).addTo(routes);
    new AuditRoutes(access).addTo(routes);
    return routes;
  }
}
