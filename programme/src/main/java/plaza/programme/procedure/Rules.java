package plaza.programme.procedure;

import java.time.Duration;

/// What a city may set for its programme.
///
/// @param answerWithin how long a department has to answer a need it acknowledged
/// @param contestWindow how long an answer can be contested
/// @param callDays the shortest call, top-down or bottom-up
/// @param sprintDays the shortest sprint
/// @param panel the smallest panel
/// @param quorum of a gate, and reviews of a proposal
/// @param coParticipation how long a joint pilot counts as a conflict of interest
/// @param longestExemption from a rule, and again when it is renewed
public record Rules(
    Duration answerWithin,
    Duration contestWindow,
    int callDays,
    int sprintDays,
    int panel,
    int quorum,
    Duration coParticipation,
    Duration longestExemption) {
  public static final Rules DEFAULT =
      new Rules(
          Duration.ofDays(30),
          Duration.ofDays(28),
          14,
          0,
          3,
          3,
          Duration.ofDays(730),
          Duration.ofDays(1_461));
}
