package plaza.ledger;

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

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import plaza.graph.Address;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Entity;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.graph.change.Write;
import plaza.graph.query.Condition;
import plaza.graph.query.Operand;
import plaza.graph.query.Path;
import plaza.graph.query.Query;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Span;
import plaza.testkit.MemoryStore;
import plaza.testkit.TestCity;

class BranchTest {
  private static final Address FLOOD = Address.DEFAULT.branch("flood");
  private static final String NEIHU = STATION + ":Neihu";

  private final TestCity city = new TestCity();

  @AfterEach
  void close() {
    city.close();
  }

  @Test
  void aBranchThatBeganEmptyInheritsNothing() {
    city.write(new Edit.Create(xinyi(7)));
    var empty = Address.DEFAULT.branch("snapshot:1");
    city.ledger.open(Actor.SYSTEM, empty);
    city.write(new Edit.Create(daan(2)));
    city.ledger.write(
        Actor.ANONYMOUS, plaza.graph.change.Write.atomic(empty, new Edit.Create(xinyi(3))));

    assertThat(ids(empty, Query.type(STATION))).containsExactly(XINYI);
    assertThat(bikesIn(empty, XINYI)).isEqualTo(3);
    assertThat(city.get(XINYI).findValue(BIKES)).contains(plaza.graph.Value.of(7));
    assertThat(city.reader.find(Actor.ANONYMOUS, empty, DAAN)).isEmpty();
    assertThat(city.reader.historyAttributes(Actor.ANONYMOUS, empty, DAAN)).isEmpty();
    city.ledger.discard(Actor.ANONYMOUS, empty);
    assertThat(city.ledger.branches().find(Layer.of(empty))).isEmpty();
  }

  @Test
  void aBranchDoesNotBeginFromOneThatEndsMeanwhile() {
    var stream = Address.DEFAULT.branch("stream");
    Actor forking = Actor.of("urn:test:forking");
    var ledgers = new ArrayList<Ledger>();
    Policy policy =
        (actor, _) -> {
          // Asked after the parent was found, and before the branch is made.
          if (actor.equals(forking)) ledgers.getFirst().discard(Actor.SYSTEM, stream);
          return Policy.Rights.EVERYTHING;
        };
    try (var racing = new TestCity(new MemoryStore(), policy)) {
      ledgers.add(racing.ledger);
      racing.ledger.fork(Actor.SYSTEM, Address.DEFAULT, "stream");

      assertThatThrownBy(() -> racing.ledger.fork(forking, stream, "brook"))
          .isInstanceOf(Refusal.NotFound.class);
      assertThat(racing.ledger.branches().list(Address.DEFAULT_TENANT)).isEmpty();
    }
  }

  @Test
  void aBranchBeginsAsItsParentIs() {
    city.write(new Edit.Create(xinyi(7)), new Edit.Create(daan(2)));
    fork("flood");

    assertThat(bikesIn(FLOOD, XINYI)).isEqualTo(7);
    assertThat(ids(FLOOD, Query.type(STATION))).containsExactlyInAnyOrder(XINYI, DAAN);
    assertThat(city.reader.types(Actor.ANONYMOUS, FLOOD)).containsExactly(STATION);
  }

  @Test
  void whatABranchChangesStaysInIt() {
    city.write(new Edit.Create(xinyi(7)), new Edit.Create(daan(2)));
    fork("flood");
    write(
        FLOOD,
        new Edit.Observe(readings(XINYI, 0)),
        new Edit.Delete(DAAN),
        new Edit.Create(neihu(1)));

    assertThat(bikesIn(FLOOD, XINYI)).isZero();
    assertThat(ids(FLOOD, Query.type(STATION))).containsExactlyInAnyOrder(XINYI, NEIHU);
    assertThat(find(FLOOD, DAAN)).isEmpty();
    assertThat(bikesIn(Address.DEFAULT, XINYI)).isEqualTo(7);
    assertThat(ids(Address.DEFAULT, Query.type(STATION))).containsExactlyInAnyOrder(XINYI, DAAN);
  }

  @Test
  void whatTheParentDoesLaterDoesNotShowInTheBranch() {
    city.write(new Edit.Create(xinyi(7)), new Edit.Create(daan(2)));
    fork("flood");
    city.write(new Edit.Put(xinyi(1)), new Edit.Delete(DAAN), new Edit.Create(neihu(5)));
    city.write(new Edit.Put(xinyi(0)), new Edit.Put(neihu(6)));

    assertThat(bikesIn(FLOOD, XINYI)).isEqualTo(7);
    assertThat(bikesIn(FLOOD, DAAN)).isEqualTo(2);
    assertThat(find(FLOOD, NEIHU)).isEmpty();
    assertThat(ids(FLOOD, Query.type(STATION))).containsExactlyInAnyOrder(XINYI, DAAN);
    assertThat(ids(FLOOD, Query.type(STATION).where(more(3)))).containsExactly(XINYI);
    var evenGone = new ArrayList<String>();
    city.reader.eachEvenGone(
        Actor.ANONYMOUS, FLOOD, Query.type(STATION), entity -> evenGone.add(entity.id()));
    assertThat(evenGone).containsExactlyInAnyOrder(XINYI, DAAN);
    assertThat(city.reader.findEvenGone(Actor.ANONYMOUS, FLOOD, NEIHU)).isEmpty();
    assertThat(counts(FLOOD, XINYI)).containsExactly(7);
  }

