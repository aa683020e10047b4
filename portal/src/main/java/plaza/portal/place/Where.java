package plaza.portal.place;

import java.util.Locale;
import plaza.graph.Address;
import plaza.web.Exchange;

/// Where the exchange is: the portal's own city, or another that the address names.
record Where(Address address, String home, String name) {
  static Where of(Exchange exchange, String ownName) {
    if (!exchange.path().startsWith("/cities/"))
      return new Where(Address.DEFAULT, "/places", ownName);
    var tenant = exchange.parameter("tenant");
    var name = tenant.substring(0, 1).toUpperCase(Locale.ROOT) + tenant.substring(1);
    return new Where(Address.tenant(tenant), "/cities/" + tenant + "/places", name);
  }
}
