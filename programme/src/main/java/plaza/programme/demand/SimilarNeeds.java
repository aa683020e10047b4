package plaza.programme.demand;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import plaza.graph.Address;
import plaza.graph.GeoJson;
import plaza.graph.Value;
import plaza.graph.query.Distance;
import plaza.ledger.Feed;
import plaza.ledger.store.FeedEntry;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Kind;

/// Finds needs that say something alike, in any language, the nearer the better. Kept in memory and
/// fed by the feed.
///
/// Texts are compared by [Grams]; grams that few needs have weigh more. Every open need that shares
/// a telling gram is scored, so that the cost follows the rarest words asked, not the number of
/// needs.
public final class SimilarNeeds {
  private static final double FARTHEST_HALF_METERS = 800;
  private static final int GRAMS_ASKED = 48;
  private final Map<String, City> cities = new ConcurrentHashMap<>();

  /// @param score 0 to 1, by text and place
  /// @param meters from the place asked about; null when either has none
  public record Match(
      String id, String title, double score, @Nullable Double meters, long supporters) {}

  private record Entry(
      String id, String title, Set<String> grams, @Nullable Geometry place, long supporters) {}

  private static final class City {
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final Map<String, Entry> entries = new HashMap<>();
    private final Map<String, Set<String>> postings = new HashMap<>();

    Set<String> posting(String gram) {
      return postings.getOrDefault(gram, Set.of());
    }
  }

  /// Reads what is there, then follows what changes.
  public Feed.Following follow(Feed feed, Dossiers dossiers, List<Address> tenants) {
    var start = feed.head();
    for (var address : tenants)
      dossiers.each(
          address,
          Kind.NEED,
          List.of(),
          need -> {
            put(address.tenant(), need);
            return true;
          });
    return feed.follow(
        "programme.similar-needs",
        start,
        entries -> {
          for (var entry : entries) take(entry);
          return List.of();
        });
  }

  private void take(FeedEntry entry) {
    if (!entry.layer().isMain()) return;
    for (var change : entry.changes())
      if (change.entity().is(Kind.NEED.type()))
        put(entry.layer().tenant(), Dossiers.dossier(Kind.NEED, change.entity()));
  }

  /// Takes a need in as it is now, or out when it is not open to the public.
  void put(String tenant, Dossier need) {
    var city = cities.computeIfAbsent(tenant, _ -> new City());
    city.lock.writeLock().lock();
    try {
      var old = city.entries.remove(need.id());
      if (old != null)
        for (var gram : old.grams) {
          var posting = city.postings.get(gram);
          if (posting != null && posting.remove(need.id()) && posting.isEmpty())
            city.postings.remove(gram);
        }
      if (!need.is("PUBLISHED", "ACKNOWLEDGED", "IN_PROGRAMME")) return;
      var entry = entry(need);
      city.entries.put(need.id(), entry);
      for (var gram : entry.grams)
        city.postings.computeIfAbsent(gram, _ -> new LinkedHashSet<>(2)).add(need.id());
    } finally {
      city.lock.writeLock().unlock();
    }
  }

  private static Entry entry(Dossier need) {
    var text = need.findText("title").orElse("") + "\n" + need.findText("description").orElse("");
    return new Entry(
        need.id(),
        need.findText("title").orElse(""),
        Grams.of(text.length() > 2_000 ? text.substring(0, 2_000) : text),
        need.findStruct("location").map(GeoJson::geometry).orElse(null),
        need.count("supporters"));
  }

  /// @param near GeoJSON to which nearness counts, or null
  public List<Match> find(String tenant, String text, Value.@Nullable Struct near, int limit) {
    var city = cities.get(tenant);
    if (city == null) return List.of();
    var place = near == null ? null : GeoJson.geometry(near);
    city.lock.readLock().lock();
    try {
      return find(city, Grams.of(text), place, limit);
    } finally {
      city.lock.readLock().unlock();
    }
  }

  private static List<Match> find(
      City city, Set<String> asked, @Nullable Geometry place, int limit) {
    int all = city.entries.size();
    var telling =
        asked.stream()
            .filter(city.postings::containsKey)
            .sorted(Comparator.comparingInt(gram -> city.posting(gram).size()))
            .limit(GRAMS_ASKED)
            .toList();
    double askedWeight = 0;
    for (var gram : asked) askedWeight += weight(all, city.posting(gram));
    var shared = new HashMap<String, Double>();
    for (var gram : telling) {
      var posting = city.posting(gram);
      // What nearly everybody says tells nothing, and would cost a look at everybody.
      if (posting.size() > 2_000 && posting.size() > all / 10 && !shared.isEmpty()) continue;
      double weight = weight(all, posting);
      for (var id : posting) shared.merge(id, weight, Double::sum);
    }
    var matches = new ArrayList<Match>();
    for (var hit : shared.entrySet()) {
      var entry = city.entries.get(hit.getKey());
      if (entry == null) continue;
      double byText = Math.min(1, hit.getValue() / askedWeight);
      if (byText < 0.2) continue;
      Double meters =
          place == null || entry.place == null ? null : Distance.meters(place, entry.place);
      double byPlace = meters == null ? 0.5 : Math.pow(0.5, meters / FARTHEST_HALF_METERS);
      matches.add(
          new Match(
              entry.id, entry.title, byText * (0.6 + 0.4 * byPlace), meters, entry.supporters));
    }
    matches.sort(Comparator.comparingDouble(Match::score).reversed().thenComparing(Match::id));
    return List.copyOf(matches.subList(0, Math.min(limit, matches.size())));
  }

  private static double weight(int all, Set<String> posting) {
    return Math.log(1 + (all + 1.0) / (posting.size() + 1.0));
  }
}