  @Test
  void aBranchMayCreateWhatItsParentCreatedLater() {
    fork("flood");
    city.write(new Edit.Create(neihu(5)));
    write(FLOOD, new Edit.Create(neihu(1)));

    assertThat(bikesIn(FLOOD, NEIHU)).isEqualTo(1);
    assertThat(bikesIn(Address.DEFAULT, NEIHU)).isEqualTo(5);
    assertThat(ids(FLOOD, Query.type(STATION))).containsExactly(NEIHU);
  }

  @Test
  void whatWasDeletedBeforeTheForkAndCreatedAgainAfterItIsNotInTheBranch() {
    city.write(new Edit.Create(xinyi(7)));
    city.write(new Edit.Delete(XINYI));
    fork("flood");
    city.write(new Edit.Create(xinyi(3)));

    assertThat(find(FLOOD, XINYI)).isEmpty();
    assertThat(ids(FLOOD, Query.type(STATION))).isEmpty();
  }

  @Test
  void theHistoryOfABranchIsItsParentsUpToTheForkAndItsOwn() {
    city.write(new Edit.Observe(readings(XINYI, 1)));
    fork("flood");
    for (int i = 10; i < 60; i++) city.write(new Edit.Observe(readings(XINYI, i)));
    write(FLOOD, new Edit.Observe(readings(XINYI, 2)));

    assertThat(counts(FLOOD, XINYI)).containsExactly(2, 1);
    assertThat(
            city.reader.history(
                Actor.ANONYMOUS,
                FLOOD,
                city.reader.get(Actor.ANONYMOUS, FLOOD, XINYI),
                BIKES,
                Span.ALWAYS,
                true,
                1))
        .hasSize(1);
    assertThat(city.reader.historyAttributes(Actor.ANONYMOUS, FLOOD, XINYI)).containsExactly(BIKES);
  }

  @Test
  void aBranchOfABranchSeesThrough() {
    city.write(new Edit.Create(xinyi(7)), new Edit.Create(daan(2)));
    fork("flood");
    write(FLOOD, new Edit.Observe(readings(XINYI, 1)));
    city.ledger.fork(Actor.ANONYMOUS, FLOOD, "worse");
    var worse = Address.DEFAULT.branch("worse");
    write(FLOOD, new Edit.Observe(readings(XINYI, 5)), new Edit.Create(neihu(3)));
    city.write(new Edit.Put(daan(99)));

    assertThat(bikesIn(worse, XINYI)).isEqualTo(1);
    assertThat(bikesIn(worse, DAAN)).isEqualTo(2);
    assertThat(find(worse, NEIHU)).isEmpty();
    assertThat(ids(worse, Query.type(STATION))).containsExactlyInAnyOrder(XINYI, DAAN);
    write(worse, new Edit.Delete(DAAN));
    assertThat(find(worse, DAAN)).isEmpty();
    assertThat(bikesIn(FLOOD, DAAN)).isEqualTo(2);
  }

  @Test
  void aBranchMayBeginAsTheCityWas() {
    city.write(new Edit.Create(xinyi(7)));
    city.write(
        new Edit.Observe(
            Entity.of(
                XINYI,
                STATION,
                List.of(bikes(5, NOON.plusSeconds(60)), bikes(3, NOON.plusSeconds(120))))));
    city.ledger.fork(Actor.ANONYMOUS, Address.DEFAULT.at(NOON.plusSeconds(90)), "before");
    var before = Address.DEFAULT.branch("before");
    city.write(
        new Edit.Observe(Entity.of(XINYI, STATION, List.of(bikes(0, NOON.plusSeconds(80))))));
    city.write(new Edit.Create(neihu(5)));

    assertThat(bikesIn(before, XINYI)).isEqualTo(5);
    assertThat(city.reader.get(Actor.ANONYMOUS, before, XINYI).findText(NAME)).contains("Xinyi");
    assertThat(ids(before, Query.type(STATION))).containsExactly(XINYI);
    assertThat(ids(before, Query.type(STATION).where(more(4)))).containsExactly(XINYI);
    assertThat(counts(before, XINYI)).containsExactly(5, 7);
    write(before, new Edit.ReplaceAttribute(XINYI, bikes(1, NOON.plusSeconds(90))));
    assertThat(bikesIn(before, XINYI)).isEqualTo(1);
    assertThat(ids(before, Query.type(STATION).where(more(4)))).isEmpty();
  }

