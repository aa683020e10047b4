package plaza.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plaza.graph.Entity;
import plaza.graph.query.Query;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Position;
import plaza.ledger.store.Store;
import plaza.store.rocksdb.RocksOptions;
import plaza.store.rocksdb.RocksStore;
import plaza.testkit.StoreOracle;

/// The same changes by chance and the same questions to both engines, each beside the store in
/// memory: what one answers, all three do. More rounds: `-Dplaza.rounds=50`.
class StoresAgreeTest {
  private static final int ROUNDS = Integer.getInteger("plaza.rounds", 4);

  @TempDir Path folder;

  private final long seed = Long.getLong("plaza.seed", System.nanoTime());

  @Test
  void everyStoreGivesTheSameAnswers() {
    System.out.println("StoresAgreeTest: seed " + seed);
    var schema = Schemas.fresh();
    try (var postgres = PostgresStore.open(schema);
        var rocks = RocksStore.open(folder, RocksOptions.DEFAULT)) {
      var one = new StoreOracle(postgres, seed);
      var other = new StoreOracle(rocks, seed);
      for (int round = 0; round < ROUNDS; round++) {
        for (var oracle : new StoreOracle[] {one, other}) {
          oracle.change(40);
          oracle.ask(40);
          oracle.compareAll();
        }
        compare(postgres, rocks);
      }
    }
    // What stands in the tables is what it knew.
    try (var again = PostgresStore.open(schema);
        var rocks = RocksStore.open(folder, RocksOptions.DEFAULT)) {
      assertThat(again.verify()).as("seed %s", seed).isEmpty();
      compare(again, rocks);
    }
  }

  private void compare(Store one, Store other) {
    assertThat(one.head()).as("seed %s", seed).isEqualTo(other.head());
    assertThat(one.feedStart()).as("seed %s", seed).isEqualTo(other.feedStart());
    assertThat(one.feed(Position.START, Integer.MAX_VALUE))
        .as("seed %s", seed)
        .isEqualTo(other.feed(Position.START, Integer.MAX_VALUE));
    assertThat(one.layers()).as("seed %s", seed).isEqualTo(other.layers());
    for (var layer : one.layers()) {
      assertThat(one.types(layer)).as("seed %s", seed).isEqualTo(other.types(layer));
      for (var type : one.types(layer))
        assertThat(one.count(layer, Query.type(type)))
            .as("seed %s", seed)
            .isEqualTo(other.count(layer, Query.type(type)));
      assertThat(everything(one, layer)).as("seed %s", seed).isEqualTo(everything(other, layer));
    }
  }

  /// Both go through a layer by id.
  private static List<Entity> everything(Store store, Layer layer) {
    var all = new ArrayList<Entity>();
    try (var scan = store.scan(layer, Query.EVERYTHING, true)) {
      scan.forEachRemaining(all::add);
    }
    return all;
  }
}
