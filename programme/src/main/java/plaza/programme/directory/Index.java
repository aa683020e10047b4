package plaza.programme.directory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.roaringbitmap.RoaringBitmap;
import plaza.programme.record.Dossiers.Having;

/// Which numbers have a field value, and which say a word.
final class Index {
  private static final RoaringBitmap NOTHING = new RoaringBitmap();

  private final Map<Having, Integer> values = new HashMap<>();
  private final List<RoaringBitmap> shown = new ArrayList<>();
  private final List<RoaringBitmap> hidden = new ArrayList<>();
  private final NavigableMap<String, RoaringBitmap> words = new TreeMap<>();

  /// The value's number, as cards keep it.
  int add(Card.Value value, int number) {
    int known = values.computeIfAbsent(new Having(value.field(), value.text()), _ -> values.size());
    while (shown.size() <= known) {
      shown.add(NOTHING);
      hidden.add(NOTHING);
    }
    var all = value.hidden() ? hidden : shown;
    // The one that all unused places share is never written to.
    if (isUnused(all.get(known))) all.set(known, new RoaringBitmap());
    all.get(known).add(number);
    return value.hidden() ? -known - 1 : known;
  }

  @SuppressWarnings("ReferenceEquality") // the very one, not one that is empty too
  private static boolean isUnused(RoaringBitmap numbers) {
    return numbers == NOTHING;
  }

  void remove(int facet, int number) {
    (facet < 0 ? hidden.get(-facet - 1) : shown.get(facet)).remove(number);
  }

  /// Those in which everybody sees that value.
  RoaringBitmap shown(Having having) {
    var known = values.get(having);
    return known == null ? NOTHING : shown.get(known);
  }

  /// Those in which only who is cleared sees it.
  RoaringBitmap hidden(Having having) {
    var known = values.get(having);
    return known == null ? NOTHING : hidden.get(known);
  }

  void say(String text, int number) {
    for (var word : Words.of(text))
      words.computeIfAbsent(word, _ -> new RoaringBitmap()).add(number);
  }

  /// Looks through all words: what a record says seldom changes, and cards stay small.
  void unsay(int number) {
    words
        .values()
        .removeIf(said -> {
          said.remove(number);
          return said.isEmpty();
        });
  }

  /// Keeps of some numbers those that say all that is asked.
  void narrow(RoaringBitmap found, String text) {
    var asked = Words.asked(text);
    for (var word : asked.exact()) found.and(words.getOrDefault(word, NOTHING));
    for (var beginning : asked.beginnings()) {
      var any = new RoaringBitmap();
      for (var said : words.subMap(beginning, beginning + Character.MAX_VALUE).values())
        any.or(said);
      found.and(any);
    }
  }
}
