package plaza.programme.demand;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.roaringbitmap.IntConsumer;
import org.roaringbitmap.RoaringBitmap;
import plaza.graph.GeoJson;
import plaza.graph.Value;
import plaza.graph.query.Distance;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;
import plaza.programme.record.RecordFeed;

/// Finds needs that say something alike, in any language, the nearer the better. Kept in memory and
/// fed by the record feed.
///
/// Texts are compared by [Grams]; grams that few needs have weigh more. Every open need that shares
/// a telling gram is scored, so that the cost follows the rarest words asked, not the number of
/// needs. Needs are numbered, and a gram has a bitmap of numbers; the number of a need that is not
/// open any more stays in its grams until enough of them have gathered.
public final class SimilarNeeds implements RecordFeed.Listener {
  private static final double FARTHEST_HALF_METERS = 800;
  private static final int GRAMS_ASKED = 48;
  private static final int LONGEST_TEXT = 2_000;
  private static final int FEW = 2_000;
  private static final RoaringBitmap NOBODY = new RoaringBitmap();
  private static final Comparator<Match> LIKEST_FIRST =
      Comparator.comparingDouble(Match::score).reversed().thenComparing(Match::id);

  private final Map<String, City> cities = new ConcurrentHashMap<>();

  /// @param score 0 to 1, by text and place
  /// @param meters from the place asked about; null when either has none
  public record Match(
      String id, String title, double score, @Nullable Double meters, long supporters) {}

  private record Entry(
      String id, String title, int text, @Nullable Geometry place, long supporters) {}

  private static final class City {
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final List<@Nullable Entry> entries = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<String, RoaringBitmap> postings = new HashMap<>();

    RoaringBitmap posting(String gram) {
      return postings.getOrDefault(gram, NOBODY);
    }

    void forget(int number, String id) {
      entries.set(number, null);
      numbers.remove(id);
      if (entries.size() - numbers.size() > Math.max(FEW, numbers.size() / 4)) tidy();
    }

    /// Takes out of the grams what was forgotten, and numbers what is left anew.
    private void tidy() {
      var moved = new int[entries.size()];
      var left = new ArrayList<@Nullable Entry>();
      for (int i = 0; i < moved.length; i++) {
        var entry = entries.get(i);
        moved[i] = entry == null ? -1 : left.size();
        if (entry != null) left.add(entry);
      }
      postings.replaceAll((_, old) -> {
        var renumbered = new RoaringBitmap();
        old.forEach(
            (IntConsumer)
                number -> {
                  if (moved[number] >= 0) renumbered.add(moved[number]);
                });
        return renumbered;
      });
      postings.values().removeIf(RoaringBitmap::isEmpty);
      numbers.replaceAll((_, old) -> moved[old]);
      entries.clear();
      entries.addAll(left);
    }
  }

  @Override
  public Set<Kind> read() {
    return Set.of(Kind.NEED);
  }

  @Override
  public void take(String tenant, Dossier need, boolean gone) {
    put(tenant, gone ? need.in("WITHDRAWN") : need);
  }

  /// Takes a need in as it is now, or out when it is not open to the public.
  void put(String tenant, Dossier need) {
    var city = cities.computeIfAbsent(tenant, _ -> new City());
    boolean open = need.is("PUBLISHED", "ACKNOWLEDGED", "IN_PROGRAMME");
    var text = text(need);
    var entry = open ? entry(need, text) : null;
    city.lock.writeLock().lock();
    try {
      var number = city.numbers.get(need.id());
      if (number != null) {
        var old = city.entries.get(number);
        if (entry != null && old != null && old.text == entry.text) {
          city.entries.set(number, entry);
          return;
        }
        city.forget(number, need.id());
      }
      if (entry == null) return;
      int next = city.entries.size();
      city.entries.add(entry);
      city.numbers.put(need.id(), next);
      for (var gram : Grams.of(text))
        city.postings.computeIfAbsent(gram, _ -> new RoaringBitmap()).add(next);
    } finally {
      city.lock.writeLock().unlock();
    }
  }

  private static String text(Dossier need) {
    var text = need.findText("title").orElse("") + "\n" + need.findText("description").orElse("");
    return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
  }

  private static Entry entry(Dossier need, String text) {
    return new Entry(
        need.id(),
        need.findText("title").orElse(""),
        text.hashCode(),
        need.findStruct("location").map(GeoJson::geometry).orElse(null),
        need.count("supporters"));
  }

  /// @param near GeoJSON to which nearness counts, or null
  public List<Match> find(String tenant, String text, Value.@Nullable Struct near, int limit) {
    var city = cities.get(tenant);
    if (city == null) return List.of();
    var place = near == null ? null : GeoJson.geometry(near);
    var asked = Grams.of(text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text);
    city.lock.readLock().lock();
    try {
      return find(city, asked, place, limit);
    } finally {
      city.lock.readLock().unlock();
    }
  }

  private record Gram(RoaringBitmap posting, int size) {}

  private static List<Match> find(
      City city, Set<String> asked, @Nullable Geometry place, int limit) {
    int all = city.numbers.size();
    double askedWeight = 0;
    var known = new ArrayList<Gram>();
    for (var gram : asked) {
      var posting = city.posting(gram);
      int size = posting.getCardinality();
      askedWeight += weight(all, size);
      if (size > 0) known.add(new Gram(posting, size));
    }
    known.sort(Comparator.comparingInt(Gram::size));
    var shared = new float[city.entries.size()];
    boolean any = false;
    for (var gram : known.subList(0, Math.min(GRAMS_ASKED, known.size()))) {
      // What nearly everybody says tells nothing, and would cost a look at everybody.
      if (gram.size > FEW && gram.size > all / 10 && any) continue;
      float weight = (float) weight(all, gram.size);
      gram.posting.forEach((IntConsumer) number -> shared[number] += weight);
      any = true;
    }
    return likest(city, shared, askedWeight, place, limit);
  }

  private static List<Match> likest(
      City city, float[] shared, double askedWeight, @Nullable Geometry place, int limit) {
    var likest = new PriorityQueue<Match>(LIKEST_FIRST.reversed());
    for (int i = 0; i < shared.length; i++) {
      if (shared[i] < 0.2 * askedWeight || shared[i] == 0) continue;
      var entry = city.entries.get(i);
      if (entry == null) continue;
      double byText = Math.min(1, shared[i] / askedWeight);
      var worst = likest.peek();
      if (likest.size() == limit && worst != null && byText < worst.score) continue;
      Double meters =
          place == null || entry.place == null ? null : Distance.meters(place, entry.place);
      double byPlace = meters == null ? 0.5 : Math.pow(0.5, meters / FARTHEST_HALF_METERS);
      likest.add(
          new Match(
              entry.id, entry.title, byText * (0.6 + 0.4 * byPlace), meters, entry.supporters));
      if (likest.size() > limit) likest.remove();
    }
    return likest.stream().sorted(LIKEST_FIRST).toList();
  }

  private static double weight(int all, int size) {
    return Math.log(1 + (all + 1.0) / (size + 1.0));
  }
}
