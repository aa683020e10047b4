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

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import plaza.graph.Address;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Entity;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.change.Change;
import plaza.graph.change.Edit;
import plaza.graph.change.Write;
import plaza.graph.query.Sight;
import plaza.ledger.Actor;
import plaza.ledger.Policy;
import plaza.ledger.store.Position;
import plaza.ledger.store.Recorded;
import plaza.ledger.store.Span;
import plaza.ledger.store.Store;

/// What a ledger over any engine keeps of what was erased: nothing (clauses 5.6.13 to 5.6.16).
public abstract class ErasureContract {
  private static final Address FLOOD = Address.DEFAULT.branch("flood");

  private TestCity city;
  private volatile Policy policy = Policy.OPEN;

  /// A new, empty store. The contract closes it.
  protected abstract Store open();

  @BeforeEach
  final void begin() {
    city = new TestCity(open(), (actor, address) -> policy.rights(actor, address));
  }

  @AfterEach
  final void close() {
    assertThat(city.store.verify()).isEmpty();
    city.close();
  }

  /// Clause 5.6.16.
  @Test
  void anErasedEvolutionIsAsIfItHadNeverBeen() {
    city.write(new Edit.Create(xinyi(7)), new Edit.Create(daan(2)));
    city.write(observe(XINYI, 1, 2, 3, 4, 5));
    city.write(new Edit.EraseEvolution(XINYI));

    assertThat(find(Address.DEFAULT, XINYI)).isEmpty();
    assertThat(city.reader.findEvenGone(Actor.ANONYMOUS, Address.DEFAULT, XINYI)).isEmpty();
    assertThat(city.reader.historyAttributes(Actor.ANONYMOUS, Address.DEFAULT, XINYI)).isEmpty();
    assertThat(series()).containsExactly(2.0);
    var told = city.store.feed(new Position(2), 10).getFirst().changes().getFirst();
    assertThat(told.kind()).isEqualTo(Change.Kind.DELETED);

    city.write(new Edit.Create(xinyi(9)));
    assertThat(numbers(Address.DEFAULT, XINYI)).containsExactly(9.0);
    assertThat(city.get(DAAN).findValue(BIKES)).contains(Value.of(2));
  }

  @Test
  void theEvolutionOfADeletedEntityCanBeErased() {
    city.write(new Edit.Create(xinyi(7)));
    city.write(new Edit.Delete(XINYI));
    city.write(new Edit.EraseEvolution(XINYI));

    assertThat(city.reader.findEvenGone(Actor.ANONYMOUS, Address.DEFAULT, XINYI)).isEmpty();
    assertThat(city.store.feed(new Position(2), 10).getFirst().changes()).isEmpty();
    assertThatThrownBy(() -> city.write(new Edit.EraseEvolution(XINYI)))
        .isInstanceOf(Refusal.NotFound.class);
  }

  /// Clause 5.6.13.
  @Test
  void anAttributeIsErasedByDatasetOrWhole() {
    var other = "urn:d:1";
    city.write(new Edit.Create(xinyi(7)), observe(XINYI, 1, 2, 3, 4, 5));
    city.write(new Edit.Append(Entity.of(XINYI, STATION, List.of(of(other, 50))), true, false));
    city.write(new Edit.EraseAttribute(XINYI, BIKES, null, false));

    assertThat(numbers(Address.DEFAULT, XINYI)).containsExactly(50.0);
    assertThat(city.get(XINYI).find(BIKES)).isEmpty();
    assertThat(city.get(XINYI).find(BIKES, other)).isPresent();
    assertThat(series()).isEmpty();
    assertThatThrownBy(() -> city.write(new Edit.EraseAttribute(XINYI, BIKES, null, false)))
        .isInstanceOf(Refusal.NotFound.class);

    city.write(observe(XINYI, 8));
    city.write(new Edit.EraseAttribute(XINYI, BIKES, null, true));
    assertThat(city.reader.historyAttributes(Actor.ANONYMOUS, Address.DEFAULT, XINYI))
        .doesNotContain(BIKES)
        .contains(NAME);
    assertThat(city.get(XINYI).has(BIKES)).isFalse();
    city.write(observe(XINYI, 3));
    assertThat(numbers(Address.DEFAULT, XINYI)).containsExactly(3.0);
  }

