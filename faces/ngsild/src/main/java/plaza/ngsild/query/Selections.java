package plaza.ngsild.query;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;
import plaza.graph.query.ScopeExpression;
import plaza.graph.query.Selector;
import plaza.graph.query.TypeSelection;
import plaza.ngsild.context.Context;
import plaza.ngsild.parse.Members;

/// Reads type selections (clause 4.17), scope queries (clause 4.19), identifiers and id patterns.
public final class Selections {
  private Selections() {}

  /// `(Home;Vehicle)|Motorhome`; null for `*`, which asks nothing.
  public static @Nullable TypeSelection types(String text, Context context) {
    if (text.strip().equals("*")) return null;
    return disjunction(
        text,
        "type",
        name -> new TypeSelection.Is(Members.name(name, "type: a type name", context)),
        TypeSelection.AllOf::new,
        TypeSelection.AnyOf::new);
  }

  /// Quotes may stand around the whole, as in the examples of annexes C.5.15 and C.5.16.
  public static ScopeExpression scopes(String text) {
    boolean quoted = text.length() > 2 && text.startsWith("\"") && text.endsWith("\"");
    return disjunction(
        quoted ? text.substring(1, text.length() - 1) : text,
        "scopeQ",
        Selections::scope,
        ScopeExpression.AllOf::new,
        ScopeExpression.AnyOf::new);
  }

  /// A regular expression that is neither broken nor too long.
  public static Pattern pattern(String text, String what) {
    return Patterns.compile(text, what);
  }

  private static ScopeExpression scope(String pattern) {
    var levels = (pattern.startsWith("/") ? pattern.substring(1) : pattern).split("/", -1);
    for (int i = 0; i < levels.length; i++) {
      var level = levels[i];
      boolean good =
          level.equals("+")
              || (level.equals("#") && i == levels.length - 1)
              || (!level.isEmpty()
                  && Character.isLetter(level.codePointAt(0))
                  && level.codePoints().allMatch(c -> Character.isLetterOrDigit(c) || c == '_'));
      if (!good)
        throw new Refusal.Invalid(
            "scopeQ: '" + pattern + "' is no scope such as /Taipei/Daan, /Taipei/+ or /Taipei/#");
    }
    return new ScopeExpression.Matches(pattern);
  }

  /// Alternatives by `|` or `,`, each one thing or several in parentheses joined by `;`.
  private static <T> T disjunction(
      String text,
      String what,
      Function<String, ? extends T> one,
      Function<List<T>, ? extends T> all,
      Function<List<T>, ? extends T> any) {
    var alternatives = new ArrayList<T>();
    int at = 0;
    while (at <= text.length()) {
      int end = at;
      if (at < text.length() && text.charAt(at) == '(') {
        end = text.indexOf(')', at);
        if (end < 0)
          throw new Refusal.Invalid(what + " opens '(' and never closes it: '" + text + "'");
        var parts = new ArrayList<T>();
        for (var part : text.substring(at + 1, end).split(";", -1))
          parts.add(one.apply(part.strip()));
        alternatives.add(parts.size() == 1 ? parts.getFirst() : all.apply(parts));
        end++;
        if (end < text.length() && "|,".indexOf(text.charAt(end)) < 0)
          throw new Refusal.Invalid(what + " should have '|' or ',' after ')', in '" + text + "'");
      } else {
        while (end < text.length() && "|,".indexOf(text.charAt(end)) < 0) end++;
        alternatives.add(one.apply(text.substring(at, end).strip()));
      }
      at = end + 1;
      if (end >= text.length()) break;
    }
    return alternatives.size() == 1 ? alternatives.getFirst() : any.apply(alternatives);
  }

  /// Which entities, by what a request says of id, idPattern and type.
  public static Selector selector(
      List<String> ids, @Nullable String idPattern, @Nullable String types, Context context) {
    return new Selector(
        ids.stream().map(id -> context.uri(id, "id")).toList(),
        idPattern == null ? null : Patterns.compile(idPattern, "idPattern"),
        types == null ? null : types(types, context));
  }
}
