package plaza.server.settings;

import java.time.Duration;
import java.util.List;
import plaza.access.quota.QuotaLimits;
import plaza.programme.sandbox.SandboxLimits;

/// What an operator decides about what is pilots' own: their entities and their sandboxes.
final class PilotSettings {
  static final Setting<Integer> ENTITIES =
      new Setting<>(
          "pilots.entities",
          Kind.whole(1, 10_000_000),
          "10000",
          "most entities of a pilot's own, in the city and beside the replayed in each sandbox");
  static final Setting<Integer> WRITES =
      new Setting<>(
          "pilots.writes-per-second",
          Kind.whole(1, 1_000_000),
          "200",
          "most entities a pilot writes a second; ten times as many at once");
  static final Setting<Integer> SIZE =
      new Setting<>(
          "pilots.entity-size",
          Kind.whole(1_000, 100_000_000),
          "262144",
          "most characters of one entity in one write of a pilot");
  static final Setting<Integer> PER_PILOT =
      new Setting<>("sandboxes.per-pilot", Kind.whole(1, 1_000), "3", "most sandboxes of a pilot");
  static final Setting<Integer> IN_ALL =
      new Setting<>("sandboxes.in-all", Kind.whole(1, 10_000), "50", "most sandboxes of all");
  static final Setting<Duration> LIFETIME =
      new Setting<>("sandboxes.lifetime", Kind.DURATION, "14d", "after this a sandbox is removed");
  static final Setting<Integer> REPLAYED =
      new Setting<>(
          "sandboxes.entities",
          Kind.whole(1, 1_000_000),
          "20000",
          "most entities replayed in a sandbox");
  static final Setting<Integer> READINGS_PER_SECOND =
      new Setting<>(
          "sandboxes.readings-per-second",
          Kind.whole(1, 1_000_000),
          "5000",
          "most readings replayed a second in a sandbox");
  static final Setting<Integer> READINGS =
      new Setting<>(
          "sandboxes.readings",
          Kind.whole(1, Integer.MAX_VALUE),
          "50000000",
          "most readings replayed in a sandbox over its life; then it pauses");

  private PilotSettings() {}

  static List<Setting<?>> all() {
    return List.of(
        ENTITIES,
        WRITES,
        SIZE,
        PER_PILOT,
        IN_ALL,
        LIFETIME,
        REPLAYED,
        READINGS_PER_SECOND,
        READINGS);
  }

  static QuotaLimits namespaces(Configuration from) {
    return new QuotaLimits(from.get(ENTITIES), from.get(WRITES), from.get(SIZE));
  }

  /// What is replayed is there beside what a pilot adds.
  static QuotaLimits inSandboxes(Configuration from) {
    return new QuotaLimits(
        from.get(ENTITIES) + from.get(REPLAYED), from.get(WRITES), from.get(SIZE));
  }

  static SandboxLimits sandboxes(Configuration from) {
    return new SandboxLimits(
        from.get(PER_PILOT),
        from.get(IN_ALL),
        from.get(LIFETIME),
        from.get(REPLAYED),
        from.get(READINGS_PER_SECOND),
        from.get(READINGS));
  }
}