  /// Clause 5.6.15.
  @Test
  void whenTheLastInstanceIsErasedTheOneBeforeItHolds() {
    city.write(observe(XINYI, 1));
    city.write(observe(XINYI, 1, 2, 3, 4, 5));
    var last = history(Address.DEFAULT, XINYI).getLast();
    city.write(new Edit.EraseInstance(XINYI, BIKES, last.instanceId()));

    assertThat(numbers(Address.DEFAULT, XINYI)).containsExactly(1.0, 1.0, 2.0, 3.0, 4.0);
    assertThat(city.get(XINYI).findValue(BIKES)).contains(Value.of(4));
    assertThat(series()).containsExactly(1.0, 1.0, 2.0, 3.0, 4.0);

    var first = history(Address.DEFAULT, XINYI).getFirst();
    city.write(new Edit.EraseInstance(XINYI, BIKES, first.instanceId()));
    assertThat(city.get(XINYI).findValue(BIKES)).contains(Value.of(4));
    assertThat(city.store.feed(new Position(3), 10).getFirst().changes()).isEmpty();
    assertThatThrownBy(() -> city.write(new Edit.EraseInstance(XINYI, BIKES, first.instanceId())))
        .isInstanceOf(Refusal.NotFound.class)
        .hasMessageContaining(first.instanceId());
  }

  @Test
  void withItsLastInstanceAnAttributeIsGone() {
    city.write(observe(XINYI, 1));
    var only = history(Address.DEFAULT, XINYI).getFirst();
    city.write(new Edit.EraseInstance(XINYI, BIKES, only.instanceId()));

    assertThat(city.get(XINYI).attributes()).isEmpty();
    assertThat(city.reader.historyAttributes(Actor.ANONYMOUS, Address.DEFAULT, XINYI)).isEmpty();
    var told = city.store.feed(new Position(1), 10).getFirst().changes().getFirst();
    assertThat(told.kind()).isEqualTo(Change.Kind.UPDATED);
    assertThat(told.recorded().getFirst().deletedAt()).isNotNull();
  }

  /// Clause 5.6.14.
  @Test
  void aCorrectedInstanceKeepsItsIdAndWhenItWasCreated() {
    city.write(observe(XINYI, 1, 2, 3, 4, 5));
    var wrong = history(Address.DEFAULT, XINYI).get(4);
    city.write(new Edit.CorrectInstance(XINYI, wrong.instanceId(), bikes(40, at(5))));

    var right = history(Address.DEFAULT, XINYI).get(4);
    assertThat(right.instanceId()).isEqualTo(wrong.instanceId());
    assertThat(right.attribute().createdAt()).isEqualTo(wrong.attribute().createdAt());
    assertThat(right.attribute().modifiedAt()).isAfter(wrong.attribute().modifiedAt());
    assertThat(city.get(XINYI).findValue(BIKES)).contains(Value.of(40));
    assertThat(series()).containsExactly(1.0, 2.0, 3.0, 4.0, 40.0);

    city.write(new Edit.CorrectInstance(XINYI, wrong.instanceId(), bikes(40, at(0))));
    assertThat(numbers(Address.DEFAULT, XINYI)).containsExactly(40.0, 1.0, 2.0, 3.0, 4.0);
    assertThat(city.get(XINYI).findValue(BIKES)).contains(Value.of(4));
    city.write(new Edit.CorrectInstance(XINYI, wrong.instanceId(), bikes(41, at(9))));
    assertThat(city.get(XINYI).findValue(BIKES)).contains(Value.of(41));
  }

