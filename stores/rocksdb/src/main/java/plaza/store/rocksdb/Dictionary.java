package plaza.store.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Numbers for the names of types and attributes, given for ever. A new one is stored in the batch
/// that first uses it.
///
/// One thread gives numbers, any number of threads read them.
final class Dictionary {
  static final int UNKNOWN = -1;
  private static final int KEY = 'n';

  private final Map<String, Integer> numbers = new ConcurrentHashMap<>();
  private final List<Integer> unsaved = new ArrayList<>();
  private volatile String[] names = new String[256];
  // 0 is no name: it stands for 'all types' in counters.
  private int next = 1;

  static byte[] prefix() {
    return new byte[] {KEY};
  }

  void load(byte[] key, byte[] value) {
    int number = new ByteReader(key, 1).i32();
    set(number, new String(value, UTF_8));
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
  int number(String name) {
    var known = numbers.get(name);
    if (known != null) return known;
    int number = next++;
    set(number, name);
    unsaved.add(number);
    return number;
  }

  int find(String name) {
    return numbers.getOrDefault(name, UNKNOWN);
  }

  String name(int number) {
    var known = names;
    if (number <= 0 || number >= known.length || known[number] == null)
      throw new Corrupt("no name has the number " + number);
    return known[number];
  }

  /// Puts new names into a batch. A batch that fails leaves them for the next.
  void save(Batch batch) {
    for (int number : unsaved)
      batch.put(
          Family.META,
          new ByteWriter(5).u8(KEY).i32(number).toBytes(),
          names[number].getBytes(UTF_8));
  }

  void saved() {
    unsaved.clear();
  }
}
