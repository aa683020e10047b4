package plaza.api.open311;

import java.util.Map;

/// What an operator decides about reports of faults.
///
/// @param anonymous whether who sends no key may report
/// @param anonymousPerHour how many reports one address may make in an hour without a key
/// @param jurisdictions tenants by the names that Open311 calls them; a tenant's own name is always
///   one
/// @param contact whom to ask about the API; empty for nobody
public record Open311Settings(
    boolean anonymous, int anonymousPerHour, Map<String, String> jurisdictions, String contact) {
  public static final Open311Settings DEFAULT = new Open311Settings(false, 30, Map.of(), "");

  public Open311Settings {
    jurisdictions = Map.copyOf(jurisdictions);
  }
}
