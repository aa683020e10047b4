package plaza.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.Refusal;
import plaza.graph.change.Edit;
import plaza.graph.query.Evaluator;
import plaza.graph.query.Query;
import plaza.ledger.store.Commit;
import plaza.ledger.store.Erasure;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Position;
import plaza.ledger.store.Recorded;
import plaza.ledger.store.SeriesVisitor;
import plaza.ledger.store.Slot;
import plaza.ledger.store.Span;
import plaza.ledger.store.Store;

/// Does the same by chance to a store and to a [MemoryStore], and compares what they say.
public final class StoreOracle {
  private static final List<Layer> LAYERS =
      List.of(
          new Layer("default", "main"),
          new Layer("other", "main"),
          new Layer("default", "what-if"));

  private final Store store;
  private final MemoryStore oracle;
  private final RandomCity city;
  private final String seed;
  private int asked;
  private int answered;

  public StoreOracle(Store store, long seed) {
    this(store, new MemoryStore(), new RandomCity(seed), "seed " + seed);
  }

  private StoreOracle(Store store, MemoryStore oracle, RandomCity city, String seed) {
    this.store = store;
    this.oracle = oracle;
    this.city = city;
    this.seed = seed;
  }

  /// Goes on with the same store, opened again.
  public StoreOracle on(Store again) {
    return new StoreOracle(again, oracle, city, seed);
  }

  /// Appends some groups of commits.
  public void change(int groups) {
    for (int i = 0; i < groups; i++) {
      var commits = new Commits(oracle);
      for (int c = city.below(4); c >= 0; c--) add(commits);
      store.append(commits.append());
      if (city.below(3) == 0) erase();
      if (city.below(50) == 0) drop();
      if (city.below(80) == 0) trim();
    }
  }

  private void add(Commits commits) {
    var layer = LAYERS.get(city.below(LAYERS.size()));
    var edits = new ArrayList<Edit>();
    for (int e = city.below(5); e >= 0; e--) {
      var edit = city.edit();
      var trial = new ArrayList<>(edits);
      trial.add(edit);
      if (isPossible(commits, layer, trial)) edits.add(edit);
    }
    var shadows = new ArrayList<Commit.Shadow>();
    var id = city.id();
    if (layer.isMain()
        && layer.tenant().equals("default")
        && commits.slot(LAYERS.get(2), id) == null
        && commits.slot(layer, id) instanceof Slot.Present kept)
      shadows.add(new Commit.Shadow(LAYERS.get(2), kept));
    commits.add(layer, edits, shadows, List.of());
  }

  private static boolean isPossible(Commits commits, Layer layer, List<Edit> edits) {
    try {
      commits.tryOut(layer, edits);
      return true;
    } catch (Refusal refused) {
      return false;
    }
  }

  private void erase() {
    var layer = LAYERS.get(city.below(LAYERS.size()));
    var id = city.id();
    // Sorted: a set has another order in each run, and a seed must do the same again.
    var names = oracle.historyAttributes(layer, id).stream().sorted().toList();
    if (names.isEmpty()) return;
    var name = names.get(city.below(names.size()));
    var history = oracle.history(layer, id, name, Span.ALWAYS, false, Integer.MAX_VALUE);
    var one = history.get(city.below(history.size()));
    var erasure =
        switch (city.below(8)) {
          case 0 -> new Erasure.Evolution();
          case 1 -> new Erasure.Instances(name, null, true);
          case 2 -> new Erasure.Instances(name, one.attribute().datasetId(), false);
          case 3, 4 -> new Erasure.Instance(one, null);
          default -> new Erasure.Instance(one, corrected(one.attribute()));
        };
    var commit = Revisions.of(oracle, layer, id, erasure);
    oracle.append(List.of(commit));
    store.append(List.of(commit));
  }

  private Attribute corrected(Attribute old) {
    var now = Commits.at(oracle.head().number() + 1);
    return city.instance(old.name()).stamped(old.createdAt(), now);
  }

  private void drop() {
    store.drop(LAYERS.get(2));
    oracle.drop(LAYERS.get(2));
  }

  private void trim() {
    var upTo = new Position(city.below((int) oracle.head().number() + 1));
    store.scrubFeed(upTo);
    oracle.scrubFeed(upTo);
    store.trimFeed(upTo);
    oracle.trimFeed(upTo);
  }

