package plaza.store.bytes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Numbers for the names of types and attributes, given for ever. A new one is stored in the batch
/// that first uses it.
///
/// One thread gives numbers, any number of threads read them.
public final class Dictionary {
  public static final int UNKNOWN = -1;

  private final Map<String, Integer> numbers = new ConcurrentHashMap<>();
  private final List<Integer> unsaved = new ArrayList<>();
  private volatile String[] names = new String[256];
  // 0 is no name.
  private int next = 1;

  /// A name that was given its number before. For the thread that opens the store.
  public void load(int number, String name) {
    set(number, name);
    next = Math.max(next, number + 1);
  }

  private void set(int number, String name) {
    var known = names;
    if (number >= known.length)
      known = Arrays.copyOf(known, Math.max(number + 1, known.length * 2));
    known[number] = name;
    names = known; // published again even when the same, so that readers see the new name
    numbers.put(name, number);
  }

  /// The number of a name, a new one when needed. For the appending thread.
  public int number(String name) {
    var known = numbers.get(name);
    if (known != null) return known;
    int number = next++;
    set(number, name);
    unsaved.add(number);
    return number;
  }

  public int find(String name) {
    return numbers.getOrDefault(name, UNKNOWN);
  }

  public String name(int number) {
    var known = names;
    if (number <= 0 || number >= known.length || known[number] == null)
      throw new Corrupt("no name has the number " + number);
    return known[number];
  }

  /// Numbers that are not stored yet. A batch that fails leaves them for the next.
  public List<Integer> unsaved() {
    return unsaved;
  }

  public void saved() {
    unsaved.clear();
  }
}
