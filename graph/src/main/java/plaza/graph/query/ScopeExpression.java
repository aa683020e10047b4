package plaza.graph.query;

import java.util.List;

/// Clause 4.19: which scopes are wanted.
public sealed interface ScopeExpression {
  /// A scope such as `/Taipei/Daan`; `+` stands for one level, a final `/#` for any below.
  record Matches(String pattern) implements ScopeExpression {}

  record AllOf(List<ScopeExpression> parts) implements ScopeExpression {
    public AllOf {
      parts = List.copyOf(parts);
    }
  }

  record AnyOf(List<ScopeExpression> parts) implements ScopeExpression {
    public AnyOf {
      parts = List.copyOf(parts);
    }
  }

  default boolean accepts(List<String> scopes) {
    return switch (this) {
      case Matches(var pattern) -> scopes.stream().anyMatch(scope -> matches(pattern, scope));
      case AllOf(var parts) -> parts.stream().allMatch(part -> part.accepts(scopes));
      case AnyOf(var parts) -> parts.stream().anyMatch(part -> part.accepts(scopes));
    };
  }

  private static boolean matches(String pattern, String scope) {
    var wanted = levels(pattern);
    var found = levels(scope);
    for (int i = 0; i < wanted.length; i++) {
      if (wanted[i].equals("#")) return true;
      if (i >= found.length) return false;
      if (!wanted[i].equals("+") && !wanted[i].equals(found[i])) return false;
    }
    return wanted.length == found.length;
  }

  private static String[] levels(String scope) {
    return (scope.startsWith("/") ? scope.substring(1) : scope).split("/", -1);
  }
}
