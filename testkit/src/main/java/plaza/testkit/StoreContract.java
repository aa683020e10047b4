package plaza.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plaza.testkit.TestCity.BIKES;
import static plaza.testkit.TestCity.DAAN;
import static plaza.testkit.TestCity.NOON;
import static plaza.testkit.TestCity.STATION;
import static plaza.testkit.TestCity.XINYI;
import static plaza.testkit.TestCity.daan;
import static plaza.testkit.TestCity.xinyi;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.graph.query.Condition;
import plaza.graph.query.Operand;
import plaza.graph.query.Path;
import plaza.graph.query.Query;
import plaza.graph.query.Selector;
import plaza.ledger.store.Commit;
import plaza.ledger.store.Position;
import plaza.ledger.store.Slot;
import plaza.ledger.store.Span;
import plaza.ledger.store.StoreFailure;

/// What every engine promises by [Store] of what is: extend it with a class that opens an empty
/// one. [HistoryContract], [FeedContract] and [ErasureContract] are about what was, and
/// [StoreOracle] adds all of it by chance.
public abstract class StoreContract extends StoreChapter {
  @Test
  void anEmptyStoreHoldsNothing() {
    assertThat(store.head()).isEqualTo(Position.START);
    assertThat(store.feedStart()).isEqualTo(Position.START);
    assertThat(store.find(MAIN, XINYI)).isEmpty();
    assertThat(store.layers()).isEmpty();
    assertThat(store.types(MAIN)).isEmpty();
    assertThat(found(MAIN, Query.EVERYTHING, true)).isEmpty();
    assertThat(store.feed(Position.START, 10)).isEmpty();
    assertThat(store.history(MAIN, XINYI, BIKES, Span.ALWAYS, true, 10)).isEmpty();
    assertThat(store.verify()).isEmpty();
  }

  @Test
  void whatWasAppendedIsFoundAsItWasWritten() {
    var commit = Commits.append(store, MAIN, new Edit.Create(xinyi(7)));

    var entity = commit.steps().getFirst().change().entity();
    assertThat(store.find(MAIN, XINYI)).contains(new Slot.Present(entity));
    assertThat(store.findAll(MAIN, List.of(DAAN, XINYI)))
        .containsOnlyKeys(XINYI)
        .containsValue(new Slot.Present(entity));
    assertThat(found(MAIN, Query.EVERYTHING, false)).containsExactly(entity);
    assertThat(store.types(MAIN)).containsExactly(STATION);
    assertThat(store.layers()).containsExactly(MAIN);
    assertThat(store.head()).isEqualTo(new Position(1));
  }

  @Test
  void positionsFollowOneAnotherAndAGapIsRefusedWhole() {
    Commits.append(store, MAIN, new Edit.Create(xinyi(7)));
    var gap =
        new Commit(new Position(3), NOON, MAIN, "urn:plaza:test", List.of(), List.of(), List.of());

    assertThatThrownBy(() -> store.append(List.of(gap)))
        .isInstanceOf(StoreFailure.class)
        .hasMessageContaining("position 3")
        .hasMessageContaining("does not follow 1");
    assertThat(store.head()).isEqualTo(new Position(1));
  }

  @Test
  void commitsOfOneAppendSeeEachOther() {
    var commits = new Commits(store);
    commits.add(MAIN, List.of(new Edit.Create(xinyi(7))), List.of(), List.of());
    commits.add(MAIN, List.of(new Edit.Delete(XINYI)), List.of(), List.of());
    commits.add(MAIN, List.of(new Edit.Create(xinyi(3))), List.of(), List.of());
    commits.append();

    assertThat(store.head()).isEqualTo(new Position(3));
    assertThat(found(MAIN, Query.type(STATION), false))
        .singleElement()
        .satisfies(station -> assertThat(station.findValue(BIKES)).contains(Value.of(3)));
    assertThat(found(MAIN, Query.type(STATION), true)).hasSize(1);
    assertThat(store.verify()).isEmpty();
  }

  @Test
  void aDeletedEntityIsGoneFromScansAndStaysAsItWasLast() {
    Commits.append(store, MAIN, new Edit.Create(xinyi(7)), new Edit.Create(daan(2)));
    Commits.append(store, MAIN, new Edit.Delete(XINYI));

    assertThat(ids(found(MAIN, Query.type(STATION), false))).containsExactly(DAAN);
    assertThat(ids(found(MAIN, Query.EVERYTHING, false))).containsExactly(DAAN);
    assertThat(ids(found(MAIN, Query.type(STATION), true))).containsExactlyInAnyOrder(DAAN, XINYI);
    assertThat(ids(found(MAIN, Query.EVERYTHING, true))).containsExactlyInAnyOrder(DAAN, XINYI);
    assertThat(store.find(MAIN, XINYI))
        .get()
        .satisfies(slot -> {
          assertThat(slot).isInstanceOf(Slot.Gone.class);
          assertThat(slot.entity().findValue(BIKES)).contains(Value.of(7));
        });
    assertThat(store.types(MAIN)).containsExactly(STATION);
    Commits.append(store, MAIN, new Edit.Delete(DAAN));
    assertThat(store.types(MAIN)).isEmpty();
  }

