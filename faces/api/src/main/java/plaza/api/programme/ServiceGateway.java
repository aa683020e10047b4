package plaza.api.programme;

import plaza.access.Access;
import plaza.access.Caller;
import plaza.access.key.Key;
import plaza.graph.Address;
import plaza.programme.Programme;
import plaza.programme.record.Kind;
import plaza.web.Exchange;
import plaza.web.Site;

/// Counts the users of services where every request passes. A service says whom it asks for by a
/// pseudonym (`Plaza-Service-User`) beside its own key; somebody who signed in says which service
/// they use (`Plaza-Service`). Who sends neither is not looked at further.
public final class ServiceGateway implements Site.Visits {
  /// What a service calls one of its users; it need mean nothing to anybody else.
  public static final String USER = "Plaza-Service-User";

  /// Id of the service through which a signed-in person asks.
  public static final String SERVICE = "Plaza-Service";

  private static final String SERVICE_ID = "urn:ngsi-ld:" + Kind.SERVICE.title() + ":";
  private final Access access;
  private final Programme programme;

  public ServiceGateway(Access access, Programme programme) {
    this.access = access;
    this.programme = programme;
  }

  @Override
  public void visited(Caller caller, Exchange exchange) {
    var person = caller.person();
    if (person != null) {
      exchange
          .header(SERVICE)
          .filter(service -> service.startsWith(SERVICE_ID) && service.length() <= 200)
          .ifPresent(service -> saw(exchange, service, person));
      return;
    }
    var key = caller.key();
    if (key == null) return;
    var user = exchange.header(USER).filter(name -> !name.isBlank() && name.length() <= 200);
    if (user.isEmpty()) return;
    access
        .keys()
        .find(key)
        .map(Key::subject)
        .filter(subject -> subject.startsWith(SERVICE_ID))
        .ifPresent(service -> saw(exchange, service, user.get()));
  }

  private void saw(Exchange exchange, String service, String user) {
    var tenant = exchange.header("NGSILD-Tenant").orElse(Address.DEFAULT_TENANT);
    programme.usage().saw(Address.tenant(tenant), service, user);
  }
}
