package plaza.portal.city;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// All stations a visitor sees, sorted by id, each with its latest reading.
///
/// @param bikes by place in the list; -1 when unknown
/// @param free docks, likewise
/// @param seen when each was observed, seconds since 1970; 0 when never
/// @param bikesName expanded name of the attribute that counts bikes; empty without stations
/// @param freeName expanded name of the attribute that counts free docks; empty when none has it
@SuppressWarnings("ArrayRecordComponent") // large, shared and never written after they are made
public record Stations(
    List<Station> list,
    Map<String, Integer> places,
    int[] bikes,
    int[] free,
    long[] seen,
    String bikesName,
    String freeName) {
  static Stations of(
      List<Station> list, int[] bikes, int[] free, long[] seen, String bikesName, String freeName) {
    var places = new HashMap<String, Integer>(list.size() * 2);
    for (int i = 0; i < list.size(); i++) places.put(list.get(i).id(), i);
    return new Stations(List.copyOf(list), places, bikes, free, seen, bikesName, freeName);
  }

  public OptionalInt place(String id) {
    var place = places.get(id);
    return place == null ? OptionalInt.empty() : OptionalInt.of(place);
  }

  /// The same while the stations are the same: what a page knows them by.
  public String version() {
    return Integer.toHexString(places.keySet().stream().sorted().toList().hashCode())
        + "-"
        + list.size();
  }

  /// When the city was last observed; the epoch when never.
  public Instant now() {
    return Instant.ofEpochSecond(Arrays.stream(seen).max().orElse(0));
  }

  public Level level(int place) {
    return Level.of(bikes[place], free[place]);
  }

  public long count(Level level) {
    long count = 0;
    for (int i = 0; i < list.size(); i++) if (level(i) == level) count++;
    return count;
  }
}
