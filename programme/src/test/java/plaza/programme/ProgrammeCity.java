package plaza.programme;

import static plaza.testkit.TestCity.STATION;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import plaza.graph.Address;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.graph.change.Write;
import plaza.graph.query.Query;
import plaza.json.Json;
import plaza.ledger.Actor;
import plaza.ledger.Feed;
import plaza.ledger.Ledger;
import plaza.ledger.Limits;
import plaza.ledger.Policy;
import plaza.ledger.Reader;
import plaza.ledger.store.Store;
import plaza.programme.pilot.GrantBinding;
import plaza.programme.pilot.Namespace;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Outcome;
import plaza.programme.procedure.Roles;
import plaza.programme.procedure.Rules;
import plaza.programme.procedure.Standing;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Kind;
import plaza.testkit.MemoryStore;
import plaza.testkit.TestCity;

/// A city with a programme, a clock that tests turn, and people whose roles a test gives by hand.
final class ProgrammeCity implements AutoCloseable {
  static final String DISTRICT = "https://plaza.example/district";
  static final String DEPARTMENT = "urn:plaza:organization:transport";
  static final String TEAM = "urn:plaza:organization:wheels";
  static final String OTHER_TEAM = "urn:plaza:organization:pedals";

  Instant now = Instant.parse("2026-06-01T08:00:00Z");
  final InstantSource clock = () -> now;
  private final long seed;
  final Store store;
  final Feed feed;
  final Ledger ledger;
  final Reader reader;
  final Programme programme;
  final People people;
  final Bindings bindings;

  /// What other cities answer, by address.
  final Map<String, String> elsewhere = new HashMap<>();

  ProgrammeCity() {
    this(new MemoryStore(), new People(), new Bindings(), 7);
  }

  ProgrammeCity(Store store, People people, Bindings bindings, long seed) {
    this.seed = seed;
    this.store = store;
    this.people = people;
    this.bindings = bindings;
    this.feed = new Feed(store);
    this.ledger = new Ledger(store, Policy.OPEN, feed, Limits.DEFAULT, clock);
    this.reader = new Reader(store, ledger, Policy.OPEN, Limits.DEFAULT);
    this.programme =
        new Programme(
            ledger,
            reader,
            people,
            bindings,
            Rules.DEFAULT,
            clock,
            new Random(seed),
            this::fromElsewhere);
  }

  private Value fromElsewhere(URI url) {
    var json = elsewhere.get(url.toString());
    if (json == null) throw new Refusal.NotFound("there is nothing at " + url);
    return Json.parse(json.replace('\'', '"'));
  }

  /// The same city after a restart.
  ProgrammeCity restarted() {
    feed.close();
    ledger.close();
    // Another seed: no city makes the same ids twice.
    var again = new ProgrammeCity(store, people, bindings, seed + 1);
    again.now = now;
    again.elsewhere.putAll(elsewhere);
    return again;
  }

  Caller person(String name, String... roles) {
    var id = "urn:plaza:person:" + name;
    for (var role : roles) people.give(id, role, Standing.CITY);
    return caller(name);
  }

  Caller member(String name, String organisation, String... roles) {
    var id = "urn:plaza:person:" + name;
    people.join(id, organisation);
    for (var role : roles) people.give(id, role, organisation);
    return caller(name);
  }

  static Caller caller(String name) {
    return Caller.of(Actor.of("urn:plaza:person:" + name), Address.DEFAULT);
  }

  static Caller nobody() {
    return Caller.anonymous(Address.DEFAULT, null);
  }

  static Caller holding(String token) {
    return Caller.anonymous(Address.DEFAULT, token);
  }

  Dossier move(Caller caller, Dossier record, String action, String json) {
    return step(caller, record, action, json).record();
  }

  Outcome step(Caller caller, Dossier record, String action, String json) {
    return programme.transition(caller, record.kind(), record.id(), action, struct(json), null);
  }

  Dossier get(Kind kind, String id) {
    return new Dossiers(reader).get(Address.DEFAULT, kind, id);
  }

  List<Dossier> all(Kind kind) {
    return new Dossiers(reader).list(Address.DEFAULT, kind);
  }

