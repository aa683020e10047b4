package plaza.testkit;

import static plaza.testkit.TestCity.BIKES;
import static plaza.testkit.TestCity.NOON;
import static plaza.testkit.TestCity.STATION;
import static plaza.testkit.TestCity.XINYI;
import static plaza.testkit.TestCity.bikes;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import plaza.graph.Address;
import plaza.graph.Entity;
import plaza.graph.change.Edit;
import plaza.graph.query.Query;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Recorded;
import plaza.ledger.store.Span;
import plaza.ledger.store.Store;

/// One chapter of what every engine promises: an empty store for each test, and words to ask it.
abstract class StoreChapter {
  protected static final Layer MAIN = Layer.of(Address.DEFAULT);
  protected static final Layer BRANCH = new Layer(Address.DEFAULT_TENANT, "what-if");

  protected Store store;

  /// A new, empty store. The contract closes it.
  protected abstract Store open();

  @BeforeEach
  final void openStore() {
    store = open();
  }

  @AfterEach
  final void closeStore() {
    store.close();
  }

  static Entity station(int number) {
    return TestCity.station(
        STATION + ":" + String.format("%04d", number), 121.5 + number / 1000.0, 25, number, NOON);
  }

  static Edit observe(long available, Instant at) {
    return new Edit.Observe(Entity.of(XINYI, STATION, List.of(bikes(available, at))));
  }

  final List<Recorded> history(Span span, boolean newestFirst, int limit) {
    return store.history(MAIN, XINYI, BIKES, span, newestFirst, limit);
  }

  final List<Double> numbers(Layer layer) {
    var numbers = new ArrayList<Double>();
    store.series(layer, BIKES, Span.ALWAYS, (_, _, value) -> numbers.add(value));
    return numbers;
  }

  final List<Entity> found(Layer layer, Query query, boolean gone) {
    var found = new ArrayList<Entity>();
    try (var scan = store.scan(layer, query, gone)) {
      scan.forEachRemaining(found::add);
    }
    return found;
  }

  static List<String> ids(List<Entity> entities) {
    return entities.stream().map(Entity::id).toList();
  }
}
