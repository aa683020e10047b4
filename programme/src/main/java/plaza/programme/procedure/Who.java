package plaza.programme.procedure;

import java.util.List;
import java.util.regex.Pattern;

/// Who may take a step: one alternative of a `by` expression.
public sealed interface Who {
  /// Someone who holds the role on the record's scope.
  record Role(String name) implements Who {}

  /// Someone with a relation to the record: its author, a supporter, the holder.
  ///
  /// @param how `token`, `account`; empty for any
  record Related(String relation, List<String> how) implements Who {}

  /// Plaza itself; `clock` when time alone decides.
  ///
  /// @param why empty when any cause will do
  record Plaza(String why) implements Who {}

  /// The alternatives of `departmentOfficer|pmo`, `author(token|account)`, `system(clock)`.
  ///
  /// @throws IllegalArgumentException when the text is no such expression
  static List<Who> alternatives(String by) {
    return Term.split(by, '|').stream().map(Who::parse).toList();
  }

  private static Who parse(String text) {
    var accepted = Pattern.compile("(\\w+) accepted by (\\w+)").matcher(text);
    if (accepted.matches()) return new Role(accepted.group(2));
    var shape = Pattern.compile("(\\w+)(?:\\(([\\w|]+)\\))?").matcher(text);
    if (!shape.matches()) throw new IllegalArgumentException("'" + text + "' names nobody");
    var name = shape.group(1);
    var argument = shape.group(2) == null ? "" : shape.group(2);
    return switch (name) {
      case "system", "auto" ->
          new Plaza(name.equals("auto") && argument.isEmpty() ? "auto" : argument);
      case "author", "supporter", "holder", "authorObjection" ->
          new Related(name, argument.isEmpty() ? List.of() : List.of(argument.split("\\|")));
      default -> {
        if (!argument.isEmpty())
          throw new IllegalArgumentException("the role '" + text + "' takes no argument");
        yield new Role(name);
      }
    };
  }
}
