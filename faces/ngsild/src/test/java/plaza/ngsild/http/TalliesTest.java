package plaza.ngsild.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plaza.graph.Address;
import plaza.graph.change.Edit;
import plaza.graph.query.Sight;
import plaza.ledger.Actor;
import plaza.ledger.Policy;
import plaza.ledger.store.Store;
import plaza.ngsild.RandomEntities;
import plaza.store.rocksdb.RocksOptions;
import plaza.store.rocksdb.RocksStore;
import plaza.testkit.MemoryStore;
import plaza.testkit.TestCity;

/// Clause 5.7.11: discovery does not look at everything for each question.
class TalliesTest {
  private final AtomicLong now = new AtomicLong();

  @Test
  void bothStoresCountTheSameUnderWritesAndDeletes(@TempDir Path folder) {
    try (var memory = new TestCity(new MemoryStore(), Policy.OPEN);
        var rocks = new TestCity(RocksStore.open(folder, RocksOptions.DEFAULT), Policy.OPEN)) {
      var one = new Tallies(memory.reader, now::get);
      var other = new Tallies(rocks.reader, now::get);
      for (int seed = 0; seed < 60; seed++) {
        var entity = new RandomEntities(seed).entity();
        var edit =
            new Random(seed).nextInt(3) == 0
                ? new Edit.Delete(new RandomEntities(seed / 2).entity().id())
                : new Edit.Put(entity);
        for (var city : new TestCity[] {memory, rocks})
          city.ledger.write(
              Actor.ANONYMOUS,
              plaza.graph.change.Write.each(Address.DEFAULT, java.util.List.of(edit)));
        assertThat(text(one)).as("seed %d", seed).isEqualTo(text(other));
      }
      assertThat(text(one)).contains("Property");
    }
  }

  private static String text(Tallies tallies) {
    var tally = tallies.of(Actor.ANONYMOUS, Address.DEFAULT);
    var text = new StringBuilder();
    tally.types().forEach((type, use) -> text.append(type).append(use.count()).append(use.kinds()));
    tally
        .attributes()
        .forEach((name, use) ->
            text.append(name).append(use.count()).append(use.kinds()).append(use.types()));
    return text.toString();
  }

  @Test
  void aTallyThatTookLongIsKeptForAWhileWhenSomethingIsWritten() {
    // Each look at the clock takes half of what is quick.
    try (var city = new TestCity()) {
      var tallies = new Tallies(city.reader, () -> now.addAndGet(Tallies.QUICK_NANOS * 2));
      city.write(new Edit.Create(TestCity.xinyi(7)));
      var first = tallies.of(Actor.ANONYMOUS, Address.DEFAULT);
      city.write(new Edit.Create(TestCity.daan(7)));

      assertThat(tallies.of(Actor.ANONYMOUS, Address.DEFAULT)).isSameAs(first);
      now.addAndGet(Tallies.OLDEST_NANOS);
      var later = tallies.of(Actor.ANONYMOUS, Address.DEFAULT);
      assertThat(later.types().get(TestCity.STATION).count()).isEqualTo(2);
      now.addAndGet(Tallies.OLDEST_NANOS);
      assertThat(tallies.of(Actor.ANONYMOUS, Address.DEFAULT))
          .as("nothing was written")
          .isSameAs(later);
    }
  }

  @Test
  void callersWhoSeeDifferentThingsShareNoTally() {
    var store = new MemoryStore();
    Policy byName =
        (actor, _) ->
            actor.id().endsWith("all")
                ? Policy.Rights.OPEN
                : new Policy.Rights(
                    Sight.of(
                        new Sight.View(Set.of(), Set.of(TestCity.NAME), null, null, null), "ask"),
                    Sight.nothing("ask"));
    try (var city = new TestCity((Store) store, byName)) {
      city.ledger.write(
          Actor.of("urn:x:all"),
          plaza.graph.change.Write.atomic(Address.DEFAULT, new Edit.Create(TestCity.xinyi(7))));
      var tallies = new Tallies(city.reader, now::get);

      assertThat(tallies.of(Actor.of("urn:x:all"), Address.DEFAULT).attributes())
          .containsKeys(TestCity.BIKES, TestCity.NAME);
      assertThat(tallies.of(Actor.of("urn:x:some"), Address.DEFAULT).attributes())
          .containsKey(TestCity.NAME)
          .doesNotContainKey(TestCity.BIKES);
    }
  }
}
