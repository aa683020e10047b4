package plaza.portal.form;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which field a sentence of the programme is about, so that it can stand beside it. The programme
/// names the member it refuses, as it takes it: `weight of a criterion must be …`.
public final class Beside {
  private static final List<Pattern> NAMING =
      List.of(
          Pattern.compile("^(\\w+) (?:of|must|is)\\b"),
          Pattern.compile("\\bneeds (\\w+)\\b"),
          Pattern.compile("\\bsend (\\w+)\\b"),
          Pattern.compile(" has no member '(\\w+)'"));

  private static final Pattern GIVEN = Pattern.compile(", not \"?([^\"]*)\"?$");

  private Beside() {}

  /// @return the sentence by the path of its field; nothing when it names none
  public static Map<String, String> of(List<Field> fields, Written written, String sentence) {
    var faults = new LinkedHashMap<String, String>();
    for (var naming : NAMING) {
      var named = naming.matcher(sentence);
      if (!named.find()) continue;
      var path = find(fields, "", named.group(1), written, given(sentence));
      if (path.isEmpty()) continue;
      faults.put(path.get(), sentence);
      break;
    }
    return faults;
  }

  private static String given(String sentence) {
    var given = GIVEN.matcher(sentence);
    return given.find() ? given.group(1) : "";
  }

  /// @param given what was written in the field, where the sentence says; tells rows apart
  private static Optional<String> find(
      List<Field> fields, String around, String name, Written written, String given) {
    for (var field : fields) {
      var path = field.within(around);
      if (field.name().equals(name)) return Optional.of(path);
    }
    for (var field : fields) {
      var path = field.within(around);
      var within =
          switch (field.form()) {
            case GROUP -> find(field.parts(), path, name, written, given);
            case ROWS -> row(field, path, name, written, given);
            case TEXT,
                LONG,
                SELECT,
                CHOICE,
                CHECK,
                CHECKS,
                NUMBER,
                MOMENT,
                DATE,
                TIME,
                LIST,
                PAIRS,
                SHAPE,
                CHOOSE ->
                Optional.<String>empty();
          };
      if (within.isPresent()) return within;
    }
    return Optional.empty();
  }

  private static Optional<String> row(
      Field field, String path, String name, Written written, String given) {
    if (field.parts().stream().noneMatch(part -> part.name().equals(name))) return Optional.empty();
    boolean missing = given.isEmpty() || given.equals("nothing");
    return written.rows(path).stream()
        .map(row -> path + "." + row + "." + name)
        .filter(one -> written.text(one).equals(missing ? "" : given))
        .findFirst()
        .or(() -> Optional.of(path));
  }
}
