package plaza.programme.figures;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import plaza.graph.Value;

/// Rows as CSV (RFC 4180): one column for each member that any row has, lists joined by blanks.
public final class Table {
  private static final String FORMULA_SIGNS = "=+-@\t\r";

  private Table() {}

  public static String csv(List<Value.Struct> rows) {
    var columns = new LinkedHashSet<String>();
    rows.forEach(row -> columns.addAll(row.members().keySet()));
    var lines = new ArrayList<String>();
    lines.add(String.join(",", columns));
    for (var row : rows)
      lines.add(
          columns.stream()
              .map(column -> cell(text(row.members().get(column))))
              .collect(Collectors.joining(",")));
    return String.join("\r\n", lines) + "\r\n";
  }

  private static String text(@Nullable Value value) {
    return switch (value) {
      case null -> "";
      case Value.Null _ -> "";
      case Value.Text(var text) -> guarded(text);
      case Value.Whole(long number) -> Long.toString(number);
      case Value.Decimal(double number) -> Double.toString(number);
      case Value.Flag(boolean flag) -> Boolean.toString(flag);
      case Value.Items(var items) ->
          items.stream().map(Table::text).collect(Collectors.joining(" "));
      case Value.Struct(var members) ->
          members.entrySet().stream()
              .map(member -> member.getKey() + "=" + text(member.getValue()))
              .collect(Collectors.joining(" "));
    };
  }

  /// A spreadsheet must not take what somebody wrote for a formula.
  private static String guarded(String text) {
    return !text.isEmpty() && FORMULA_SIGNS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }

  private static String cell(String text) {
    return text.matches("(?s).*[\",\r\n].*") ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
  }
}
