package plaza.portal.form;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A field as a page shows it.
///
/// @param path the name of its input
/// @param value what stands in it
/// @param parts of a group; the ticks of boxes are looked up with [#isTicked]
/// @param fault what is wrong with it; empty for nothing
/// @param fresh whether the writer comes to it next, having just asked for its row
public record Filled(
    Field field,
    String path,
    String value,
    Set<String> ticked,
    List<Filled> parts,
    List<Row> rows,
    String fault,
    boolean fresh) {
  /// Rows this narrow show one that is empty where there is none; wider ones come when asked for.
  private static final int NARROW = 4;

  /// One of the rows of a field.
  public record Row(String path, List<Filled> parts) {
    public Row {
      parts = List.copyOf(parts);
    }
  }

  public Filled {
    ticked = Set.copyOf(ticked);
    parts = List.copyOf(parts);
    rows = List.copyOf(rows);
  }

  /// @param fresh the path of the row that was just added; empty for none
  public static List<Filled> of(
      List<Field> fields, Written written, Map<String, String> faults, String fresh) {
    return all(fields, "", written, faults, fresh);
  }

  private static List<Filled> all(
      List<Field> fields,
      String around,
      Written written,
      Map<String, String> faults,
      String fresh) {
    var filled = new ArrayList<Filled>();
    for (var field : fields) {
      var path = field.within(around);
      boolean next = !fresh.isEmpty() && around.equals(fresh) && field.equals(fields.getFirst());
      filled.add(
          new Filled(
              field,
              path,
              written.texts().getOrDefault(path, ""),
              ticks(field, path, written),
              field.form() == Field.Form.GROUP
                  ? all(field.parts(), path, written, faults, fresh)
                  : List.of(),
              field.form() == Field.Form.ROWS
                  ? rows(field, path, written, faults, fresh)
                  : List.of(),
              faults.getOrDefault(path, ""),
              next));
    }
    return filled;
  }

  private static Set<String> ticks(Field field, String path, Written written) {
    var ticks = new LinkedHashSet<String>();
    for (var option : field.options())
      if (!written.text(path + "." + option).isEmpty()) ticks.add(option);
    return ticks;
  }

  private static List<Row> rows(
      Field field, String path, Written written, Map<String, String> faults, String fresh) {
    var numbers = written.rows(path);
    if (numbers.isEmpty() && field.parts().size() <= NARROW) numbers = List.of(0);
    return numbers.stream()
        .map(number -> path + "." + number)
        .map(row -> new Row(row, all(field.parts(), row, written, faults, fresh)))
        .toList();
  }

  /// What is chosen by name in it and its parts.
  public static Set<String> chosen(List<Field> fields) {
    var chosen = new LinkedHashSet<String>();
    for (var field : fields) {
      if (!field.of().isEmpty()) chosen.add(field.of());
      chosen.addAll(chosen(field.parts()));
    }
    return chosen;
  }

  public boolean isTicked(String option) {
    return ticked.contains(option);
  }

  /// Whether there are rows in a form, whose buttons must not come before its own.
  public static boolean haveRows(List<Filled> inputs) {
    return inputs.stream()
        .anyMatch(one -> one.field.form() == Field.Form.ROWS || haveRows(one.parts));
  }

  public boolean isWrong() {
    return !fault.isEmpty();
  }
}