  @Test
  void aScanGoesOnOverWhatWasThereWhenItBegan() {
    for (int i = 0; i < 300; i++) Commits.append(store, MAIN, new Edit.Create(station(i)));

    var seen = new ArrayList<String>();
    try (var scan = store.scan(MAIN, Query.type(STATION), false)) {
      seen.add(scan.next().id());
      for (int i = 0; i < 300; i += 2)
        Commits.append(store, MAIN, new Edit.Delete(station(i).id()));
      for (int i = 300; i < 400; i++) Commits.append(store, MAIN, new Edit.Create(station(i)));
      scan.forEachRemaining(entity -> seen.add(entity.id()));
    }

    assertThat(seen).hasSize(300).doesNotHaveDuplicates();
  }

  @Test
  void theSameQueryGivesTheSameOrder() {
    for (int i = 0; i < 60; i++) Commits.append(store, MAIN, new Edit.Create(station(i * 7 % 60)));

    assertThat(ids(found(MAIN, Query.type(STATION), false)))
        .hasSize(60)
        .isEqualTo(ids(found(MAIN, Query.type(STATION), false)));
  }

  @Test
  void entitiesAreSelectedByIdWithoutLookingAtOthers() {
    Commits.append(store, MAIN, new Edit.Create(xinyi(7)), new Edit.Create(daan(2)));

    assertThat(ids(found(MAIN, Query.of(Selector.ids(List.of(DAAN, DAAN))), false)))
        .contains(DAAN)
        .doesNotHaveDuplicates();
  }

  @Test
  void anEntityThatMeetsAConditionTwiceIsFoundOnce() {
    Commits.append(store, MAIN, new Edit.Create(xinyi(5)), new Edit.Create(daan(2)));
    var fiveOrThreeToEight =
        new Condition.Test(
            Path.of(BIKES),
            Condition.Operator.EQUAL,
            List.of(
                new Operand.Exactly(Value.of(5)),
                new Operand.Between(
                    new Operand.Exactly(Value.of(3)), new Operand.Exactly(Value.of(8)))));

    assertThat(ids(found(MAIN, Query.type(STATION).where(fiveOrThreeToEight), false)))
        .contains(XINYI)
        .doesNotHaveDuplicates();
  }

  @Test
  void aKnownCountIsExact() {
    Commits.append(store, MAIN, new Edit.Create(xinyi(7)), new Edit.Create(daan(2)));
    Commits.append(store, MAIN, new Edit.Delete(XINYI), new Edit.Put(daan(3)));

    var count = store.count(MAIN, Query.type(STATION));
    if (count.isPresent()) assertThat(count.getAsLong()).isEqualTo(1);
  }

  @Test
  void layersKeepApart() {
    Commits.append(store, MAIN, new Edit.Create(xinyi(7)));
    Commits.append(store, BRANCH, new Edit.Create(xinyi(1)));

    assertThat(store.layers()).containsExactlyInAnyOrder(MAIN, BRANCH);
    assertThat(store.find(MAIN, XINYI).orElseThrow().entity().findValue(BIKES))
        .contains(Value.of(7));
    assertThat(store.history(BRANCH, XINYI, BIKES, Span.ALWAYS, false, 10)).hasSize(1);
    assertThat(numbers(BRANCH)).containsExactly(1.0);
  }

  @Test
  void aShadowIsStateOnly() {
    var commits = new Commits(store);
    var kept = Commits.append(store, MAIN, new Edit.Create(xinyi(7))).steps().getFirst();
    commits.add(
        MAIN,
        List.of(new Edit.Put(xinyi(1))),
        List.of(new Commit.Shadow(BRANCH, new Slot.Present(kept.change().entity()))),
        List.of());
    commits.append();

    assertThat(store.find(BRANCH, XINYI)).contains(new Slot.Present(kept.change().entity()));
    assertThat(store.history(BRANCH, XINYI, BIKES, Span.ALWAYS, false, 10)).isEmpty();
    assertThat(store.historyAttributes(BRANCH, XINYI)).isEmpty();
    assertThat(store.feed(new Position(1), 10))
        .singleElement()
        .satisfies(entry -> assertThat(entry.changes()).hasSize(1));
    assertThat(store.verify()).isEmpty();
  }

  @Test
  void aDroppedLayerIsAsIfItHadNeverBeen() {
    Commits.append(store, MAIN, new Edit.Create(xinyi(7)));
    Commits.append(store, BRANCH, new Edit.Create(daan(1)));
    store.drop(BRANCH);

    assertThat(store.layers()).containsExactly(MAIN);
    assertThat(store.find(BRANCH, DAAN)).isEmpty();
    assertThat(found(BRANCH, Query.EVERYTHING, true)).isEmpty();
    assertThat(store.types(BRANCH)).isEmpty();
    assertThat(store.history(BRANCH, DAAN, BIKES, Span.ALWAYS, false, 10)).isEmpty();
    assertThat(store.historyAttributes(BRANCH, DAAN)).isEmpty();
    assertThat(store.feed(Position.START, 10)).hasSize(2);

    Commits.append(store, BRANCH, new Edit.Create(xinyi(9)));
    assertThat(ids(found(BRANCH, Query.EVERYTHING, true))).containsExactly(XINYI);
    assertThat(numbers(BRANCH)).containsExactly(9.0);
    assertThat(store.verify()).isEmpty();
  }

  static LongStream seeds() {
    return Seeds.of(3);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whateverHappensItAnswersLikeTheOracle(long seed) {
    var oracle = new StoreOracle(store, seed);
    for (int i = 0; i < 8; i++) {
      oracle.change(80);
      oracle.ask(60);
    }
    oracle.compareAll();
    if (Seeds.areMany()) assertThat(oracle.shareAnswered()).isBetween(0.2, 0.9);
  }
}
