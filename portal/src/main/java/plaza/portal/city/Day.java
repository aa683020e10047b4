package plaza.portal.city;

import java.time.Instant;
import java.util.Arrays;

/// One local day of all stations, in steps of a quarter of an hour, small enough to keep and to
/// send whole: 1,600 stations are 300 kB, and 50 kB zipped.
///
/// A reading holds until the station's next one, but at most an hour, as for the indicators.
final class Day {
  static final int STEP_SECONDS = 15 * 60;
  static final int STEPS = 24 * 60 * 60 / STEP_SECONDS;
  static final int HOLD_SECONDS = 60 * 60;

  /// What a byte says when no reading holds.
  static final int NOTHING = 255;

  private static final int MOST = 254;

  private final long start;
  private final byte[] bikes;
  private final byte[] free;
  private final int stations;

  Day(Instant start, int stations) {
    this.start = start.getEpochSecond();
    this.stations = stations;
    this.bikes = new byte[stations * STEPS];
    this.free = new byte[stations * STEPS];
    Arrays.fill(bikes, (byte) NOTHING);
    Arrays.fill(free, (byte) NOTHING);
  }

  /// Takes readings in the order of time, so that the later of two wins.
  void bikes(int place, long epochSecond, double count) {
    hold(bikes, place, epochSecond, count);
  }

  void free(int place, long epochSecond, double count) {
    hold(free, place, epochSecond, count);
  }

  private void hold(byte[] into, int place, long at, double count) {
    long offset = at - start;
    int first = Math.max(0, Math.ceilDiv((int) offset, STEP_SECONDS));
    int last = Math.min(STEPS - 1, Math.floorDiv((int) offset + HOLD_SECONDS, STEP_SECONDS));
    byte value = (byte) Math.max(0, Math.min(MOST, Math.round(count)));
    for (int step = first; step <= last; step++) into[place * STEPS + step] = value;
  }

  int bikes(int place, int step) {
    return at(bikes, place, step);
  }

  int free(int place, int step) {
    return at(free, place, step);
  }

  private static int at(byte[] from, int place, int step) {
    int value = from[place * STEPS + step] & 0xff;
    return value == NOTHING ? -1 : value;
  }

  /// The step that holds at a moment of the day.
  int step(Instant at) {
    long step = (at.getEpochSecond() - start) / STEP_SECONDS;
    return (int) Math.max(0, Math.min(STEPS - 1, step));
  }

  int stations() {
    return stations;
  }

  /// For each station its steps, first all bikes, then all free docks: runs of equal bytes, which
  /// zip well.
  byte[] bytes() {
    var all = Arrays.copyOf(bikes, bikes.length + free.length);
    System.arraycopy(free, 0, all, bikes.length, free.length);
    return all;
  }
}