  @Test
  void whatABranchErasesItsParentKeeps() {
    city.write(new Edit.Create(xinyi(7)), observe(XINYI, 1, 2));
    fork();
    var two = history(FLOOD, XINYI).getLast();
    write(FLOOD, new Edit.EraseInstance(XINYI, BIKES, two.instanceId()));

    assertThat(numbers(FLOOD, XINYI)).containsExactly(7.0, 1.0);
    assertThat(get(FLOOD, XINYI).findValue(BIKES)).contains(Value.of(1));
    assertThat(numbers(Address.DEFAULT, XINYI)).containsExactly(7.0, 1.0, 2.0);
    var one = history(FLOOD, XINYI).getLast();
    write(FLOOD, new Edit.CorrectInstance(XINYI, one.instanceId(), bikes(11, at(1))));
    assertThat(numbers(FLOOD, XINYI)).containsExactly(7.0, 11.0);
    assertThat(city.get(XINYI).findValue(BIKES)).contains(Value.of(2));

    write(FLOOD, new Edit.EraseEvolution(XINYI));
    assertThat(find(FLOOD, XINYI)).isEmpty();
    assertThat(numbers(FLOOD, XINYI)).isEmpty();
    assertThat(numbers(Address.DEFAULT, XINYI)).containsExactly(7.0, 1.0, 2.0);
    assertThatThrownBy(() -> write(FLOOD, new Edit.EraseEvolution(XINYI)))
        .isInstanceOf(Refusal.NotFound.class);
    write(FLOOD, new Edit.Create(xinyi(3)));
    assertThat(numbers(FLOOD, XINYI)).containsExactly(3.0);
  }

  @Test
  void whatIsErasedIsErasedInEveryBranchThatGrewFromThere() {
    city.write(new Edit.Create(xinyi(7)), new Edit.Create(daan(5)), observe(XINYI, 1, 2));
    fork();
    write(FLOOD, observe(DAAN, 4));
    var last = history(Address.DEFAULT, XINYI).getLast();
    city.write(new Edit.EraseInstance(XINYI, BIKES, last.instanceId()));

    assertThat(get(FLOOD, XINYI).findValue(BIKES)).contains(Value.of(1));
    assertThat(numbers(FLOOD, XINYI)).containsExactly(7.0, 1.0);
    city.write(new Edit.EraseAttribute(XINYI, BIKES, null, true));
    assertThat(get(FLOOD, XINYI).has(BIKES)).isFalse();
    assertThat(get(FLOOD, XINYI).has(NAME)).isTrue();
    city.write(new Edit.EraseEvolution(XINYI));
    city.write(new Edit.EraseEvolution(DAAN));
    assertThat(find(FLOOD, XINYI)).isEmpty();
    assertThat(find(FLOOD, DAAN)).isEmpty();
    assertThat(numbers(FLOOD, DAAN)).isEmpty();
  }

  @Test
  void aCorrectionReachesTheBranchesThatHaveTheInstance() {
    city.write(observe(XINYI, 1, 2));
    fork();
    var last = history(Address.DEFAULT, XINYI).getLast();
    city.write(new Edit.CorrectInstance(XINYI, last.instanceId(), bikes(20, at(2))));

    assertThat(numbers(FLOOD, XINYI)).containsExactly(1.0, 20.0);
    assertThat(get(FLOOD, XINYI).findValue(BIKES)).contains(Value.of(20));
  }

  @Test
  void onlyWhoMayChangeAllOfItMayErase() {
    city.write(new Edit.Create(xinyi(7)), observe(XINYI, 1));
    var dated = new Sight.View(Set.of(), Set.of(BIKES), null, at(1), null);
    policy = (_, _) -> new Policy.Rights(Sight.PUBLIC, Sight.of(dated, "ask the city"));
    var all = history(Address.DEFAULT, XINYI);

    assertRefused(new Edit.EraseEvolution(XINYI));
    assertRefused(new Edit.EraseAttribute(XINYI, BIKES, null, true));
    assertRefused(new Edit.EraseInstance(XINYI, BIKES, all.getFirst().instanceId()));
    city.write(new Edit.EraseInstance(XINYI, BIKES, all.getLast().instanceId()));
    assertThat(numbers(Address.DEFAULT, XINYI)).containsExactly(7.0);
  }

