package plaza.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static plaza.testkit.TestCity.BIKES;
import static plaza.testkit.TestCity.DAAN;
import static plaza.testkit.TestCity.NAME;
import static plaza.testkit.TestCity.NOON;
import static plaza.testkit.TestCity.STATION;
import static plaza.testkit.TestCity.XINYI;
import static plaza.testkit.TestCity.bikes;
import static plaza.testkit.TestCity.daan;
import static plaza.testkit.TestCity.xinyi;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.ledger.store.Erasure;
import plaza.ledger.store.Recorded;
import plaza.ledger.store.Span;

/// What every engine promises of histories and of the series that are read from them: extend it
/// with a class that opens an empty one.
public abstract class HistoryContract extends StoreChapter {
  @Test
  void historiesAreOrderedByEventTimeThenPosition() {
    Commits.append(store, MAIN, new Edit.Create(xinyi(7)));
    Commits.append(store, MAIN, observe(5, NOON.minusSeconds(60)));
    Commits.append(store, MAIN, observe(6, NOON));
    Commits.append(store, MAIN, observe(8, NOON.plusSeconds(60)));

    assertThat(values(history(Span.ALWAYS, false, 10))).containsExactly(5.0, 7.0, 6.0, 8.0);
    assertThat(values(history(Span.ALWAYS, true, 3))).containsExactly(8.0, 6.0, 7.0);
    assertThat(values(history(Span.ALWAYS, false, 2))).containsExactly(5.0, 7.0);
  }

  @Test
  void aSpanBeginsWithItsFirstMomentAndEndsBeforeItsLast() {
    for (int i = 0; i < 5; i++) Commits.append(store, MAIN, observe(i, NOON.plusSeconds(i)));

    var span = Span.between(NOON.plusSeconds(1), NOON.plusSeconds(3));
    assertThat(values(history(span, false, 10))).containsExactly(1.0, 2.0);
    assertThat(values(history(span, true, 1))).containsExactly(2.0);
    assertThat(values(history(Span.between(null, NOON.plusSeconds(1)), true, 10)))
        .containsExactly(0.0);
    assertThat(values(history(Span.between(NOON.plusSeconds(4), null), true, 10)))
        .containsExactly(4.0);
    assertThat(history(Span.between(NOON.plusNanos(1), NOON.plusNanos(900)), true, 10)).isEmpty();
  }

  @Test
  void aSpanCountsByTheClockItNames() {
    Commits.append(store, MAIN, observe(1, NOON.minusSeconds(500)));
    var second = Commits.append(store, MAIN, observe(2, NOON.minusSeconds(900)));

    var span = new Span(Span.Clock.MODIFIED, second.at(), null);
    assertThat(values(history(span, false, 10))).containsExactly(2.0);
    Commits.append(store, MAIN, new Edit.Delete(XINYI));
    assertThat(
            history(new Span(Span.Clock.DELETED, NOON, null), false, 10).stream()
                .map(one -> one.attribute().deletedAt()))
        .containsExactly(Commits.at(3));
  }

  @Test
  void readingsThatCameTogetherAreKeptOneByOne() {
    var readings = new ArrayList<Attribute>();
    for (int i = 0; i < 100; i++) readings.add(bikes(i, NOON.plusSeconds(i * 1_000L)));
    Commits.append(store, MAIN, new Edit.Observe(Entity.of(XINYI, STATION, readings)));
    Commits.append(store, MAIN, observe(500, NOON.plusSeconds(1_500)));
    Commits.append(
        store, MAIN, new Edit.Observe(Entity.of(XINYI, STATION, readings.subList(40, 60))));

    assertThat(history(Span.ALWAYS, false, 1_000)).hasSize(121).doesNotHaveDuplicates();
    assertThat(values(history(Span.ALWAYS, true, 3))).containsExactly(99.0, 98.0, 97.0);
    assertThat(
            values(
                history(Span.between(NOON.plusSeconds(1_000), NOON.plusSeconds(2_001)), false, 9)))
        .containsExactly(1.0, 500.0, 2.0);
    assertThat(history(Span.ALWAYS, false, 1_000).stream().map(Recorded::instanceId))
        .doesNotHaveDuplicates();
    assertThat(numbers(MAIN)).hasSize(121).startsWith(0.0, 1.0, 500.0, 2.0);
    assertThat(store.verify()).isEmpty();
  }

