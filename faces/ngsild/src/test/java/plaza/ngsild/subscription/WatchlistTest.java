package plaza.ngsild.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import plaza.graph.Address;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Entity;
import plaza.graph.GeoValue;
import plaza.graph.Value;
import plaza.graph.change.Change;
import plaza.graph.query.Condition;
import plaza.graph.query.GeoFilter;
import plaza.graph.query.Neighbours;
import plaza.graph.query.Operand;
import plaza.graph.query.Path;
import plaza.graph.query.Query;
import plaza.graph.query.Sight;
import plaza.ledger.store.Layer;
import plaza.ngsild.context.Contexts;
import plaza.testkit.RandomCity;
import plaza.testkit.TestCity;

/// Whom a change concerns (clause 5.8.6): found by index, and never others than by asking each.
class WatchlistTest {
  private static final Layer MAIN = Layer.of(Address.DEFAULT);
  private static final Manner MANNER =
      new DefinitionParser(null)
          .parse(
              Kind.ENTITIES,
              SubscribedCity.document("http://127.0.0.1:9/", SubscribedCity.stations(), ""),
              Contexts.builtIn().core(),
              SubscribedCity.ORIGIN)
          .manner();

  private final Watchlist watchlist = new Watchlist();

  static List<Long> seeds() {
    return new java.util.Random().longs(20).boxed().toList();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theIndexFindsWhoIsConcernedAndNobodyIsMissed(long seed) {
    var chance = new RandomCity(seed);
    var all = new ArrayList<Subscription>();
    for (int i = 0; i < 300; i++) {
      var attributes = new HashSet<String>();
      for (int more = chance.below(4); more > 1; more--) attributes.add(chance.attribute());
      var triggers = EnumSet.of(one(Trigger.values(), chance));
      if (chance.below(2) == 0) triggers.addAll(Trigger.DEFAULT);
      all.add(subscription(i, new Watch(chance.query(), attributes, triggers)));
    }
    all.forEach(watchlist::add);
    for (int i = 0; i < 200; i++) compare(chance, all);
    for (int i = 0; i < 150; i++) watchlist.remove(all.remove(chance.below(all.size())));
    for (int i = 0; i < 200; i++) compare(chance, all);
    all.forEach(watchlist::remove);
    assertThat(watchlist.isEmpty(MAIN)).isTrue();
  }

  private static <T> T one(T[] all, RandomCity chance) {
    return List.of(all).get(chance.below(all.length));
  }

  private void compare(RandomCity chance, List<Subscription> all) {
    var change = change(chance);
    var happening = Objects.requireNonNull(Happening.of(change, Sight.PUBLIC));
    var found = watchlist.candidates(MAIN, change);
    assertThat(accepted(found, happening)).isEqualTo(accepted(all, happening));
  }

  private static Change change(RandomCity chance) {
    var entity = chance.entity(chance.id());
    var kind = one(Change.Kind.values(), chance);
    var recorded = new ArrayList<Attribute>();
    var replaced = new ArrayList<Attribute>();
    for (var attribute : entity.attributes()) {
      // What comes and goes does so with all it has.
      if (kind == Change.Kind.UPDATED && chance.below(3) == 0) continue;
      recorded.add(attribute);
      if (chance.below(2) == 0) replaced.add(chance.instance(attribute.name()));
    }
    return new Change(kind, entity, recorded, replaced);
  }

  private static Set<String> accepted(Iterable<Subscription> some, Happening happening) {
    var keys = new HashSet<String>();
    for (var one : some)
      if (one.definition().watch().accepts(happening, Neighbours.NONE)) keys.add(one.key());
    return keys;
  }

  @Test
  void aChangeCostsWhatItMatchesHoweverManyDifferInTheirQuery() {
    for (int i = 0; i < 10_000; i++)
      watchlist.add(
          subscription(
              i,
              new Watch(
                  Query.type(TestCity.STATION).where(i % 2 == 0 ? named(i) : over(1_000 + i)),
                  Set.of(),
                  Trigger.DEFAULT)));
    var station =
        Entity.of(
            TestCity.DAAN,
            TestCity.STATION,
            List.of(
                Attribute.of(TestCity.NAME, Value.of("station 42")),
                Attribute.of(TestCity.BIKES, Value.of(1_005))));
    var change = new Change(Change.Kind.UPDATED, station, station.attributes(), List.of());

    // Named so, and more than 1,001, 1,003 and, as far as the index knows, 1,005.
    assertThat(watchlist.candidates(MAIN, change)).hasSize(4);
  }

  @Test
  void aChangeIsLookedForWhereItHappensHoweverManyWatchOtherPlaces() {
    var places = new org.locationtech.jts.geom.GeometryFactory();
    for (int i = 0; i < 10_000; i++) {
      int row = i / 100;
      var there =
          places.createPoint(
              new org.locationtech.jts.geom.Coordinate(121 + i % 100 * 0.01, 25 + row * 0.01));
      watchlist.add(
          subscription(
              i,
              new Watch(
                  Query.type(TestCity.STATION).where(GeoFilter.near(there, 500)),
                  Set.of(),
                  Trigger.DEFAULT)));
    }
    var station =
        Entity.of(
            TestCity.DAAN,
            TestCity.STATION,
            List.of(
                Attribute.of(
                    plaza.graph.Names.LOCATION,
                    new Content.GeoProperty(GeoValue.point(121.5, 25.5)))));
    var change = new Change(Change.Kind.UPDATED, station, station.attributes(), List.of());

    assertThat(watchlist.candidates(MAIN, change)).hasSize(1);
  }

  private static Condition named(int number) {
    return new Condition.Test(
        Path.of(TestCity.NAME),
        Condition.Operator.EQUAL,
        new Operand.Exactly(Value.of("station " + number)));
  }

  private static Condition over(long bound) {
    return new Condition.And(
        List.of(
            new Condition.Exists(Path.of(TestCity.NAME)),
            new Condition.Test(
                Path.of(TestCity.BIKES),
                Condition.Operator.GREATER,
                new Operand.Exactly(Value.of(bound)))));
  }

  private static Subscription subscription(int number, Watch watch) {
    return new Subscription(
        "urn:s:" + number,
        "%016d".formatted(number),
        MAIN,
        "urn:plaza:person:ana",
        TestCity.NOON,
        1,
        new Definition(watch, null, MANNER, Reach.HERE, true, null, null, null));
  }
}
