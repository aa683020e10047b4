package plaza.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plaza.testkit.TestCity.BIKES;
import static plaza.testkit.TestCity.NAME;
import static plaza.testkit.TestCity.NOON;
import static plaza.testkit.TestCity.STATION;
import static plaza.testkit.TestCity.XINYI;
import static plaza.testkit.TestCity.daan;
import static plaza.testkit.TestCity.xinyi;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import plaza.graph.Address;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.change.Change;
import plaza.graph.change.Edit;
import plaza.graph.change.Write;
import plaza.graph.query.Query;
import plaza.ledger.store.FeedEntry;
import plaza.ledger.store.Position;
import plaza.ledger.store.Span;
import plaza.testkit.MemoryStore;
import plaza.testkit.MovableClock;

/// Clause 4.22: transient entities and attributes.
class ExpiryTest {
  private static final Address FLOOD = Address.DEFAULT.branch("flood");
  private final MovableClock clock = new MovableClock(NOON);
  private final MemoryStore store = new MemoryStore();
  private final Feed feed = new Feed(store);
  private Ledger ledger = new Ledger(store, Policy.OPEN, feed, Limits.DEFAULT, clock);
  private Reader reader = new Reader(store, ledger, Policy.OPEN, Limits.DEFAULT);

  @AfterEach
  void close() {
    feed.close();
    ledger.close();
  }

  @Test
  void anEntityIsGoneAtOnceWhenItsTimePassesAndSweptAwayAfterwards() {
    write(new Edit.Create(xinyi(7).ending(at(1))), new Edit.Create(daan(2)));
    clock.advance(Duration.ofMillis(59_999));
    assertThat(reader.find(Actor.ANONYMOUS, Address.DEFAULT, XINYI)).isPresent();
    clock.advance(Duration.ofMillis(1));

    assertThat(reader.find(Actor.ANONYMOUS, Address.DEFAULT, XINYI)).isEmpty();
    var page = reader.query(Actor.ANONYMOUS, Address.DEFAULT, Query.type(STATION), 0, 10, true);
    assertThat(page.entities()).hasSize(1);
    assertThat(page.total()).isEqualTo(1);
    assertThat(changes()).hasSize(2);

    assertThat(sweep()).isEqualTo(1);
    var change = changes().getLast();
    assertThat(change.kind()).isEqualTo(Change.Kind.DELETED);
    assertThat(change.entity().id()).isEqualTo(XINYI);
    assertThat(sweep()).isZero();
    assertThat(
            reader.history(Actor.ANONYMOUS, Address.DEFAULT, xinyi(1), BIKES, Span.ALWAYS, true, 9))
        .hasSize(2);
  }

  @Test
  void anAttributeEndsAloneAtEveryDepth() {
    var note = ending("https://a.example/note", 1, List.of());
    var name = ending(NAME, 9, List.of(note));
    write(new Edit.Create(Entity.of(XINYI, STATION, List.of(ending(BIKES, 1, List.of()), name))));
    clock.advance(Duration.ofMinutes(1));

    assertThat(get().has(BIKES)).isFalse();
    assertThat(get().find(NAME).orElseThrow().subAttributes()).isEmpty();
    assertThat(sweep()).isEqualTo(1);
    var change = changes().getLast();
    assertThat(change.kind()).isEqualTo(Change.Kind.UPDATED);
    assertThat(change.recorded().getFirst().deletedAt()).isNotNull();
    assertThat(change.entity().find(NAME).orElseThrow().subAttributes()).isEmpty();
    clock.advance(Duration.ofMinutes(8));
    assertThat(sweep()).isEqualTo(1);
    assertThat(get().attributes()).isEmpty();
  }

  @Test
  void whatHasEndedCannotBeWrittenToAndMayBeCreatedAnew() {
    write(new Edit.Create(xinyi(7).ending(at(1))));
    clock.advance(Duration.ofMinutes(1));

    assertThatThrownBy(() -> write(new Edit.DeleteAttribute(XINYI, BIKES, null, true)))
        .isInstanceOf(Refusal.NotFound.class);
    write(new Edit.Create(xinyi(3)));
    assertThat(get().findValue(BIKES)).contains(Value.of(3));
    assertThat(changes().stream().map(Change::kind))
        .containsExactly(Change.Kind.CREATED, Change.Kind.DELETED, Change.Kind.CREATED);
    assertThat(sweep()).isZero();
  }

  @Test
  void itsEndCanBePutOffAndATimerOutlivesARestart() {
    write(new Edit.Create(xinyi(7).ending(at(1))));
    write(
        new Edit.Merge(
            XINYI, List.of(), null, List.of(), null, null, NOON.plus(Duration.ofHours(1))));
    ledger.close();
    ledger = new Ledger(store, Policy.OPEN, feed, Limits.DEFAULT, clock);
    reader = new Reader(store, ledger, Policy.OPEN, Limits.DEFAULT);
    clock.advance(Duration.ofMinutes(59));
    assertThat(sweep()).isZero();
    assertThat(get().expiresAt()).isEqualTo(NOON.plus(Duration.ofHours(1)));
    clock.advance(Duration.ofMinutes(1));
    assertThat(sweep()).isEqualTo(1);
  }

  @Test
  void aBranchSweepsItsOwn() {
    write(new Edit.Create(xinyi(7).ending(at(1))));
    ledger.fork(Actor.ANONYMOUS, Address.DEFAULT, "flood");
    clock.advance(Duration.ofMinutes(2));

    assertThat(reader.find(Actor.ANONYMOUS, FLOOD, XINYI)).isEmpty();
    assertThat(sweep()).isEqualTo(2);
    assertThat(reader.find(Actor.ANONYMOUS, FLOOD, XINYI)).isEmpty();
    assertThat(reader.find(Actor.ANONYMOUS, Address.DEFAULT.at(at(1).minusSeconds(1)), XINYI))
        .isPresent();
    assertThat(reader.find(Actor.ANONYMOUS, Address.DEFAULT.at(at(1)), XINYI)).isEmpty();
  }

  @Test
  void manyAreSweptInOneTurn() {
    for (int i = 0; i < 2_500; i++)
      write(new Edit.Create(Entity.of("urn:x:" + i, STATION, List.of()).ending(at(1))));
    clock.advance(Duration.ofMinutes(2));

    assertThat(sweep()).isEqualTo(2_500);
  }

  private int sweep() {
    return new Sweeper(store, ledger).sweep();
  }

  private void write(Edit... edits) {
    ledger.write(Actor.ANONYMOUS, Write.atomic(Address.DEFAULT, edits));
  }

  private Entity get() {
    return reader.get(Actor.ANONYMOUS, Address.DEFAULT, XINYI);
  }

  private List<Change> changes() {
    return store.feed(Position.START, 10_000).stream()
        .map(FeedEntry::changes)
        .flatMap(List::stream)
        .toList();
  }

  private static Instant at(int minute) {
    return NOON.plusSeconds(60L * minute);
  }

  private static Attribute ending(String name, int minute, List<Attribute> subs) {
    var plain = Attribute.of(name, Value.of("x"));
    return new Attribute(
        name, null, plain.content(), null, null, subs, null, null, null, at(minute));
  }
}
