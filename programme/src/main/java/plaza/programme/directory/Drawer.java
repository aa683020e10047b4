package plaza.programme.directory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.roaringbitmap.IntConsumer;
import org.roaringbitmap.RoaringBitmap;
import plaza.graph.query.Distance;
import plaza.programme.record.Dossier;

/// The records of one kind in one city. Not thread-safe by itself.
final class Drawer {
  private static final Comparator<Card> BY_NAME =
      Comparator.comparing(Card::name).thenComparing(Card::id);

  private final List<@Nullable Card> cards = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Map<String, RoaringBitmap> states = new HashMap<>();
  private final RoaringBitmap all = new RoaringBitmap();
  private final RoaringBitmap open = new RoaringBitmap();
  private final Index index = new Index();
  // Made when somebody first sorts by name.
  private @Nullable TreeSet<Card> byName;
  // Null when a card came that is not the youngest: worked out anew when somebody asks.
  private volatile @Nullable Ages ages = Ages.GROWN;
  private @Nullable Card youngest;

  void put(Dossier record, long due) {
    var known = numbers.get(record.id());
    var old = known == null ? null : cards.get(known);
    int number = known == null ? cards.size() : known;
    var text = Card.textOf(record);
    int said = text.hashCode();
    if (old != null) forget(old, old.said() != said);
    if (old == null || old.said() != said) index.say(text, number);
    var values = Card.valuesOf(record);
    var facets = new int[values.size()];
    for (int i = 0; i < facets.length; i++) facets[i] = index.add(values.get(i), number);
    var card =
        new Card(
            number,
            record.id(),
            record.state().intern(),
            record.kind().isConcealed(record.state()),
            Card.nameOf(record),
            said,
            Card.createdOf(record),
            (int) Math.min(Integer.MAX_VALUE, record.count("supporters")),
            Card.placeOf(record),
            facets,
            due);
    keep(card, known == null);
  }

  private void keep(Card card, boolean isNew) {
    if (isNew) {
      cards.add(card);
      numbers.put(card.id(), card.number());
      if (youngest != null && !Ages.isYounger(card, youngest)) ages = null;
      else youngest = card;
    } else cards.set(card.number(), card);
    all.add(card.number());
    if (!card.concealed()) open.add(card.number());
    states.computeIfAbsent(card.state(), _ -> new RoaringBitmap()).add(card.number());
    if (byName != null) byName.add(card);
  }

  void remove(String id) {
    var number = numbers.remove(id);
    if (number == null) return;
    var card = cards.get(number);
    if (card == null) return;
    forget(card, true);
    cards.set(number, null);
  }

  private void forget(Card card, boolean words) {
    int number = card.number();
    for (int facet : card.facets()) index.remove(facet, number);
    if (words) index.unsay(number);
    all.remove(number);
    open.remove(number);
    state(card.state()).remove(number);
    if (byName != null) byName.remove(card);
  }

  Index index() {
    return index;
  }

  /// Everything there is. Not to be changed.
  RoaringBitmap all() {
    return all;
  }

  /// What everybody sees. Not to be changed.
  RoaringBitmap open() {
    return open;
  }

  RoaringBitmap state(String state) {
    return states.getOrDefault(state, new RoaringBitmap());
  }

  /// The number of a record; negative for none.
  int number(String id) {
    return numbers.getOrDefault(id, -1);
  }

  Card card(int number) {
    var card = cards.get(number);
    if (card == null) throw new IllegalStateException("there is no card " + number);
    return card;
  }

  /// Ids of what time may move by a moment.
  List<String> due(long millis) {
    var due = new ArrayList<String>();
    for (var card : cards) if (card != null && card.due() <= millis) due.add(card.id());
    return due;
  }

  void within(RoaringBitmap found, Ask.Near near) {
    var far = new RoaringBitmap();
    found.forEach(
        (IntConsumer)
            number -> {
              var place = card(number).place();
              if (place == null || Distance.meters(place, near.middle()) > near.meters())
                far.add(number);
            });
    found.andNot(far);
  }

  /// One page of some numbers, as ids.
  List<String> page(RoaringBitmap found, Ask ask) {
    long total = found.getLongCardinality();
    if (ask.offset() >= total) return List.of();
    int limit = (int) Math.min(ask.limit(), total - ask.offset());
    return switch (ask.order()) {
      case NEWEST -> byAge(found, ask.offset(), limit, true);
      case OLDEST -> byAge(found, ask.offset(), limit, false);
      case SUPPORTED ->
          byKey(found, ask.offset(), limit, card -> Integer.MAX_VALUE - card.supporters());
      case NEAREST -> {
        var near = ask.near();
        var middle = near == null ? new Coordinate(0, 0) : near.middle();
        yield byKey(found, ask.offset(), limit, card -> centimeters(card, middle));
      }
      case TITLE -> byName(found, ask.offset(), limit);
    };
  }

  private List<String> byAge(RoaringBitmap found, int offset, int limit, boolean newestFirst) {
    var ids = new ArrayList<String>(limit);
    for (int number : ages().page(found, offset, limit, newestFirst)) ids.add(card(number).id());
    return ids;
  }

  private Ages ages() {
    var known = ages;
    if (known != null) return known;
    // Nobody changes the cards while somebody reads them; several may read.
    synchronized (this) {
      known = ages;
      if (known == null) {
        known = Ages.of(cards);
        ages = known;
      }
      return known;
    }
  }

  private interface Key {
    int of(Card card);
  }

  /// By a number from small to large; of equals the one that came last is first.
  private List<String> byKey(RoaringBitmap found, int offset, int limit, Key key) {
    var keys = new long[found.getCardinality()];
    var next = new int[1];
    found.forEach(
        (IntConsumer)
            number ->
                keys[next[0]++] = (long) key.of(card(number)) << 32 | (Integer.MAX_VALUE - number));
    Arrays.sort(keys);
    var ids = new ArrayList<String>(limit);
    for (int i = offset; i < offset + limit; i++)
      ids.add(card(Integer.MAX_VALUE - (int) keys[i]).id());
    return ids;
  }

  private static int centimeters(Card card, Coordinate middle) {
    var place = card.place();
    return place == null
        ? Integer.MAX_VALUE
        : (int) Math.min(Integer.MAX_VALUE - 1, Distance.meters(place, middle) * 100);
  }

  private List<String> byName(RoaringBitmap found, int offset, int limit) {
    var ids = new ArrayList<String>(limit);
    var names = byName;
    if (names == null) throw new IllegalStateException("the names are not sorted yet");
    int passed = 0;
    for (var card : names) {
      if (!found.contains(card.number()) || passed++ < offset) continue;
      ids.add(card.id());
      if (ids.size() == limit) break;
    }
    return ids;
  }

  boolean hasNames() {
    return byName != null;
  }

  void sortNames() {
    if (byName != null) return;
    var names = new TreeSet<>(BY_NAME);
    for (var card : cards) if (card != null) names.add(card);
    byName = names;
  }
}
