package plaza.portal.form;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/// What stands in a form, by the names of its inputs: `budget.amount`, `rubric.0.weight`.
public record Written(Map<String, String> texts) {
  /// The button that adds a row has this name, and the rows' path as its value.
  public static final String ADD = "_add";

  /// The button that removes a row has this name, and the row's path as its value.
  public static final String REMOVE = "_remove";

  public static final Written NOTHING = new Written(Map.of());

  private static final int MOST_ROWS = 500;

  public Written {
    var lines = new LinkedHashMap<String, String>();
    texts.forEach((name, text) -> lines.put(name, text.replace("\r\n", "\n")));
    texts = Map.copyOf(lines);
  }

  String text(String path) {
    return texts.getOrDefault(path, "").strip();
  }

  /// What something is within, by number; rows in which nothing is written count.
  List<Integer> rows(String path) {
    var rows = new TreeSet<Integer>();
    for (var name : texts.keySet()) {
      if (!name.startsWith(path + ".")) continue;
      var rest = name.substring(path.length() + 1);
      var number = rest.substring(0, rest.indexOf('.') < 0 ? rest.length() : rest.indexOf('.'));
      if (number.matches("\\d{1,6}")) rows.add(Integer.valueOf(number));
    }
    return rows.stream().limit(MOST_ROWS).toList();
  }

  /// Whether one of its buttons was pressed that only change the form.
  public boolean isUnfinished() {
    return texts.containsKey(ADD) || texts.containsKey(REMOVE);
  }

  /// The form with a row more or less, as its buttons ask.
  public Written carriedOut() {
    var changed = new LinkedHashMap<>(texts);
    var add = changed.remove(ADD);
    var remove = changed.remove(REMOVE);
    if (add != null && !add.isEmpty()) changed.put(add + "." + next(add), "");
    if (remove != null && !remove.isEmpty())
      changed.keySet().removeIf(name -> name.equals(remove) || name.startsWith(remove + "."));
    return new Written(changed);
  }

  /// The path of the row that was asked for; empty for none.
  public String added() {
    var add = Objects.requireNonNullElse(texts.get(ADD), "");
    return add.isEmpty() ? "" : add + "." + next(add);
  }

  private int next(String path) {
    var rows = rows(path);
    return rows.isEmpty() ? 0 : rows.getLast() + 1;
  }

  /// What is written in a field and its parts, rows numbered anew; blanks are nothing.
  Map<String, String> filled(String path) {
    var within = new TreeMap<String, String>();
    for (var one : texts.entrySet())
      if (one.getKey().equals(path) || one.getKey().startsWith(path + "."))
        if (!one.getValue().isBlank()) within.put(one.getKey(), one.getValue().strip());
    return within;
  }
}
