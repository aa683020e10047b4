package plaza.access;

import static org.assertj.core.api.Assertions.assertThat;
import static plaza.access.AccessCity.OFFICE;
import static plaza.access.AccessCity.PILOT;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plaza.access.key.GrantTerms;
import plaza.access.key.Ground;
import plaza.graph.Address;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Entity;
import plaza.graph.GeoValue;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.change.AttributePatch;
import plaza.graph.change.Edit;
import plaza.graph.change.Write;
import plaza.graph.query.Query;
import plaza.ledger.Actor;

/// Whatever a pilot's key tries, wherever: outside of its namespace and its sandboxes nothing
/// changes, and inside of a sandbox nothing beyond what was granted.
class GroundPropertyTest {
  private static final Ground OURS = Ground.of(PILOT);
  private static final Ground THEIRS = Ground.of("urn:ngsi-ld:Pilot:rival");
  private static final String TYPE = "https://smartdatamodels.org/Station";
  private static final String OTHER_TYPE = "https://smartdatamodels.org/Tree";
  private static final String BIKES = "https://smartdatamodels.org/bikes";
  private static final String NOTE = "https://smartdatamodels.org/note";
  private static final List<String> TYPES =
      List.of(
          TYPE,
          OTHER_TYPE,
          OURS.vocabulary() + "Van",
          THEIRS.vocabulary() + "Van",
          Names.PLAZA + "Need",
          Names.PRIVATE + "Key");
  private static final List<String> IDS =
      List.of(
          "urn:ngsi-ld:Station:1",
          "urn:ngsi-ld:Station:2",
          "urn:ngsi-ld:Van:bikes:1",
          "urn:ngsi-ld:Van:bikes:2",
          "urn:ngsi-ld:Van:rival:1",
          "urn:ngsi-ld:Station:bikes:3",
          "urn:other:bikes:1");
  private static final Address SANDBOX = Address.DEFAULT.branch(OURS.sandbox("1"));
  private static final Address RIVALS = Address.DEFAULT.branch(THEIRS.sandbox("1"));
  private static final Address WHAT_IF = Address.DEFAULT.branch("what-if");
  private static final List<Address> PLACES =
      List.of(Address.DEFAULT, SANDBOX, RIVALS, WHAT_IF, Address.tenant("other"), Address.SYSTEM);

  private final List<String> done = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void aKeyChangesNothingButWhatIsThePilotsOwn(long seed) {
    var random = new Random(seed);
    try (var city = new AccessCity()) {
      var key = city.access.authenticator().fromKey(city.pilotKey().text()).actor();
      grant(city);
      city.ledger.open(OFFICE, SANDBOX);
      city.ledger.open(OFFICE, RIVALS);
      for (var id : IDS)
        for (var place : List.of(Address.DEFAULT, SANDBOX, RIVALS))
          if (random.nextBoolean()) write(city, OFFICE, place, put(random, id));
      city.ledger.fork(OFFICE, Address.DEFAULT, WHAT_IF.branch());
      for (int step = 0; step < 400; step++) attempt(seed, step, random, city, key);
    }
    // Something must have been allowed, or nothing was tested.
    assertThat(done).anyMatch(one -> one.startsWith("main")).anyMatch(one -> one.startsWith("san"));
  }

  private static void grant(AccessCity city) {
    var terms = city.daanBikes();
    city.access
        .grants()
        .give(
            OFFICE,
            new GrantTerms(
                terms.tenant(),
                PILOT,
                Set.of(TYPE),
                Set.of(BIKES),
                AccessCity.area(0, 0, 0.5, 1),
                null,
                null,
                city.now,
                terms.validFrom(),
                terms.validUntil(),
                null));
    city.access
        .grants()
        .give(
            OFFICE,
            GrantTerms.ofNamespace(
                terms.tenant(),
                PILOT,
                OURS.vocabulary(),
                city.now,
                city.now.plus(Duration.ofDays(9)),
                city.now.plus(Duration.ofDays(19))));
  }

  private void attempt(long seed, int step, Random random, AccessCity city, Actor key) {
    city.now = city.now.plusSeconds(1);
    var place = PLACES.get(random.nextInt(PLACES.size()));
    var edits = new ArrayList<Edit>();
    while (edits.isEmpty() || random.nextInt(3) == 0) edits.add(edit(random));
    var before = all(city);
    try {
      city.ledger.write(key, Write.each(place, edits));
    } catch (Refusal refused) {
      // Then nothing may have changed at all.
    }
    var after = all(city);
    for (var changed : changed(before, after))
      assertThat(isOurs(changed, before, after))
          .as("seed %d, step %d: %s by %s at %s", seed, step, changed, edits, place)
          .isTrue();
  }

  /// All entities of all places, by place and id.
  private static Map<String, Entity> all(AccessCity city) {
    var all = new TreeMap<String, Entity>();
    for (var place : List.of(Address.DEFAULT, SANDBOX, RIVALS, WHAT_IF, Address.tenant("other")))
      city.reader.each(
          OFFICE,
          place,
          Query.EVERYTHING,
          entity -> all.put(place.branch() + " " + entity.id(), entity) == null);
    return all;
  }

