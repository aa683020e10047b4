package plaza.portal.need;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plaza.graph.GeoJson;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.portal.city.District;
import plaza.programme.demand.NewNeed;

/// A need as it stands in the form, good or not yet.
///
/// @param place `longitude,latitude` of the pin; empty without
/// @param department on whose behalf an officer states it; empty for oneself
/// @param district id of a district, for who cannot or will not set a pin; empty without
public record NeedForm(
    String title,
    String description,
    String field,
    String place,
    String district,
    String department) {
  static final NeedForm EMPTY = new NeedForm("", "", "TRA", "", "", "");

  static NeedForm of(Map<String, String> form) {
    return new NeedForm(
        form.getOrDefault("title", "").strip(),
        form.getOrDefault("description", "").strip(),
        form.getOrDefault("field", "TRA"),
        form.getOrDefault("place", "").strip(),
        form.getOrDefault("district", ""),
        form.getOrDefault("department", ""));
  }

  /// @throws Refusal.Invalid saying what is missing or wrong
  NewNeed need(List<District> districts) {
    if (title.isEmpty()) throw new Refusal.Invalid("Please say in one line what you need.");
    var json = new LinkedHashMap<String, Value>();
    json.put("title", Value.of(title));
    if (!description.isEmpty()) json.put("description", Value.of(description));
    json.put("field", Value.of(field));
    json.put("language", Value.of(isChinese(title + description) ? "zh-TW" : "en"));
    if (!department.isEmpty()) {
      json.put("origin", Value.of("department"));
      json.put("originDepartment", Value.of(department));
    }
    var location = location(districts);
    if (location != null) json.put("location", location);
    return NewNeed.of(new Value.Struct(json));
  }

  /// The pin before the district: it says more.
  Value.@Nullable Struct location(List<District> districts) {
    var pin = point(place);
    if (pin != null) return pin;
    return districts.stream()
        .filter(one -> one.id().equals(district))
        .findFirst()
        .map(one -> GeoJson.write(one.shape()))
        .orElse(null);
  }

  static Value.@Nullable Struct point(String place) {
    if (place.isEmpty()) return null;
    var parts = place.split(",", -1);
    try {
      double longitude = Double.parseDouble(parts[0]);
      double latitude = Double.parseDouble(parts[1]);
      var point = GeoJson.point(longitude, latitude);
      GeoJson.geometry(point);
      return point;
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw new Refusal.Invalid("the pin's place looks like 121.57,25.08, not '" + place + "'");
    }
  }

  private static boolean isChinese(String text) {
    return text.codePoints()
        .anyMatch(one -> Character.UnicodeScript.of(one) == Character.UnicodeScript.HAN);
  }
}
