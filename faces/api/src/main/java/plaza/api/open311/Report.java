package plaza.api.open311;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import plaza.graph.GeoJson;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.fault.NewFault;

/// The form of `POST requests`, read by the specification's names. Names it does not have are
/// passed over, as apps send their own.
final class Report {
  private static final Pattern ATTRIBUTE =
      Pattern.compile("attributes?\\[([^\\[\\]]+)](\\[\\d*])?");
  private static final Map<String, String> ABOUT =
      Map.of(
          "email", "email",
          "phone", "phone",
          "first_name", "firstName",
          "last_name", "lastName",
          "device_id", "deviceId",
          "account_id", "accountId");
  private static final int LONGEST = 300;

  private final Map<String, List<String>> form;

  Report(Map<String, List<String>> form) {
    this.form = form;
  }

  /// What was sent under a name, blanks around it removed; empty for nothing.
  Optional<String> find(String name, int most) {
    var values = form.getOrDefault(name, List.of());
    if (values.isEmpty()) return Optional.empty();
    var text = values.getLast().strip();
    if (text.codePointCount(0, text.length()) > most)
      throw new Refusal.Invalid(name + " may have at most " + most + " characters");
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  @SuppressWarnings("NullAway") // a fault may be without a point; the class file does not tell
  NewFault fault() {
    var code =
        find("service_code", 60)
            .orElseThrow(() -> new Refusal.Invalid("service_code was not provided"));
    var about = new LinkedHashMap<String, String>();
    ABOUT.forEach((sent, kept) -> find(sent, LONGEST).ifPresent(text -> about.put(kept, text)));
    return new NewFault(
        code,
        place(),
        find("address_string", 1_000).orElse(null),
        find("address_id", 200).orElse(null),
        find("description", NewFault.LONGEST_DESCRIPTION).orElse(""),
        find("media_url", 2_048).orElse(null),
        answers(),
        about);
  }

  private Value.@Nullable Struct place() {
    var latitude = find("lat", 30);
    var longitude = find("long", 30);
    if (latitude.isEmpty() && longitude.isEmpty()) return null;
    if (latitude.isEmpty() || longitude.isEmpty())
      throw new Refusal.Invalid("lat and long must both be sent");
    return GeoJson.point(degrees("long", longitude.get(), 180), degrees("lat", latitude.get(), 90));
  }

  private static double degrees(String name, String text, int most) {
    try {
      double degrees = Double.parseDouble(text);
      if (Math.abs(degrees) <= most) return degrees;
    } catch (NumberFormatException e) {
      // Said below, with the range.
    }
    throw new Refusal.Invalid(
        name + " must be degrees (WGS84) from -" + most + " to " + most + ", not '" + text + "'");
  }

  private Map<String, List<String>> answers() {
    var answers = new LinkedHashMap<String, List<String>>();
    form.forEach((name, values) -> {
      var attribute = ATTRIBUTE.matcher(name);
      if (attribute.matches())
        answers.computeIfAbsent(attribute.group(1), _ -> new ArrayList<>()).addAll(values);
    });
    return answers;
  }
}