  @Test
  void anEntityRemembersEveryAttributeItEverHad() {
    Commits.append(store, MAIN, new Edit.Create(xinyi(7)));
    Commits.append(store, MAIN, new Edit.DeleteAttribute(XINYI, NAME, null, true));
    Commits.append(store, MAIN, new Edit.Delete(XINYI));

    assertThat(store.historyAttributes(MAIN, XINYI)).contains(NAME, BIKES);
    assertThat(store.historyAttributes(MAIN, DAAN)).isEmpty();
  }

  @Test
  void oneCommitMayTouchAnEntityMoreThanOnce() {
    Commits.append(
        store,
        MAIN,
        observe(1, NOON),
        new Edit.Append(
            Entity.of(XINYI, STATION, List.of(Attribute.of(NAME, Value.of("Xinyi")))), true, false),
        observe(2, NOON));

    assertThat(store.historyAttributes(MAIN, XINYI)).containsExactlyInAnyOrder(BIKES, NAME);
    assertThat(values(history(Span.ALWAYS, false, 10))).containsExactly(1.0, 2.0);
    assertThat(store.verify()).isEmpty();
  }

  /// A correction may move an instance to another dataset, which the feed does not know of.
  @Test
  void whatWasMovedToAnotherDatasetIsErasedWithThatOne() {
    Commits.append(store, MAIN, observe(1, NOON));
    Commits.append(store, MAIN, observe(2, NOON.plusSeconds(60)));
    var old = history(Span.ALWAYS, false, 1).getFirst();
    var moved =
        new Attribute(
            BIKES,
            "urn:d:1",
            old.attribute().content(),
            NOON,
            null,
            List.of(),
            old.attribute().createdAt(),
            Commits.at(3),
            null,
            null);
    revise(new Erasure.Instance(old, moved));
    assertThat(store.verify()).isEmpty();
    revise(new Erasure.Instances(BIKES, "urn:d:1", false));
    assertThat(values(history(Span.ALWAYS, false, 10))).containsExactly(2.0);
    assertThat(store.verify()).isEmpty();
  }

  private void revise(Erasure erasure) {
    store.append(List.of(Revisions.of(store, MAIN, XINYI, erasure)));
  }

  @Test
  void aSeriesHasTheNumbersOfAllEntitiesInOrder() {
    Commits.append(store, MAIN, new Edit.Create(xinyi(7)), new Edit.Create(daan(2)));
    Commits.append(store, MAIN, observe(4, NOON.minusSeconds(1)));
    Commits.append(
        store, MAIN, new Edit.ReplaceAttribute(XINYI, Attribute.of(BIKES, Value.of("many"), NOON)));
    Commits.append(store, MAIN, new Edit.Delete(DAAN));

    var seen = new ArrayList<String>();
    store.series(
        MAIN,
        BIKES,
        Span.ALWAYS,
        (id, micros, value) ->
            seen.add(id + " " + (micros - NOON.getEpochSecond() * 1_000_000) + " " + value));
    assertThat(seen).containsExactly(DAAN + " 0 2.0", XINYI + " -1000000 4.0", XINYI + " 0 7.0");
  }

  @Test
  void aSeriesIsCutToItsSpan() {
    for (int i = 0; i < 10; i++) Commits.append(store, MAIN, observe(i, NOON.plusSeconds(i)));
    var cut = new ArrayList<Double>();
    store.series(
        MAIN,
        BIKES,
        Span.between(NOON.plusSeconds(3), NOON.plusSeconds(6)),
        (_, _, value) -> cut.add(value));

    assertThat(cut).containsExactly(3.0, 4.0, 5.0);
  }

  private static List<Double> values(List<Recorded> history) {
    return history.stream()
        .map(one ->
            one.attribute().content() instanceof plaza.graph.Content.Property(var value)
                ? value.asNumber()
                : Double.NaN)
        .toList();
  }
}
