package plaza.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plaza.testkit.TestCity.BIKES;
import static plaza.testkit.TestCity.DAAN;
import static plaza.testkit.TestCity.NAME;
import static plaza.testkit.TestCity.NOON;
import static plaza.testkit.TestCity.STATION;
import static plaza.testkit.TestCity.XINYI;
import static plaza.testkit.TestCity.bikes;
import static plaza.testkit.TestCity.daan;
import static plaza.testkit.TestCity.xinyi;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plaza.graph.Address;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.graph.query.Condition;
import plaza.graph.query.Operand;
import plaza.graph.query.Path;
import plaza.graph.query.Query;
import plaza.graph.query.Selector;
import plaza.ledger.store.Commit;
import plaza.ledger.store.FeedEntry;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Note;
import plaza.ledger.store.Position;
import plaza.ledger.store.Recorded;
import plaza.ledger.store.Slot;
import plaza.ledger.store.Span;
import plaza.ledger.store.Store;
import plaza.ledger.store.StoreFailure;

/// What every engine promises by [Store]: extend it with a class that opens an empty one.
/// [StoreOracle] adds the same by chance.
public abstract class StoreContract {
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

  @Test
  void theFeedTellsEveryCommitOnceAndInOrder() {
    var commits = new ArrayList<FeedEntry>();
    for (int i = 0; i < 20; i++)
      commits.add(Commits.append(store, MAIN, observe(i, NOON.plusSeconds(i))).entry());

    assertThat(store.feed(Position.START, 100)).isEqualTo(commits);
    assertThat(store.feed(new Position(5), 3)).isEqualTo(commits.subList(5, 8));
    assertThat(store.feed(new Position(20), 3)).isEmpty();
  }

  @Test
  void aTrimmedFeedBeginsLaterAndNothingElseIsLost() {
    for (int i = 0; i < 10; i++) Commits.append(store, MAIN, observe(i, NOON.plusSeconds(i)));
    store.trimFeed(new Position(4));
    store.trimFeed(new Position(2));

    assertThat(store.feedStart()).isEqualTo(new Position(4));
    assertThat(store.feed(Position.START, 100)).hasSize(6);
    assertThat(history(Span.ALWAYS, false, 100)).hasSize(10);
    assertThat(store.head()).isEqualTo(new Position(10));
    assertThat(store.verify()).isEmpty();
    store.trimFeed(new Position(99));
    assertThat(store.feedStart()).isEqualTo(new Position(10));
    assertThat(store.head()).isEqualTo(new Position(10));
  }

  @Test
  void notesAreKeptByOwnerAndListedByPrefix() {
    store.keep("link.a", List.of(note("inbox/1", "x"), note("inbox/2", "y"), note("dead/1", "z")));
    store.keep("link.b", List.of(note("inbox/3", "other")));
    store.keep("link.a", List.of(new Note("inbox/1", null), note("inbox/4", "w")));

    assertThat(store.note("link.a", "dead/1")).contains(bytes("z"));
    assertThat(store.note("link.a", "inbox/1")).isEmpty();
    assertThat(store.note("link.b", "dead/1")).isEmpty();
    assertThat(keys(store.notes("link.a", "inbox/", "", 10))).containsExactly("inbox/2", "inbox/4");
    assertThat(keys(store.notes("link.a", "inbox/", "inbox/2", 10))).containsExactly("inbox/4");
    assertThat(keys(store.notes("link.a", "", "", 2))).containsExactly("dead/1", "inbox/2");
    assertThat(keys(store.notes("link", "", "", 2))).isEmpty();
  }

  @Test
  void notesOfACommitAreThereWithIt() {
    var commits = new Commits(store);
    commits.keep(MAIN, "link.a", note("offset", "17"));
    commits.append();

    assertThat(store.note("link.a", "offset")).contains(bytes("17"));
    assertThat(store.feed(Position.START, 10)).hasSize(1);
    assertThat(store.layers()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whateverHappensItAnswersLikeTheOracle(long seed) {
    var oracle = new StoreOracle(store, seed);
    for (int i = 0; i < 8; i++) {
      oracle.change(80);
      oracle.ask(60);
    }
    oracle.compareAll();
    assertThat(oracle.shareAnswered()).isBetween(0.2, 0.9);
  }

  private static Entity station(int number) {
    return TestCity.station(
        STATION + ":" + String.format("%04d", number), 121.5 + number / 1000.0, 25, number, NOON);
  }

  private static Edit observe(long available, Instant at) {
    return new Edit.Observe(Entity.of(XINYI, STATION, List.of(bikes(available, at))));
  }

  private List<Recorded> history(Span span, boolean newestFirst, int limit) {
    return store.history(MAIN, XINYI, BIKES, span, newestFirst, limit);
  }

  private static List<Double> values(List<Recorded> history) {
    return history.stream()
        .map(one ->
            one.attribute().content() instanceof plaza.graph.Content.Property(var value)
                ? value.asNumber()
                : Double.NaN)
        .toList();
  }

  private List<Double> numbers(Layer layer) {
    var numbers = new ArrayList<Double>();
    store.series(layer, BIKES, Span.ALWAYS, (_, _, value) -> numbers.add(value));
    return numbers;
  }

  private List<Entity> found(Layer layer, Query query, boolean gone) {
    var found = new ArrayList<Entity>();
    try (var scan = store.scan(layer, query, gone)) {
      scan.forEachRemaining(found::add);
    }
    return found;
  }

  private static List<String> ids(List<Entity> entities) {
    return entities.stream().map(Entity::id).toList();
  }

  private static Note note(String key, String text) {
    return new Note(key, bytes(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> keys(List<Note> notes) {
    return notes.stream().map(Note::key).toList();
  }
}
