package plaza.programme.figures;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Who supports which need, small enough to hold a million supports: people are numbered, a need
/// has an array of numbers.
final class Supporters {
  private static final int[] NOBODY = {};

  private final Map<String, Integer> people = new HashMap<>();
  private final Map<String, int[]> byNeed = new HashMap<>();

  void add(String need, String personKey) {
    int person = people.computeIfAbsent(personKey, _ -> people.size());
    byNeed.merge(need, new int[] {person}, Supporters::joined);
  }

  void remove(String need, String personKey) {
    var person = people.get(personKey);
    var all = byNeed.get(need);
    if (person == null || all == null) return;
    int at = Arrays.binarySearch(all, person);
    if (at < 0) return;
    var fewer = new int[all.length - 1];
    System.arraycopy(all, 0, fewer, 0, at);
    System.arraycopy(all, at + 1, fewer, at, fewer.length - at);
    byNeed.put(need, fewer);
  }

  /// Both sorted; one person is there once.
  private static int[] joined(int[] many, int[] one) {
    int at = Arrays.binarySearch(many, one[0]);
    if (at >= 0) return many;
    int before = -at - 1;
    var more = new int[many.length + 1];
    System.arraycopy(many, 0, more, 0, before);
    more[before] = one[0];
    System.arraycopy(many, before, more, before + 1, many.length - before);
    return more;
  }

  /// Adds the people behind some needs to others.
  void gather(List<String> needs, BitSet people) {
    for (var need : needs) for (int person : byNeed.getOrDefault(need, NOBODY)) people.set(person);
  }

  /// How many different people are behind some needs, which are few.
  int count(List<String> needs) {
    return (int)
        needs.stream()
            .flatMapToInt(need -> Arrays.stream(byNeed.getOrDefault(need, NOBODY)))
            .distinct()
            .count();
  }
}