  @Test
  void anErasureGoesAlone() {
    city.write(new Edit.Create(xinyi(7)), new Edit.Create(daan(1)));

    assertThatThrownBy(() -> city.write(new Edit.EraseEvolution(XINYI), new Edit.Create(xinyi(1))))
        .isInstanceOf(Refusal.Invalid.class);
    assertThatThrownBy(() ->
            city.write(
                new Edit.EraseEvolution(XINYI), new Edit.EraseAttribute(XINYI, BIKES, null, true)))
        .isInstanceOf(Refusal.Invalid.class);
    city.write(new Edit.EraseEvolution(XINYI), new Edit.EraseEvolution(DAAN));
    assertThat(series()).isEmpty();
  }

  @Test
  void whatTheFeedStillTellsOfTheErasedIsTakenOutOfIt() {
    var secret = Attribute.of(NAME, Value.of("secret"));
    city.write(new Edit.Create(Entity.of(XINYI, STATION, List.of(secret, bikes(1, NOON)))));
    city.write(new Edit.Create(Entity.of(DAAN, STATION, List.of(secret, bikes(1, NOON)))));
    city.write(new Edit.EraseEvolution(XINYI));
    city.write(new Edit.EraseAttribute(DAAN, NAME, null, true));
    city.write(observe(DAAN, 2));
    city.store.scrubFeed(new Position(4));

    var feed = city.store.feed(Position.START, 10);
    assertThat(feed).hasSize(5);
    assertThat(feed.toString()).doesNotContain("secret").contains(XINYI, DAAN, NAME);
    assertThat(feed.get(1).changes().getFirst().entity().findValue(BIKES)).contains(Value.of(1));
    city.store.scrubFeed(new Position(5));
    assertThat(city.store.feed(Position.START, 10)).isEqualTo(feed);
  }

  @Test
  void aTrimmedFeedLeavesNoTraceOfWhatWasErased() {
    city.write(new Edit.Create(xinyi(7)), new Edit.Create(daan(1)));
    city.write(new Edit.EraseEvolution(XINYI));
    city.store.trimFeed(new Position(2));
    city.write(new Edit.Delete(DAAN));

    assertThat(city.store.feed(Position.START, 10)).hasSize(1);
  }

  private void assertRefused(Edit edit) {
    assertThatThrownBy(() -> city.write(edit)).isInstanceOf(Refusal.Forbidden.class);
  }

  private void fork() {
    city.ledger.fork(Actor.ANONYMOUS, Address.DEFAULT, "flood");
  }

  private void write(Address address, Edit... edits) {
    city.ledger.write(Actor.ANONYMOUS, Write.atomic(address, edits));
  }

  private Entity get(Address address, String id) {
    return city.reader.get(Actor.ANONYMOUS, address, id);
  }

  private Optional<Entity> find(Address address, String id) {
    return city.reader.find(Actor.ANONYMOUS, address, id);
  }

  private List<Recorded> history(Address address, String id) {
    var entity = city.reader.findEvenGone(Actor.ANONYMOUS, address, id);
    return entity.isEmpty()
        ? List.of()
        : city.reader.history(
            Actor.ANONYMOUS, address, entity.get(), BIKES, Span.ALWAYS, false, 1_000);
  }

  private List<Double> numbers(Address address, String id) {
    return history(address, id).stream()
        .map(one ->
            one.attribute().content() instanceof Content.Property(var value)
                ? value.asNumber()
                : Double.NaN)
        .toList();
  }

  private List<Double> series() {
    var numbers = new ArrayList<Double>();
    city.reader.series(
        Actor.ANONYMOUS, Address.DEFAULT, BIKES, Span.ALWAYS, (_, _, value) -> numbers.add(value));
    return numbers;
  }

  private static Instant at(int minute) {
    return NOON.plusSeconds(60L * minute);
  }

  /// Readings of the minutes after noon, each as many bikes as minutes.
  private static Edit observe(String id, int... minutes) {
    var readings = new ArrayList<Attribute>();
    for (int minute : minutes) readings.add(bikes(minute, at(minute)));
    return new Edit.Observe(Entity.of(id, STATION, readings));
  }

  private static Attribute of(String datasetId, long number) {
    var content = new Content.Property(Value.of(number));
    return new Attribute(BIKES, datasetId, content, at(1), null, List.of(), null, null, null, null);
  }
}
