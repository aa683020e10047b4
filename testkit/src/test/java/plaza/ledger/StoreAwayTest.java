package plaza.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plaza.testkit.Eventually.eventually;
import static plaza.testkit.TestCity.DAAN;
import static plaza.testkit.TestCity.XINYI;
import static plaza.testkit.TestCity.daan;
import static plaza.testkit.TestCity.xinyi;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.change.Edit;
import plaza.graph.change.Write;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Position;
import plaza.ledger.store.StoreFailure;
import plaza.testkit.MemoryStore;
import plaza.testkit.StumblingStore;
import plaza.testkit.TestCity;

/// A ledger whose store goes away and comes back.
class StoreAwayTest {
  private static final Layer FLOOD = Layer.of(Address.DEFAULT.branch("flood"));

  private final StumblingStore store = new StumblingStore(new MemoryStore());
  private final TestCity city = new TestCity(store, Policy.OPEN);

  @AfterEach
  void close() {
    city.close();
  }

  @Test
  void aLedgerOutlivesAStoreThatCanNeitherBeReadNorWritten() {
    city.write(new Edit.Create(xinyi(7)));
    city.ledger.fork(Actor.ANONYMOUS, Address.DEFAULT, "flood");
    store.away(true);

    for (int i = 0; i < 3; i++)
      assertThatThrownBy(() -> city.write(new Edit.Create(daan(1))))
          .isInstanceOf(Refusal.Unavailable.class)
          .hasMessageContaining("the database is away");
    assertThat(city.ledger.isRunning()).isTrue();
    assertThat(city.ledger.trouble()).contains("the database is away");

    store.away(false);
    city.write(new Edit.Create(daan(1)));
    assertThat(city.ledger.trouble()).isNull();
    assertThat(city.ledger.branches().find(Layer.of(Address.DEFAULT.branch("flood")))).isPresent();
  }

  @Test
  void aLedgerIsOutOfTroubleWhenItsStoreIsThoughNobodyWrites() {
    store.away(true);
    assertThatThrownBy(() -> city.write(new Edit.Create(xinyi(7))))
        .isInstanceOf(Refusal.Unavailable.class);
    assertThat(city.ledger.trouble()).isNotNull();

    store.away(false);
    eventually(() -> assertThat(city.ledger.trouble()).isNull());
  }

  @Test
  void aFullDiskStaysATroubleUntilThereIsSpace() {
    store.full(true);
    assertThatThrownBy(() -> city.write(new Edit.Create(xinyi(7))))
        .isInstanceOf(Refusal.Unavailable.class);
    assertThat(store.recover()).isFalse();
    assertThat(city.ledger.trouble()).contains("no space left");

    store.full(false);
    eventually(() -> assertThat(city.ledger.trouble()).isNull());
  }

  @Test
  void whatWasStoredWithoutAnAnswerIsToldWhenTheStoreIsItselfAgain() {
    var told = new CopyOnWriteArrayList<String>();
    city.write(new Edit.Create(daan(1)));
    city.feed.watch(
        "test",
        Position.START,
        entries -> {
          for (var entry : entries)
            for (var change : entry.changes()) told.add(change.entity().id());
          return List.of();
        });
    store.cutPower(0, true);
    assertThatThrownBy(() -> city.write(new Edit.Create(xinyi(7))))
        .isInstanceOf(Refusal.Unavailable.class);

    store.restorePower();
    eventually(() -> assertThat(told).contains(XINYI));
  }

  @Test
  void aBranchIsThereWhileTheBranchesAreReadAgain() throws Exception {
    city.ledger.fork(Actor.ANONYMOUS, Address.DEFAULT, "flood");
    var missed = new AtomicInteger();
    var over = new AtomicBoolean();
    var looking =
        Thread.ofPlatform()
            .start(() -> {
              while (!over.get())
                if (city.ledger.branches().find(FLOOD).isEmpty()) missed.incrementAndGet();
            });

    store.full(true);
    for (int i = 0; i < 2_000; i++)
      assertThatThrownBy(() -> city.write(new Edit.Create(xinyi(7))))
          .isInstanceOf(Refusal.Unavailable.class);
    over.set(true);
    looking.join();
    assertThat(missed).hasValue(0);
  }

  @Test
  void aNewBranchHoldsNothingOfADiscardedOneOfItsName() {
    city.write(new Edit.Create(xinyi(7)));
    city.ledger.fork(Actor.ANONYMOUS, Address.DEFAULT, "flood");
    city.ledger.write(
        Actor.ANONYMOUS, Write.atomic(Address.DEFAULT.branch("flood"), new Edit.Create(daan(1))));
    store.afterNextAppend(() -> store.away(true));
    assertThatThrownBy(() -> city.ledger.discard(Actor.ANONYMOUS, Address.DEFAULT.branch("flood")))
        .isInstanceOf(StoreFailure.class);

    store.away(false);
    city.ledger.fork(Actor.ANONYMOUS, Address.DEFAULT, "flood");
    assertThat(city.reader.find(Actor.ANONYMOUS, Address.DEFAULT.branch("flood"), DAAN)).isEmpty();
  }

  @Test
  void aBugOfTheStoreIsAnsweredAndEndsNothing() {
    store.afterNextAppend(() -> {
      throw new AssertionError("a bug");
    });
    assertThatThrownBy(() -> city.write(new Edit.Create(xinyi(7))))
        .isInstanceOf(Refusal.Unavailable.class)
        .hasMessageContaining("a bug");

    city.write(new Edit.Create(daan(1)));
    assertThat(city.get(XINYI)).isNotNull();
    assertThat(city.store.head()).isEqualTo(new Position(2));
  }
}
