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

  /// A linked-entity path such as `owner{Person:name}`: some entity that the links of a path lead
  /// to meets a condition.
  ///
  /// @param types expanded names of which a linked entity must have one; empty asks nothing
  record Linked(Path path, List<String> types, Condition inner) implements Condition {
    public Linked {
      types = List.copyOf(types);
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

  /// Over how many links the condition looks; 0 when it asks of the entity alone.
  default int linkDepth() {
    return switch (this) {
      case And(var parts) -> parts.stream().mapToInt(Condition::linkDepth).max().orElse(0);
      case Or(var parts) -> parts.stream().mapToInt(Condition::linkDepth).max().orElse(0);
      case Linked(_, _, var inner) -> 1 + inner.linkDepth();
      case Exists _, Test _ -> 0;
    };
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
