package plaza.server.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import plaza.api.open311.Open311Settings;
import plaza.graph.Refusal;

/// What an operator decides about faults that residents report (Open311).
final class FaultSettings {
  static final Setting<Boolean> ANONYMOUS =
      new Setting<>(
          "faults.anonymous", Kind.FLAG, "false", "faults may be reported without an api_key");
  static final Setting<Integer> ANONYMOUS_PER_HOUR =
      new Setting<>(
          "faults.anonymous-per-hour",
          Kind.whole(1, 1_000_000),
          "30",
          "most faults an hour from one address without an api_key");
  static final Setting<Set<String>> JURISDICTIONS =
      new Setting<>(
          "faults.jurisdictions",
          Kind.NAMES,
          "",
          "names of tenants as jurisdiction_id, such as city.gov=default,town.gov=town");
  static final Setting<String> CONTACT =
      new Setting<>("faults.contact", Kind.TEXT, "", "whom the discovery document says to ask");

  private FaultSettings() {}

  static List<Setting<?>> all() {
    return List.of(ANONYMOUS, ANONYMOUS_PER_HOUR, JURISDICTIONS, CONTACT);
  }

  /// @param open whether anybody may do everything
  static Open311Settings of(Configuration from, boolean open) {
    var jurisdictions = new LinkedHashMap<String, String>();
    for (var pair : from.get(JURISDICTIONS)) {
      int equals = pair.indexOf('=');
      if (equals < 1 || equals == pair.length() - 1)
        throw new Refusal.Invalid(
            "faults.jurisdictions must be pairs such as city.gov=default, not '" + pair + "'");
      jurisdictions.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return new Open311Settings(
        open || from.get(ANONYMOUS),
        from.get(ANONYMOUS_PER_HOUR),
        jurisdictions,
        from.get(CONTACT));
  }
}