  @Test
  void aDiscardedBranchIsGoneAndItsNameIsFree() {
    city.write(new Edit.Create(xinyi(7)));
    fork("flood");
    write(FLOOD, new Edit.Create(neihu(1)));
    city.ledger.discard(Actor.ANONYMOUS, FLOOD);

    assertThatThrownBy(() -> find(FLOOD, XINYI)).isInstanceOf(Refusal.NotFound.class);
    assertThatThrownBy(() -> write(FLOOD, new Edit.Create(neihu(1))))
        .isInstanceOf(Refusal.NotFound.class);
    fork("flood");
    assertThat(ids(FLOOD, Query.type(STATION))).containsExactly(XINYI);
  }

  @Test
  void aBranchWithBranchesIsNotDiscarded() {
    fork("flood");
    city.ledger.fork(Actor.ANONYMOUS, FLOOD, "worse");

    assertThatThrownBy(() -> city.ledger.discard(Actor.ANONYMOUS, FLOOD))
        .isInstanceOf(Refusal.Conflict.class)
        .hasMessageContaining("discard them first");
  }

  @Test
  void aBranchNameIsTakenOnce() {
    fork("flood");

    assertThatThrownBy(() -> fork("flood")).isInstanceOf(Refusal.AlreadyExists.class);
    assertThatThrownBy(() -> fork("main")).isInstanceOf(Refusal.AlreadyExists.class);
  }

  @Test
  void whatADiscardCutShortLeftBehindIsDroppedAtTheNextStart() {
    fork("flood");
    write(FLOOD, new Edit.Create(neihu(1)));
    city.ledger.write(
        Actor.SYSTEM, Write.atomic(Address.SYSTEM, new Edit.Delete(Branches.id(Layer.of(FLOOD)))));
    city.ledger.close();
    var clock = Clock.fixed(NOON, ZoneOffset.UTC);
    try (var again = new Ledger(city.store, Policy.OPEN, city.feed, Limits.DEFAULT, clock)) {
      again.fork(Actor.ANONYMOUS, Address.DEFAULT, "flood");
      assertThat(again.layers().now(Layer.of(FLOOD), NEIHU)).isEmpty();
    }
  }

  @Test
  void whoMayNotWriteMayNotForkOrDiscard() {
    fork("flood");
    Policy readOnly =
        (actor, _) ->
            actor.room() == null
                ? new Policy.Rights(
                    plaza.graph.query.Sight.PUBLIC, plaza.graph.query.Sight.nothing("read only"))
                : Policy.Rights.EVERYTHING;
    city.ledger.close();
    var clock = Clock.fixed(NOON, ZoneOffset.UTC);
    try (var strict = new Ledger(city.store, readOnly, city.feed, Limits.DEFAULT, clock)) {
      var guest = Actor.of("urn:plaza:guest");
      assertThatThrownBy(() -> strict.fork(guest, Address.DEFAULT, "mine"))
          .isInstanceOf(Refusal.Forbidden.class);
      assertThatThrownBy(() -> strict.discard(guest, FLOOD)).isInstanceOf(Refusal.Forbidden.class);
    }
  }

  private void fork(String name) {
    city.ledger.fork(Actor.ANONYMOUS, Address.DEFAULT, name);
  }

  private void write(Address address, Edit... edits) {
    city.ledger.write(Actor.ANONYMOUS, Write.atomic(address, edits));
  }

  private java.util.Optional<Entity> find(Address address, String id) {
    return city.reader.find(Actor.ANONYMOUS, address, id);
  }

  private int bikesIn(Address address, String id) {
    var value = city.reader.get(Actor.ANONYMOUS, address, id).findValue(BIKES).orElseThrow();
    return (int) value.asNumber();
  }

  private List<String> ids(Address address, Query query) {
    var page = city.reader.query(Actor.ANONYMOUS, address, query, 0, 100, true);
    assertThat(page.total()).isEqualTo(page.entities().size());
    return page.entities().stream().map(Entity::id).toList();
  }

  private List<Integer> counts(Address address, String id) {
    var entity = city.reader.get(Actor.ANONYMOUS, address, id);
    return city
        .reader
        .history(Actor.ANONYMOUS, address, entity, BIKES, Span.ALWAYS, true, 10)
        .stream()
        .map(one ->
            one.attribute().content() instanceof Content.Property(Value.Whole(long number))
                ? (int) number
                : -1)
        .toList();
  }

  private static Condition more(long than) {
    return new Condition.Test(
        Path.of(BIKES), Condition.Operator.GREATER, new Operand.Exactly(Value.of(than)));
  }

  private static Entity neihu(long available) {
    return TestCity.station(NEIHU, 121.59, 25.08, available, NOON);
  }

  private static Entity readings(String id, int number) {
    Attribute reading = bikes(number, NOON.plusSeconds(number));
    return Entity.of(id, STATION, List.of(reading));
  }
}