  private static List<String> changed(Map<String, Entity> before, Map<String, Entity> after) {
    var keys = new java.util.TreeSet<>(before.keySet());
    keys.addAll(after.keySet());
    return keys.stream()
        .filter(key -> !java.util.Objects.equals(before.get(key), after.get(key)))
        .toList();
  }

  private boolean isOurs(String changed, Map<String, Entity> before, Map<String, Entity> after) {
    var branch = changed.substring(0, changed.indexOf(' '));
    var was = before.get(changed);
    var is = after.get(changed);
    done.add(branch);
    if (branch.equals(Address.MAIN)) return isOwn(was) && isOwn(is);
    if (!branch.equals(SANDBOX.branch())) return false;
    boolean own = isMade(was) || isMade(is);
    return (isMade(was) || isGranted(was))
        && (isMade(is) || isGranted(is))
        && (own || isSame(NOTE, was, is));
  }

  private static boolean isOwn(@org.jspecify.annotations.Nullable Entity entity) {
    return entity == null
        || (entity.id().matches("urn:ngsi-ld:[^:]+:bikes:.+")
            && entity.types().stream().allMatch(type -> type.startsWith(OURS.vocabulary())));
  }

  /// In a sandbox what is the pilot's own may be of a granted type too.
  private static boolean isMade(@org.jspecify.annotations.Nullable Entity entity) {
    return entity != null
        && entity.id().matches("urn:ngsi-ld:[^:]+:bikes:.+")
        && entity.is(OURS.vocabulary() + "Van")
        && Set.of(OURS.vocabulary() + "Van", TYPE).containsAll(entity.types());
  }

  private static boolean isGranted(@org.jspecify.annotations.Nullable Entity entity) {
    if (entity == null) return true;
    var place = entity.findPlace(Names.LOCATION);
    return entity.is(TYPE) && place.isPresent() && place.get().geometry().getCoordinate().x <= 0.5;
  }

  /// What was not granted of an entity stays as it was.
  private static boolean isSame(
      String name,
      @org.jspecify.annotations.Nullable Entity was,
      @org.jspecify.annotations.Nullable Entity is) {
    var before = was == null ? List.of() : was.instances(name);
    var after = is == null ? List.of() : is.instances(name);
    return before.equals(after);
  }

  private static void write(AccessCity city, Actor actor, Address place, Edit edit) {
    city.ledger.write(actor, Write.atomic(place, edit));
  }

  private static Edit put(Random random, String id) {
    return new Edit.Put(
        Entity.of(
            id,
            id.contains(":Van:bikes") ? OURS.vocabulary() + "Van" : TYPES.get(random.nextInt(2)),
            List.of(place(random), bikes(random), Attribute.of(NOTE, Value.of("hidden")))));
  }

  private static Attribute place(Random random) {
    return Attribute.of(
        Names.LOCATION, new Content.GeoProperty(GeoValue.point(random.nextInt(11) / 10.0, 0.5)));
  }

  private static Attribute bikes(Random random) {
    return Attribute.of(BIKES, Value.of(random.nextInt(1_000)));
  }

  private static Edit edit(Random random) {
    var id = IDS.get(random.nextInt(IDS.size()));
    var attributes = new ArrayList<Attribute>();
    if (random.nextBoolean()) attributes.add(place(random));
    if (random.nextBoolean()) attributes.add(bikes(random));
    if (random.nextInt(4) == 0) attributes.add(Attribute.of(NOTE, Value.of("touched")));
    var types = new java.util.TreeSet<String>();
    types.add(
        random.nextBoolean() ? OURS.vocabulary() + "Van" : TYPES.get(random.nextInt(TYPES.size())));
    if (random.nextInt(6) == 0) types.add(TYPES.get(random.nextInt(TYPES.size())));
    var entity = new Entity(id, List.copyOf(types), List.of(), attributes, null, null, null, 0);
    var name = random.nextBoolean() ? BIKES : NOTE;
    return switch (random.nextInt(13)) {
      case 0 -> new Edit.Create(entity);
      case 1 -> new Edit.Put(entity);
      case 2 -> new Edit.Replace(entity);
      case 3 -> new Edit.Append(entity, true, random.nextBoolean());
      case 4 -> new Edit.Update(id, List.copyOf(types), null, attributes, List.of());
      case 5 ->
          new Edit.Merge(
              id, List.copyOf(types), null, attributes.stream().map(AttributePatch::of).toList());
      case 6 -> new Edit.Patch(id, AttributePatch.of(bikes(random)));
      case 7 -> new Edit.ReplaceAttribute(id, bikes(random));
      case 8 -> new Edit.DeleteAttribute(id, name, null, true);
      case 9 -> new Edit.Delete(id);
      case 10 -> new Edit.Observe(entity);
      case 11 -> new Edit.Update(id, List.of(), List.of("/a"), List.of(), List.of());
      default -> new Edit.Update(id, List.copyOf(types), null, List.of(), List.of());
    };
  }
}
