package plaza.access.quota;

import plaza.graph.Refusal;

/// How much a pilot may keep and write in one place of its own: its namespace, or a sandbox.
///
/// @param entities at most so many
/// @param writesPerSecond entities written a second, over the time of a [#burst]
/// @param entitySize characters that one entity may say in one write
public record QuotaLimits(int entities, int writesPerSecond, int entitySize) {
  public static final QuotaLimits DEFAULT = new QuotaLimits(10_000, 200, 262_144);

  public QuotaLimits {
    if (entities < 1 || writesPerSecond < 1 || entitySize < 1)
      throw new Refusal.Invalid(
          "a pilot's limits must be at least 1, not %d, %d and %d"
              .formatted(entities, writesPerSecond, entitySize));
  }

  /// How many entities may be written at once after a while of silence.
  public long burst() {
    return 10L * writesPerSecond;
  }
}
