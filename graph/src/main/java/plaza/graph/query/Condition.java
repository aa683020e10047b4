package plaza.graph.query;

import java.util.List;

/// The query language `q` of clause 4.9, parsed.
public sealed interface Condition {
  record And(List<Condition> parts) implements Condition {
    public And {
      parts = List.copyOf(parts);
    }
  }

  record Or(List<Condition> parts) implements Condition {
    public Or {
      parts = List.copyOf(parts);
    }
  }

  record Exists(Path path) implements Condition {}

  /// @param wanted alternatives: of a list such as `=="a","b"` any may be met
  record Test(Path path, Operator operator, List<Operand> wanted) implements Condition {
    public Test {
      wanted = List.copyOf(wanted);
    }

    public Test(Path path, Operator operator, Operand wanted) {
      this(path, operator, List.of(wanted));
    }
  }

  enum Operator {
    EQUAL,
    UNEQUAL,
    GREATER,
    GREATER_OR_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    MATCHES,
    MATCHES_NOT
  }
}
