package plaza.programme.demand;

/// What somebody has to do with a need.
///
/// @param author whether they stated it
/// @param contested whether they contested its present answer
public record Involvement(boolean author, boolean supports, boolean contested) {
  static final Involvement NONE = new Involvement(false, false, false);
}