  List<String> tick() {
    return programme.tick(Address.DEFAULT);
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  /// A JSON object; single quotes stand for double ones.
  static Value.Struct struct(String json) {
    return (Value.Struct) Json.parse(json.replace('\'', '"'));
  }

  /// A station in a district, with readings of its bikes.
  void station(String id, String district, Map<Instant, Integer> readings) {
    var attributes = new ArrayList<Attribute>();
    attributes.add(Attribute.of(DISTRICT, Value.of(district)));
    var entity = Entity.of(id, STATION, attributes);
    write(new Edit.Put(entity));
    for (var reading : readings.entrySet())
      write(
          new Edit.Observe(
              Entity.of(
                  id, STATION, List.of(TestCity.bikes(reading.getValue(), reading.getKey())))));
  }

  /// Empties the city, which is quicker than building another.
  void empty() {
    people.forget();
    var ids = new ArrayList<String>();
    reader.each(
        Dossiers.PROGRAMME, Address.DEFAULT, Query.EVERYTHING, entity -> ids.add(entity.id()));
    ids.forEach(id -> write(new Edit.Delete(id)));
  }

  void write(Edit edit) {
    ledger.write(Actor.of("urn:plaza:test").through("test"), Write.atomic(Address.DEFAULT, edit));
  }

  @Override
  public void close() {
    feed.close();
    ledger.close();
    store.close();
  }

  /// Who holds which role, as a test says.
  static final class People implements Roles {
    private final Map<String, Set<Standing.Role>> roles = new HashMap<>();
    private final Map<String, Set<String>> organisations = new HashMap<>();
    private final Set<String> verified = new HashSet<>();
    private final Set<String> unverifiedOrganisations = new HashSet<>();
    private final Map<String, BigDecimal> publicShares = new HashMap<>();
    final Map<String, String> emails = new HashMap<>();

    void give(String person, String role, String scope) {
      roles.computeIfAbsent(person, _ -> new HashSet<>()).add(new Standing.Role(role, scope));
      if (role.equals("verifiedResident")) verified.add(person);
    }

    void join(String person, String organisation) {
      organisations.computeIfAbsent(person, _ -> new HashSet<>()).add(organisation);
    }

    void forget() {
      roles.clear();
      organisations.clear();
      verified.clear();
      unverifiedOrganisations.clear();
      publicShares.clear();
    }

    void unverify(String organisation) {
      unverifiedOrganisations.add(organisation);
    }

    void own(String organisation, String publicShare) {
      publicShares.put(organisation, new BigDecimal(publicShare));
    }

    @Override
    public Optional<BigDecimal> publicShare(String organisationId, String tenant) {
      return Optional.ofNullable(publicShares.get(organisationId));
    }

    @Override
    public Standing standing(Actor actor, String tenant) {
      return new Standing(
          roles.getOrDefault(actor.id(), Set.of()),
          organisations.getOrDefault(actor.id(), Set.of()),
          verified.contains(actor.id()));
    }

    @Override
    public boolean isVerified(String organisationId, String tenant) {
      return !unverifiedOrganisations.contains(organisationId);
    }

    @Override
    public Set<String> holders(String role, String scope, String tenant) {
      var wanted = Set.of(new Standing.Role(role, scope), new Standing.Role(role, Standing.CITY));
      var found = new HashSet<String>();
      roles.forEach((person, held) -> {
        if (held.stream().anyMatch(wanted::contains)) found.add(person);
      });
      return found;
    }

    @Override
    public Optional<String> email(String person) {
      return Optional.ofNullable(emails.get(person));
    }
  }

  /// Remembers what would be enforced.
  static final class Bindings implements GrantBinding {
    final Map<String, String> states = new HashMap<>();
    final Set<String> ended = new HashSet<>();
    final Map<String, Instant> endedUntil = new HashMap<>();

    @Override
    public void apply(Address address, Dossier grant) {
      states.put(grant.id(), grant.state());
    }

    @Override
    public void apply(Address address, Namespace namespace) {
      states.put(namespace.grantId(), namespace.phase().name());
    }

    @Override
    public String issueKey(Caller caller, Dossier holder, String label) {
      return "key of " + holder.id();
    }

    @Override
    public void endKeysUntil(Address address, String holderId, Instant issuedUntil, String reason) {
      endedUntil.put(holderId, issuedUntil);
    }

    @Override
    public boolean isKeyOf(String actorId, String holderId) {
      return false;
    }

    @Override
    public void endKeys(Address address, String holderId, String reason) {
      ended.add(holderId);
    }
  }

  /// A reviewer without a conflict gives the same score for effect and for cost.
  void reviewed(Dossier review, int score) {
    var name = review.text("reviewer").substring("urn:plaza:person:".length());
    var reviewer = caller(name);
    review = move(reviewer, review, "declareNoConflict", "{'declarationSigned': true}");
    review =
        move(
            reviewer,
            review,
            "score",
            """
            {'scores': [{'criterion': 'effect', 'score': %s, 'comment': 'so'},
                        {'criterion': 'cost', 'score': %s, 'comment': 'so'}]}
            """
                .formatted(score, score));
    move(reviewer, review, "finalise", "{}");
  }
}
