package plaza.ngsild.http;

import java.util.ArrayList;
import java.util.List;
import plaza.graph.Refusal;
import plaza.ngsild.represent.Conformance;

/// What a caller would rather have (RFC 7240; clauses 6.3.6, 4.3.6.8). What is not understood is
/// passed over, as the RFC says.
final class Preferences {
  private static final String VERSION = "ngsi-ld=";

  private Preferences() {}

  private static List<String> of(Call call) {
    var preferences = new ArrayList<String>();
    for (var header : call.exchange().headers("Prefer"))
      for (var one : header.split(",", -1)) preferences.add(one.strip().replace("\"", ""));
    return preferences;
  }

  /// Whether GeoJSON should carry no context.
  static boolean plainBody(Call call) {
    return call.exchange().header("Prefer").isPresent() && of(call).contains("body=json");
  }

  /// The version of the standard the caller knows, which the answer then names.
  static Conformance version(Call call) {
    if (call.exchange().header("Prefer").isEmpty()) return Conformance.NOW;
    for (var one : of(call)) {
      if (!one.startsWith(VERSION)) continue;
      try {
        var version = Conformance.parse(one.substring(VERSION.length()), "Prefer: ngsi-ld");
        call.exchange().setHeader("Preference-Applied", VERSION + "1." + version.minor());
        return version;
      } catch (Refusal.Invalid noVersion) {
        // A preference that is not understood is none (RFC 7240 §2).
      }
    }
    return Conformance.NOW;
  }
}
