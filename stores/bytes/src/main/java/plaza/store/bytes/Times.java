package plaza.store.bytes;

import java.time.Instant;
import plaza.graph.Attribute;

/// Moments as microseconds since 1970 UTC.
public final class Times {
  public static final long MICROS_PER_DAY = 86_400_000_000L;

  private Times() {}

  public static long micros(Instant at) {
    return Math.addExact(
        Math.multiplyExact(at.getEpochSecond(), 1_000_000L), (long) (at.getNano() / 1_000));
  }

  public static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
  }

  public static long eventMicros(Attribute instance) {
    return micros(instance.eventTime());
  }

  public static int day(long micros) {
    return Math.toIntExact(Math.floorDiv(micros, MICROS_PER_DAY));
  }
}
