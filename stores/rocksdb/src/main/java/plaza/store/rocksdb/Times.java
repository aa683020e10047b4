package plaza.store.rocksdb;

import java.time.Instant;
import plaza.graph.Attribute;

/// Moments as microseconds since 1970 UTC.
final class Times {
  static final long MICROS_PER_DAY = 86_400_000_000L;

  private Times() {}

  static long micros(Instant at) {
    return Math.addExact(
        Math.multiplyExact(at.getEpochSecond(), 1_000_000L), (long) (at.getNano() / 1_000));
  }

  static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
  }

  static long eventMicros(Attribute instance) {
    return micros(instance.eventTime());
  }

  static int day(long micros) {
    return Math.toIntExact(Math.floorDiv(micros, MICROS_PER_DAY));
  }
}