  /// Compares everything that can be listed.
  public void compareAll() {
    assertThat(store.head()).as(seed).isEqualTo(oracle.head());
    assertThat(store.feedStart()).as(seed).isEqualTo(oracle.feedStart());
    assertThat(store.layers()).as(seed).isEqualTo(oracle.layers());
    assertThat(store.feed(Position.START, Integer.MAX_VALUE))
        .as(seed)
        .isEqualTo(oracle.feed(Position.START, Integer.MAX_VALUE));
    assertThat(store.due(RandomCity.LAST, Integer.MAX_VALUE))
        .as(seed)
        .containsExactlyInAnyOrderElementsOf(oracle.due(RandomCity.LAST, Integer.MAX_VALUE));
    for (var layer : LAYERS) {
      assertThat(store.types(layer)).as(seed).isEqualTo(oracle.types(layer));
      for (int i = 0; i < RandomCity.IDS; i++) compare(layer, "urn:t:" + i);
    }
    assertThat(store.verify()).as(seed).isEmpty();
  }

  private void compare(Layer layer, String id) {
    assertThat(store.find(layer, id)).as(seed).isEqualTo(oracle.find(layer, id));
    var names = oracle.historyAttributes(layer, id);
    assertThat(store.historyAttributes(layer, id)).as(seed).isEqualTo(names);
    for (var name : names)
      assertThat(store.history(layer, id, name, Span.ALWAYS, false, Integer.MAX_VALUE))
          .as("%s, %s of %s", seed, name, id)
          .isEqualTo(oracle.history(layer, id, name, Span.ALWAYS, false, Integer.MAX_VALUE));
    var erased = store.erased(layer, id);
    var wanted = oracle.erased(layer, id);
    for (var name : names)
      for (var one : oracle.history(layer, id, name, Span.ALWAYS, false, Integer.MAX_VALUE)) {
        assertThat(erased.test(one)).as(seed).isEqualTo(wanted.test(one));
        assertThat(store.findRecorded(layer, id, name, place(one))).as(seed).contains(one);
      }
  }

  private static Recorded.Place place(Recorded one) {
    return new Recorded.Place(one.position(), one.index());
  }

  /// How many of the queries had an answer: a test in which none has tests nothing.
  public double shareAnswered() {
    return (double) answered / asked;
  }

  /// Asks some questions by chance.
  public void ask(int questions) {
    for (int i = 0; i < questions; i++) {
      askQuery();
      askHistory();
    }
  }

  private void askQuery() {
    var layer = LAYERS.get(city.below(LAYERS.size()));
    var query = city.query();
    boolean gone = city.below(4) == 0;
    var expected = matches(oracle, layer, query, gone);
    asked++;
    if (!expected.isEmpty()) answered++;
    assertThat(matches(store, layer, query, gone))
        .as("%s, %s in %s", seed, query, layer)
        .isEqualTo(expected);
    var count = store.count(layer, query);
    if (count.isPresent())
      assertThat(count.getAsLong())
          .as("%s, count of %s", seed, query)
          .isEqualTo(matches(oracle, layer, query, false).size());
  }

  private Set<Entity> matches(Store asked, Layer layer, Query query, boolean gone) {
    var seen = new HashSet<String>();
    var matches = new HashSet<Entity>();
    try (var scan = asked.scan(layer, query, gone)) {
      while (scan.hasNext()) {
        var entity = scan.next();
        assertThat(seen.add(entity.id())).as("%s: %s twice", seed, entity.id()).isTrue();
        if (Evaluator.matches(query, entity)) matches.add(entity);
      }
    }
    return matches;
  }

  private void askHistory() {
    var layer = LAYERS.get(city.below(LAYERS.size()));
    var id = city.id();
    var name = "https://a.example/a" + city.below(2);
    var clocks = List.of(Span.Clock.values());
    var clock = clocks.get(city.below(clocks.size()));
    var one = city.moment();
    var other = city.moment();
    var span =
        new Span(
            clock,
            city.below(3) == 0 ? null : one.isBefore(other) ? one : other,
            city.below(3) == 0 ? null : one.isBefore(other) ? other : one);
    boolean newestFirst = city.below(2) == 0;
    int limit = 1 + city.below(30);
    assertThat(store.history(layer, id, name, span, newestFirst, limit))
        .as("%s, %s of %s in %s, newest first %s, %s", seed, name, id, span, newestFirst, limit)
        .isEqualTo(oracle.history(layer, id, name, span, newestFirst, limit));
    assertThat(store.due(one, 1_000))
        .as("%s, due at %s", seed, one)
        .containsExactlyInAnyOrderElementsOf(oracle.due(one, 1_000));
    var event = Span.between(span.from(), span.until());
    assertThat(series(store, layer, id, name, event))
        .as("%s, series of %s in %s", seed, name, event)
        .isEqualTo(series(oracle, layer, id, name, event));
  }

  /// Of all entities, then of one.
  private static List<String> series(Store asked, Layer layer, String id, String name, Span span) {
    var seen = new ArrayList<String>();
    SeriesVisitor visitor = (of, micros, value) -> seen.add(of + " " + micros + " " + value);
    seen.add("complete " + asked.series(layer, name, span, visitor));
    seen.add("complete " + asked.series(layer, id, name, span, visitor));
    return seen;
  }
}
