package plaza.ngsild.query;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.ngsild.context.Context;
import plaza.ngsild.represent.Join;

/// Reads `join`, `joinLevel` and `containedBy` (clauses 4.5.23, 6.4.3.2, 6.5.3.1, 5.2.23,
/// 5.2.14.1).
public final class JoinParser {
  private JoinParser() {}

  public static Join parse(QueryParser.Parameters parameters, Context context) {
    var manner = parameters.get("join");
    int level = level(parameters.get("joinLevel"));
    if (manner == null || manner.equals("@none")) return Join.NONE;
    return new Join(
        switch (manner) {
          case "inline" -> Join.Manner.INLINE;
          case "flat" -> Join.Manner.FLAT;
          default ->
              throw new Refusal.Invalid("join must be inline, flat or @none, not '" + manner + "'");
        },
        level,
        containedBy(parameters, context));
  }

  /// The members of a Query document or of the parameters of a notification, as a URL has them. In
  /// a document a level is a number.
  public static QueryParser.Parameters members(Map<String, Value> members) {
    return name ->
        switch (members.get(name)) {
          case null -> null;
          case Value.Whole(long number) -> Long.toString(number);
          case Value.Text(var text) when name.equals("joinLevel") ->
              throw new Refusal.Invalid("joinLevel must be a number, not the text '" + text + "'");
          case Value.Flag(boolean set) -> Boolean.toString(set);
          case Value.Items list -> String.join(",", QueryParser.texts(list, name));
          case Value other -> QueryParser.text(other, name);
        };
  }

  private static int level(@Nullable String text) {
    if (text == null) return 1;
    try {
      int level = Integer.parseInt(text);
      if (level > 0 && level <= Join.DEEPEST) return level;
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new Refusal.Invalid(
        "joinLevel must be a whole number from 1 to " + Join.DEEPEST + ", not '" + text + "'");
  }

  private static Set<String> containedBy(QueryParser.Parameters parameters, Context context) {
    return parameters.list("containedBy").stream()
        .map(id -> context.uri(id, "containedBy"))
        .collect(Collectors.toUnmodifiableSet());
  }
}
