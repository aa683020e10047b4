package plaza.programme.demand;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.record.Fields;

/// A need as someone states it.
///
/// @param language BCP 47
/// @param location GeoJSON point or area; null when the need has no place
/// @param field a code of the programme's fields, such as `TRA`
/// @param origin who wants it: citizen, department or company
/// @param department that states it; null unless the origin is one
public record NewNeed(
    String title,
    String description,
    String language,
    Value.@Nullable Struct location,
    String field,
    @Nullable String affectedGroup,
    String origin,
    @Nullable String department) {
  /// Codes of `fields.csv`.
  public static final Set<String> FIELDS =
      Set.of("GOV", "SEC", "BLD", "TRA", "EDU", "HEA", "ENV", "ECO");

  public NewNeed {
    if (!FIELDS.contains(field))
      throw new Refusal.Invalid(
          "field of a need must be one of "
              + String.join(", ", FIELDS.stream().sorted().toList())
              + ", not '"
              + field
              + "'");
    var tag = Locale.forLanguageTag(language);
    if (tag.getLanguage().isEmpty())
      throw new Refusal.Invalid(
          "language of a need must be a BCP 47 tag such as zh-TW or en, not '" + language + "'");
    if (!List.of("citizen", "department", "company").contains(origin))
      throw new Refusal.Invalid(
          "origin of a need must be citizen, department or company, not '" + origin + "'");
    if (department != null && !origin.equals("department"))
      throw new Refusal.Invalid("originDepartment is for needs whose origin is department");
  }

  /// One that no department states.
  public NewNeed(
      String title,
      String description,
      String language,
      Value.@Nullable Struct location,
      String field,
      @Nullable String affectedGroup,
      String origin) {
    this(title, description, language, location, field, affectedGroup, origin, null);
  }

  /// Reads `{title, description, language, location, field, affectedGroup, origin,
  /// originDepartment}`; only title is required.
  public static NewNeed of(Value.Struct json) {
    var fields = new Fields("a need", json);
    var need =
        new NewNeed(
            fields.text("title", 200),
            fields.findText("description", 10_000).orElse(""),
            fields.findText("language", 35).orElse("zh-TW"),
            fields.findPlace("location").orElse(null),
            fields.findText("field", 10).orElse("GOV"),
            fields.findText("affectedGroup", 200).orElse(null),
            fields.findText("origin", 20).orElse("citizen"),
            fields.findUri("originDepartment").orElse(null));
    fields.done();
    return need;
  }

  /// What a record of it holds.
  public Map<String, Value> fields() {
    var fields = new LinkedHashMap<String, Value>();
    fields.put("title", Value.of(title));
    if (!description.isEmpty()) fields.put("description", Value.of(description));
    fields.put("language", Value.of(language));
    if (location != null) fields.put("location", location);
    fields.put("field", Value.of(field));
    if (affectedGroup != null) fields.put("affectedGroup", Value.of(affectedGroup));
    fields.put("origin", Value.of(origin));
    if (department != null) fields.put("originDepartment", Value.of(department));
    return fields;
  }
}
