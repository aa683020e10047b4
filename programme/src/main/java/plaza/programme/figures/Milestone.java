package plaza.programme.figures;

import java.util.Arrays;
import java.util.Optional;
import plaza.programme.record.Kind;

/// Steps whose first time a figure looks at.
enum Milestone {
  NEED_PUBLISHED(Kind.NEED, "publish"),
  CALL_OPENED(Kind.CHALLENGE, "open"),
  PROPOSAL_SELECTED(Kind.PROPOSAL, "select"),
  PILOT_STARTED(Kind.PILOT, "start"),
  PILOT_SCALED(Kind.PILOT, "gateScale"),
  SERVICE_LAUNCHED(Kind.SERVICE, "launch");

  private final String kind;
  private final String action;

  Milestone(Kind kind, String action) {
    this.kind = kind.title();
    this.action = action;
  }

  /// As the audit chain names it.
  String kind() {
    return kind;
  }

  String action() {
    return action;
  }

  static Optional<Milestone> find(String kind, String action) {
    return Arrays.stream(values())
        .filter(one -> one.kind.equals(kind) && one.action.equals(action))
        .findFirst();
  }
}
