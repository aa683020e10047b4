package plaza.ngsild.subscription.delivery;

/// What came of an attempt.
public sealed interface Reply {
  /// The receiver has it.
  record Accepted() implements Reply {}

  /// The receiver answered, and not with success.
  ///
  /// @param forGood the same message will be refused again, such as by HTTP's 400 or 422
  record Refused(String why, boolean forGood) implements Reply {}

  /// There was no answer: unknown, unreachable, forbidden to call, too slow.
  record Unreached(String why) implements Reply {}
}
