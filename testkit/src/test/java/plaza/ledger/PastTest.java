package plaza.ledger;

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

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import plaza.graph.Address;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Entity;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.graph.query.Condition;
import plaza.graph.query.Operand;
import plaza.graph.query.Path;
import plaza.graph.query.Query;
import plaza.graph.query.Sight;
import plaza.ledger.store.Span;
import plaza.testkit.TestCity;

class PastTest {
  private final TestCity city = new TestCity();

  @AfterEach
  void close() {
    city.close();
  }

  @Test
  void anEntityIsWhatWasLastKnownByThen() {
    city.write(new Edit.Create(xinyi(7)));
    city.write(observe(XINYI, 5, 60), observe(XINYI, 3, 120));

    assertThat(bikesAt(NOON)).contains(7L);
    assertThat(bikesAt(NOON.plusSeconds(60))).contains(5L);
    assertThat(bikesAt(NOON.plusSeconds(119))).contains(5L);
    assertThat(bikesAt(NOON.plusSeconds(500))).contains(3L);
  }

  @Test
  void aLateReadingTakesItsPlaceInThePastAndLeavesThePresent() {
    city.write(new Edit.Create(xinyi(7)));
    city.write(observe(XINYI, 3, 120));
    city.write(observe(XINYI, 5, 60));

    assertThat(city.get(XINYI).findValue(BIKES)).contains(Value.of(3));
    assertThat(bikesAt(NOON.plusSeconds(70))).contains(5L);
  }

  @Test
  void whatHasNoTimeOfObservationHoldsFromBeforeItWasWritten() {
    city.write(new Edit.Create(xinyi(7)));

    var before = city.reader.get(Actor.ANONYMOUS, at(NOON.minusSeconds(999)), XINYI);
    assertThat(before.findText(NAME)).contains("Xinyi");
    assertThat(before.has(BIKES)).isFalse();
  }

  @Test
  void whatWasDeletedIsStillThereInTheTimeBefore() {
    city.write(new Edit.Create(station(NOON.minusSeconds(600))));
    var deleted = city.write(new Edit.DeleteAttribute(XINYI, BIKES, null, false)).at();

    assertThat(bikesAt(deleted.minusNanos(1_000))).contains(7L);
    assertThat(bikesAt(deleted)).isEmpty();
    var gone = city.write(new Edit.Delete(XINYI)).at();
    assertThat(find(gone.minusNanos(1_000))).isPresent();
    assertThat(find(gone)).isEmpty();
    assertThat(find(gone.plusSeconds(5))).isEmpty();
  }

  @Test
  void betweenItsDeletionAndItsReturnAnEntityIsNot() {
    city.write(new Edit.Create(station(NOON.minusSeconds(600))));
    var gone = city.write(new Edit.Delete(XINYI)).at();
    city.write(new Edit.Put(daan(1)));
    var back = city.write(new Edit.Create(station(NOON.plusSeconds(600)))).at();

    assertThat(find(gone)).isEmpty();
    assertThat(find(back)).isPresent();
  }

  @Test
  void everyDatasetHasItsOwnPast() {
    var other =
        new Attribute(
            BIKES,
            "urn:dataset:other",
            new Content.Property(Value.of(100)),
            NOON.minusSeconds(5_000),
            null,
            List.of(),
            null,
            null,
            null,
            null);
    city.write(new Edit.Create(xinyi(7)), new Edit.ReplaceAttribute(XINYI, bikes(6, NOON)));
    city.write(new Edit.Append(Entity.of(XINYI, STATION, List.of(other)), true, false));
    for (int i = 0; i < 100; i++) city.write(observe(XINYI, i, i));

    var then = city.reader.get(Actor.ANONYMOUS, at(NOON.plusSeconds(99)), XINYI);
    assertThat(then.find(BIKES, "urn:dataset:other")).isPresent();
    assertThat(then.findValue(BIKES)).contains(Value.of(99));
  }

  @Test
  void aQueryAboutThePastDecidesWithWhatWasTrueThen() {
    city.write(new Edit.Create(xinyi(7)), new Edit.Create(daan(9)));
    city.write(observe(XINYI, 0, 60));
    city.write(new Edit.Delete(DAAN));
    var many =
        Query.type(STATION)
            .where(
                new Condition.Test(
                    Path.of(BIKES), Condition.Operator.GREATER, new Operand.Exactly(Value.of(5))));

    assertThat(ids(at(NOON), many)).containsExactlyInAnyOrder(DAAN, XINYI);
    assertThat(ids(at(NOON.plusSeconds(60)), many)).isEmpty();
  }

  @Test
  void theLastReadingsOfAWindowShowThoughNewerOnesDoNot() {
    for (int i = 0; i < 200; i++) city.write(observe(XINYI, i, i));
    var window = new Sight.View(Set.of(STATION), Set.of(BIKES), null, NOON, NOON.plusSeconds(50));
    var reader =
        new Reader(
            city.store,
            city.ledger,
            (_, _) -> new Policy.Rights(Sight.of(window, "the pilot's dates"), Sight.PUBLIC),
            Limits.DEFAULT);

    assertThat(
            reader.history(
                Actor.ANONYMOUS, Address.DEFAULT, city.get(XINYI), BIKES, Span.ALWAYS, true, 10))
        .hasSize(10)
        .first()
        .satisfies(one -> assertThat(one.attribute().observedAt()).isEqualTo(NOON.plusSeconds(49)));
    var seen = new ArrayList<Double>();
    reader.series(
        Actor.ANONYMOUS, Address.DEFAULT, BIKES, Span.ALWAYS, (_, _, value) -> seen.add(value));
    assertThat(seen).hasSize(50);
  }

  @Test
  void privateEntitiesAreNotEvenCounted() {
    city.ledger.fork(Actor.ANONYMOUS, Address.DEFAULT, "flood");
    var page =
        city.reader.query(Actor.ANONYMOUS, Address.SYSTEM, Query.type(Branches.TYPE), 0, 10, true);

    assertThat(page.total()).isZero();
  }

  private static Entity station(Instant seen) {
    return Entity.of(XINYI, STATION, List.of(bikes(7, seen)));
  }

  private static Edit observe(String id, long available, long seconds) {
    return new Edit.Observe(
        Entity.of(id, STATION, List.of(bikes(available, NOON.plusSeconds(seconds)))));
  }

  private static Address at(Instant moment) {
    return Address.DEFAULT.at(moment);
  }

  private Optional<Entity> find(Instant moment) {
    return city.reader.find(Actor.ANONYMOUS, at(moment), XINYI);
  }

  private Optional<Long> bikesAt(Instant moment) {
    return find(moment).flatMap(entity -> entity.findValue(BIKES)).map(v -> (long) v.asNumber());
  }

  private List<String> ids(Address address, Query query) {
    return city.reader.query(Actor.ANONYMOUS, address, query, 0, 10, false).entities().stream()
        .map(Entity::id)
        .toList();
  }
}
