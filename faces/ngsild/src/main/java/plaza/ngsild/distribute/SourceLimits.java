package plaza.ngsild.distribute;

import java.time.Duration;

/// What a request to context sources may cost.
///
/// @param timeout of one request to one source, unless its registration says otherwise
/// @param longestTimeout whatever a registration says
/// @param cooldown how long a source is left alone after a failure, unless its registration says
/// @param answerBytes the largest answer of a source that is read
/// @param callsAtOnce requests to sources under way at once; more wait for their turn
/// @param entitiesPerSource the most that one query takes of one source at once, whole
/// @param reach how far the pages of a query lead into one source: of more than can be taken at
///   once, ids are kept
/// @param pageSize how many entities are asked for at once
/// @param cachedAnswers kept for sources that allow it; the oldest goes first
/// @param linkedEntities most entities at sources that the links of one request lead to
/// @param removals how long the copy of a subscription is tried to be deleted at a source that is
///   registered no more
/// @param split whether one entity's attributes may lie in several places, unless a request says
///   (clause 4.3.6.7)
public record SourceLimits(
    Duration timeout,
    Duration longestTimeout,
    Duration cooldown,
    int answerBytes,
    int callsAtOnce,
    int entitiesPerSource,
    int reach,
    int pageSize,
    int cachedAnswers,
    int linkedEntities,
    Duration removals,
    Split split) {
  /// Whether entities are expected to be split.
  public enum Split {
    /// When a registration is about some attributes only.
    AS_REGISTERED,
    TRUE,
    FALSE
  }

  public static final SourceLimits DEFAULT =
      new SourceLimits(
          Duration.ofSeconds(5),
          Duration.ofSeconds(60),
          Duration.ZERO,
          32 << 20,
          512,
          10_000,
          100_000,
          1_000,
          1_000,
          10_000,
          Duration.ofDays(7),
          Split.AS_REGISTERED);

  public SourceLimits {
    if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(longestTimeout) > 0)
      throw new IllegalArgumentException("timeout must be positive and at most longestTimeout");
    if (reach < entitiesPerSource)
      throw new IllegalArgumentException("pages must reach as far as entities are taken at once");
    if (answerBytes < 1
        || callsAtOnce < 1
        || entitiesPerSource < 1
        || pageSize < 1
        || linkedEntities < 1)
      throw new IllegalArgumentException("limits of context sources must be positive");
  }
}
