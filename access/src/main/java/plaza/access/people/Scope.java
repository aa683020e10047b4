package plaza.access.people;

import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Names;

/// Where a role is held: in a whole tenant, or only on one thing in it.
///
/// @param on URI of an organisation, a department or a record such as a challenge; null for the
///   whole tenant
public record Scope(String tenant, @Nullable String on) {
  /// The whole default tenant.
  public static final Scope CITY = new Scope(Address.DEFAULT_TENANT, null);

  public Scope {
    tenant = Address.tenant(tenant).tenant();
    if (on != null) on = Names.uri(on, "what a role is held on");
  }

  public static Scope tenant(String tenant) {
    return new Scope(tenant, null);
  }

  public static Scope on(String tenant, String uri) {
    return new Scope(tenant, uri);
  }

  public boolean isWholeTenant() {
    return on == null;
  }

  /// Whether who holds a role here holds it there too.
  public boolean covers(Scope other) {
    return tenant.equals(other.tenant) && (on == null || on.equals(other.on));
  }

  @Override
  public String toString() {
    return on == null ? "tenant " + tenant : on + " in tenant " + tenant;
  }
}
