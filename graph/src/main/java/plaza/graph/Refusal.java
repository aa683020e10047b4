package plaza.graph;

import java.util.List;
import java.util.stream.Collectors;

/// Why Plaza will not do what was asked. Each face turns every kind into its own answer with an
/// exhaustive `switch`, so that a new kind cannot be forgotten.
///
/// The message is one sentence for the person who asked: it names the thing, its value, the rule
/// and, where there is one, the mend.
public abstract sealed class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private Refusal(String message) {
    // A refusal is an answer, not a crash: nobody reads its stack, so none is recorded.
    super(message, null, false, false);
  }

  /// The request breaks a rule of the model or the syntax.
  public static final class Invalid extends Refusal {
    private static final long serialVersionUID = 1L;

    public Invalid(String message) {
      super(message);
    }
  }

  /// There is no such entity, attribute, tenant, branch or record.
  public static final class NotFound extends Refusal {
    private static final long serialVersionUID = 1L;

    public NotFound(String message) {
      super(message);
    }
  }

  /// The identifier is taken.
  public static final class AlreadyExists extends Refusal {
    private static final long serialVersionUID = 1L;

    public AlreadyExists(String message) {
      super(message);
    }
  }

  /// The thing has changed since the caller read it, or its state forbids the action.
  public static final class Conflict extends Refusal {
    private static final long serialVersionUID = 1L;

    public Conflict(String message) {
      super(message);
    }
  }

  /// A step of a procedure whose conditions are not all met (HTTP: 409 with the whole list).
  public static final class Unmet extends Refusal {
    private static final long serialVersionUID = 1L;
    private final transient List<Condition> conditions;

    /// @param step what was asked, such as `urn:ngsi-ld:Pilot:1 cannot start`
    /// @param conditions every one that is unmet, not only the first
    public Unmet(String step, List<Condition> conditions) {
      super(sentence(step, conditions));
      this.conditions = List.copyOf(conditions);
    }

    public List<Condition> conditions() {
      return conditions;
    }

    /// @param name the guard as the procedure's data writes it, such as `panel>=3`
    /// @param remedy what would meet it
    public record Condition(String name, String remedy) {}

    private static String sentence(String step, List<Condition> conditions) {
      return step
          + ": "
          + conditions.stream()
              .map(one -> one.name() + " (" + one.remedy() + ")")
              .collect(Collectors.joining("; "));
    }
  }

  /// The caller has not said who they are, or not convincingly.
  public static final class Unauthenticated extends Refusal {
    private static final long serialVersionUID = 1L;

    public Unauthenticated(String message) {
      super(message);
    }
  }

  /// The caller is known and may not do this.
  public static final class Forbidden extends Refusal {
    private static final long serialVersionUID = 1L;

    public Forbidden(String message) {
      super(message);
    }
  }

  /// The request is larger, deeper or longer than a stated limit.
  public static final class TooLarge extends Refusal {
    private static final long serialVersionUID = 1L;

    public TooLarge(String message) {
      super(message);
    }
  }

  /// More requests than the caller's share; or a queue is full.
  public static final class TooMany extends Refusal {
    private static final long serialVersionUID = 1L;

    public TooMany(String message) {
      super(message);
    }
  }

  /// The operation exists in the standard and is not offered here.
  public static final class Unsupported extends Refusal {
    private static final long serialVersionUID = 1L;

    public Unsupported(String message) {
      super(message);
    }
  }

  /// Plaza cannot do it now (full disk, closing); the same request may succeed later.
  public static final class Unavailable extends Refusal {
    private static final long serialVersionUID = 1L;

    public Unavailable(String message) {
      super(message);
    }
  }
}
