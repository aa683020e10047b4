package plaza.api.programme;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
///
/// The first data that a pilot's key was answered are noted with the pilot; after that the key
/// costs one look into memory.
public final class ServiceGateway implements Site.Visits {
  /// What a service calls one of its users; it need mean nothing to anybody else.
  public static final String USER = "Plaza-Service-User";

  /// Id of the service through which a signed-in person asks.
  public static final String SERVICE = "Plaza-Service";

  private static final String SERVICE_ID = "urn:ngsi-ld:" + Kind.SERVICE.title() + ":";
  private static final String PILOT_ID = "urn:ngsi-ld:" + Kind.PILOT.title() + ":";

  /// Where the city's data are read and written.
  private static final String DATA = "/ngsi-ld/v1/";

  private static final int MOST_NOTED = 100_000;
  private static final System.Logger LOG = System.getLogger(ServiceGateway.class.getName());
  private final Access access;
  private final Programme programme;

  /// Keys whose data calls need no further look.
  private final Set<String> noted = ConcurrentHashMap.newKeySet();

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
    if (!noted.contains(key) && exchange.path().startsWith(DATA)) note(key, exchange);
    var user = exchange.header(USER).filter(name -> !name.isBlank() && name.length() <= 200);
    if (user.isEmpty()) return;
    access
        .keys()
        .find(key)
        .map(Key::subject)
        .filter(subject -> subject.startsWith(SERVICE_ID))
        .ifPresent(service -> saw(exchange, service, user.get()));
  }

  private void note(String key, Exchange exchange) {
    if (noted.size() >= MOST_NOTED) noted.clear();
    if (!noted.add(key)) return;
    access
        .keys()
        .find(key)
        .map(Key::subject)
        .filter(subject -> subject.startsWith(PILOT_ID))
        .ifPresent(pilot -> {
          var address = Address.tenant(tenant(exchange));
          // Beside the request: nobody waits for a note about them.
          Thread.ofVirtual().name("first-data").start(() -> note(key, pilot, address));
        });
  }

  private void note(String key, String pilot, Address address) {
    try {
      programme.pilots().sawData(address, pilot);
    } catch (RuntimeException e) {
      noted.remove(key); // the next call is noted instead
      LOG.log(System.Logger.Level.WARNING, "The first data of " + pilot + " were not noted", e);
    }
  }

  private static String tenant(Exchange exchange) {
    return exchange.header("NGSILD-Tenant").orElse(Address.DEFAULT_TENANT);
  }

  private void saw(Exchange exchange, String service, String user) {
    programme.usage().saw(Address.tenant(tenant(exchange)), service, user);
  }
}
