package plaza.ngsild.query;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import plaza.graph.Value;
import plaza.graph.query.Condition;
import plaza.graph.query.Operand;
import plaza.graph.query.Path;
import plaza.json.Json;

/// Writes a condition in the query language of clause 4.9 with the names of another context (clause
/// 4.3.6.6), so that [QParser] reads the same again.
public final class QWriter {
  private final UnaryOperator<String> names;

  private QWriter(UnaryOperator<String> names) {
    this.names = names;
  }

  /// @param names the short name of an expanded one
  /// @return null when the condition cannot be said: it needs full names, terms of the caller's
  ///   context, or looks at linked entities
  public static @Nullable String write(Condition condition, UnaryOperator<String> names) {
    return new QWriter(names).written(condition);
  }

  private @Nullable String written(Condition condition) {
    return switch (condition) {
      case Condition.And(var parts) -> joined(parts, this::enclosed, ";");
      case Condition.Or(var parts) -> joined(parts, this::enclosed, "|");
      case Condition.Linked _ -> null;
      case Condition.Exists(var path) -> path(path);
      case Condition.Test(var path, var operator, var wanted) -> {
        var name = path(path);
        var values = joined(wanted, this::operand, ",");
        yield name == null || values == null ? null : name + sign(operator) + values;
      }
    };
  }

  private @Nullable String enclosed(Condition part) {
    var text = written(part);
    boolean bare = part instanceof Condition.Exists || part instanceof Condition.Test;
    return text == null || bare ? text : "(" + text + ")";
  }

  private static <T> @Nullable String joined(
      List<T> parts, Function<T, @Nullable String> one, String between) {
    var texts = new ArrayList<String>();
    for (var part : parts) {
      var text = one.apply(part);
      if (text == null) return null;
      texts.add(text);
    }
    return String.join(between, texts);
  }

  private @Nullable String path(Path path) {
    var text = name(path.attribute());
    for (var sub : path.subAttributes()) {
      var name = name(sub);
      text = text == null || name == null ? null : text + "." + name;
    }
    if (text == null || path.trail().isEmpty()) return text;
    return text + "[" + String.join(".", path.trail()) + "]";
  }

  private @Nullable String name(String name) {
    // Names of the system are the same in every context.
    if (name.indexOf(':') < 0) return name;
    var text = names.apply(name);
    return text.indexOf(':') < 0 && text.indexOf('.') < 0 ? text : null;
  }

  private static String sign(Condition.Operator operator) {
    return switch (operator) {
      case EQUAL -> "==";
      case UNEQUAL -> "!=";
      case GREATER -> ">";
      case GREATER_OR_EQUAL -> ">=";
      case LESS -> "<";
      case LESS_OR_EQUAL -> "<=";
      case MATCHES -> "~=";
      case MATCHES_NOT -> "!~=";
    };
  }

  private @Nullable String operand(Operand operand) {
    return switch (operand) {
      case Operand.Exactly(Value value) -> Json.text(value);
      case Operand.Moment(_, var text) -> text;
      case Operand.Term(var text, _) -> text.indexOf(':') < 0 ? null : text;
      case Operand.Between(var low, var high) -> {
        var from = operand(low);
        var to = operand(high);
        yield from == null || to == null ? null : from + ".." + to;
      }
      case Operand.Regex(var pattern) -> pattern(pattern.pattern());
    };
  }

  /// Quoted where it would end too early.
  private static String pattern(String pattern) {
    boolean safe = pattern.chars().noneMatch(c -> ";|()\" ".indexOf(c) >= 0);
    return safe ? pattern : "\"" + pattern.replace("\"", "\\\"") + "\"";
  }
}
