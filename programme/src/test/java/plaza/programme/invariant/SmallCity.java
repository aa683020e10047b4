package plaza.programme.invariant;

import static plaza.testkit.TestCity.BIKES;
import static plaza.testkit.TestCity.STATION;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import plaza.access.Access;
import plaza.access.AccessSettings;
import plaza.access.AnonymousAccess;
import plaza.access.people.Organization;
import plaza.access.people.Role;
import plaza.access.people.Scope;
import plaza.access.secret.HashCost;
import plaza.graph.Address;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.graph.change.Write;
import plaza.json.Json;
import plaza.ledger.Actor;
import plaza.ledger.Feed;
import plaza.ledger.Ledger;
import plaza.ledger.Limits;
import plaza.ledger.Reader;
import plaza.programme.AccessAccounts;
import plaza.programme.AccessGrants;
import plaza.programme.AccessRoles;
import plaza.programme.PersonalData;
import plaza.programme.Programme;
import plaza.programme.notice.Notices;
import plaza.programme.privacy.Privacy;
import plaza.programme.privacy.PrivacyRules;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Rules;
import plaza.programme.record.Dossiers;
import plaza.testkit.MemoryStore;
import plaza.testkit.StumblingStore;
import plaza.testkit.TestCity;

/// A whole small city: people of all roles, organisations, two stations with readings, the real
/// access room, and a clock that stands still until it is turned. Its power can be cut at any
/// write; then everything is opened anew over the same store, as after a crash.
final class SmallCity implements AutoCloseable {
  static final Address HERE = Address.DEFAULT;
  static final String ELSEWHERE = "https://there.example";

  /// From this day on the stations have bikes; before, they had none.
  private static final LocalDate BETTER = LocalDate.parse("2026-06-12");

  private static final String DISTRICT = "https://plaza.example/district";
  private static final Actor OFFICE = Actor.of("urn:plaza:test").through("programme");

  /// Who there is, and as what.
  private static final Map<String, List<Role>> PEOPLE = people();

  Instant now = Instant.parse("2026-06-01T08:00:00Z");
  final StumblingStore store = new StumblingStore(new MemoryStore());

  /// Callers by name: people, and nobody in particular under the empty name.
  final Map<String, Caller> callers = new LinkedHashMap<>();

  /// Ids of organisations by name.
  final Map<String, String> organisations = new LinkedHashMap<>();

  /// What people alone know: receipts and nonces by proposal, keys by their text.
  final Map<String, Map<String, Value>> receipts = new HashMap<>();

  final List<String> keys = new ArrayList<>();

  Access access;
  Feed feed;
  Ledger ledger;
  Reader reader;
  Programme programme;
  Privacy privacy;
  private final Random secrets;
  private LocalDate read = LocalDate.parse("2026-05-10");

  SmallCity(long seed) {
    secrets = new Random(seed);
    open();
    for (var kind :
        Map.of(
                "transport", Organization.Kind.DEPARTMENT,
                "parks", Organization.Kind.DEPARTMENT,
                "air", Organization.Kind.DEPARTMENT,
                "wheels", Organization.Kind.STARTUP,
                "pedals", Organization.Kind.SME,
                "motors", Organization.Kind.COMPANY,
                "fund", Organization.Kind.INVESTOR,
                "bank", Organization.Kind.INVESTOR,
                "otherCity", Organization.Kind.OTHER_CITY)
            .entrySet()
            .stream()
            .sorted(Map.Entry.comparingByKey())
            .toList())
      organisations.put(
          kind.getKey(),
          access
              .organizations()
              .add(
                  OFFICE,
                  kind.getKey(),
                  kind.getValue(),
                  Set.of("TW-BAN:" + kind.getKey()),
                  kind.getKey().equals("fund") ? new BigDecimal("0.8") : null,
                  null)
              .id());
    PEOPLE.forEach(this::settle);
    join("sue", "transport");
    join("sam", "parks");
    join("wu", "wheels");
    join("wei", "wheels");
    join("pam", "pedals");
    join("max", "motors");
    join("fay", "fund");
    join("ben", "bank");
    join("aya", "air");
    join("del", "otherCity");
    // Ties that nobody mentions.
    join("p4", "wheels");
    join("p5", "fund");
    join("b5", "pedals");
    join("b6", "fund");
    callers.put("", Caller.anonymous(HERE, null));
    for (var station : List.of(TestCity.daan(0), TestCity.xinyi(0)))
      ledger.write(OFFICE, Write.atomic(HERE, new Edit.Put(station)));
    readings();
  }

  private static Map<String, List<Role>> people() {
    var people = new LinkedHashMap<String, List<Role>>();
    for (var name : List.of("rita", "rolf", "rosa")) people.put(name, List.of(Role.RESIDENT));
    for (var name : List.of("vera", "vito")) people.put(name, List.of(Role.VERIFIED_RESIDENT));
    for (var name : List.of("mei", "moe")) people.put(name, List.of(Role.MODERATOR));
    people.put("otto", List.of(Role.DEPARTMENT_OFFICER));
    people.put("po", List.of(Role.PMO));
    people.put("pip", List.of(Role.PMO, Role.PROGRAMME_BOARD));
    people.put("sue", List.of(Role.SPONSOR));
    people.put("sam", List.of(Role.SPONSOR, Role.PROGRAMME_BOARD));
    for (var name : List.of("b1", "b2", "b3", "b4", "b5", "b6"))
      people.put(name, List.of(Role.PROGRAMME_BOARD));
    for (var name : List.of("p1", "p2", "p3", "p4", "p5"))
      people.put(name, List.of(Role.PANEL_MEMBER));
    for (var name : List.of("wu", "wei", "pam", "max")) people.put(name, List.of(Role.INNOVATOR));
    people.put("dan", List.of(Role.DATA_STEWARD));
    people.put("fred", List.of(Role.FIELD_OWNER));
    people.put("rex", List.of(Role.REGULATORY_OFFICER));
    people.put("aya", List.of(Role.COMPETENT_AUTHORITY));
    people.put("fin", List.of(Role.FINANCE_OFFICER));
    for (var name : List.of("fay", "ben")) people.put(name, List.of(Role.INVESTOR));
    people.put("sol", List.of(Role.SERVICE_OWNER));
    people.put("del", List.of(Role.CITY_DELEGATE));
    people.put("aud", List.of(Role.AUDITOR));
    people.put("adi", List.of(Role.ADMIN));
    return people;
  }

  private void settle(String name, List<Role> roles) {
    var email = name + "@mail.example";
    var person = access.people().add(OFFICE, name, "The " + name, email, "four words or so");
    for (var role : roles)
      if (role != Role.RESIDENT) access.roles().give(OFFICE, person.id(), role, Scope.CITY, null);
    callers.put(name, Caller.of(Actor.of(person.id()), HERE));
  }

  void join(String name, String organisation) {
    access.organizations().join(OFFICE, caller(name).id(), organisations.get(organisation), true);
  }

  Caller caller(String name) {
    return callers.get(name);
  }

  String organisation(String name) {
    return organisations.get(name);
  }

  /// The people who hold a role, as the city began, but for those who had themselves erased.
  List<Caller> holders(String role) {
    return PEOPLE.entrySet().stream()
        .filter(one -> one.getValue().stream().anyMatch(held -> held.code().equals(role)))
        .filter(one -> callers.containsKey(one.getKey()))
        .map(one -> caller(one.getKey()))
        .toList();
  }

  /// Members of any of the organisations.
  List<Caller> members(List<String> organisationIds) {
    return callers.values().stream()
        .filter(Caller::isSignedIn)
        .filter(one ->
            access.organizations().verifiedOf(one.id()).stream()
                .anyMatch(organisationIds::contains))
        .toList();
  }

  private void open() {
    access =
        new Access(
            AccessSettings.DEFAULT.with(AnonymousAccess.NONE).with(HashCost.CHEAP),
            () -> now,
            secrets);
    feed = new Feed(store);
    ledger = new Ledger(store, access.policy(), feed, Limits.DEFAULT, () -> now);
    reader = new Reader(store, ledger, access.policy(), Limits.DEFAULT);
    access.open(ledger, reader);
    programme =
        new Programme(
            ledger,
            reader,
            new AccessRoles(access),
            new AccessGrants(access, () -> now),
            Rules.DEFAULT,
            () -> now,
            secrets,
            url -> {
              var answer = elsewhere(url.toString());
              if (answer == null) throw new Refusal.NotFound("there is nothing at " + url);
              return answer;
            });
    privacy =
        PersonalData.of(
            programme,
            ledger,
            new AccessAccounts(access),
            PrivacyRules.DEFAULT,
            () -> List.of(HERE));
    enforce();
  }

  /// Another city that has stations, and where every service lives.
  private static @org.jspecify.annotations.Nullable Value elsewhere(String url) {
    if (url.startsWith(ELSEWHERE + "/ngsi-ld/v1/types"))
      return Json.parse(
          "[{\"id\": \"" + STATION + "\", \"attributeNames\": [\"availableBikeNumber\"]}]");
    if (url.endsWith("/usage")) return Json.parse("{\"retention\": 0.4}");
    return url.startsWith(ELSEWHERE + "/services/") ? Json.parse("{\"state\": \"LIVE\"}") : null;
  }

  /// Ends everything at once and begins again with what is stored.
  void reopen() {
    store.restorePower();
    feed.close();
    ledger.close();
    open();
  }

  /// What those do in threads of their own who follow the feed: make access obey the records.
  void enforce() {
    for (var following : programme.follow(feed, List.of(HERE))) following.close();
  }

  /// What the round of messages does in its own thread: tells whoever follows.
  void tell() {
    new Notices(new Dossiers(reader), ledger, new AccessRoles(access)).round(HERE);
  }

  void turn(Instant to) {
    if (to.isAfter(now)) now = to;
    readings();
  }

  void pass(Duration time) {
    turn(now.plus(time));
  }

  /// What the stations reported at seven of each day that has come; a month at most, so that a long
  /// sleep is not a long wait.
  private void readings() {
    var today = now.atZone(ZoneOffset.UTC).toLocalDate();
    if (read.isBefore(today.minusDays(31))) read = today.minusDays(31);
    var days = new TreeMap<Instant, Integer>();
    for (; read.isBefore(today); read = read.plusDays(1))
      days.put(
          read.atTime(7, 0).toInstant(ZoneOffset.UTC),
          read.isBefore(BETTER) ? 0 : 3 + read.getDayOfMonth() % 4);
    if (days.isEmpty()) return;
    var edits = new ArrayList<Edit>();
    for (var district : List.of("Daan", "Xinyi")) {
      var id = district.equals("Daan") ? TestCity.DAAN : TestCity.XINYI;
      var named = Attribute.of(DISTRICT, Value.of(district));
      edits.add(new Edit.Append(Entity.of(id, STATION, List.of(named)), true, false));
      days.forEach((at, bikes) -> {
        var reading = TestCity.bikes(district.equals("Xinyi") ? 0 : bikes, at);
        edits.add(new Edit.Observe(Entity.of(id, STATION, List.of(reading))));
      });
    }
    for (var edit : edits) ledger.write(OFFICE, Write.atomic(HERE, edit));
  }

  /// What an indicator of the city measures: how long there is no bike, against another district.
  String definition(LocalDate from, int days, boolean mandatory) {
    return """
    {'name': 'no bike', 'unit': 'share of time', 'entityType': '%s', 'attribute': '%s',
     'longestHoldMinutes': 1440, 'minimumCoverage': 0.1,
     'hours': {'days': ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY',
                        'SUNDAY'], 'from': '07:00', 'until': '09:00', 'zone': 'UTC'},
     'population': {'name': 'Daan', 'attribute': '%s', 'equals': 'Daan'},
     'baseline': {'from': '2026-05-11', 'to': '2026-05-24'},
     'measurement': {'from': '%s', 'to': '%s'},
     'direction': 'LOWER_IS_BETTER', 'target': 0.5, 'mandatory': %s}
    """
        .formatted(STATION, BIKES, DISTRICT, from, from.plusDays(days), mandatory);
  }

  /// Writes past the programme and all its guards.
  void write(List<Edit> edits) {
    ledger.write(OFFICE, Write.atomic(HERE, edits));
  }

  @Override
  public void close() {
    feed.close();
    ledger.close();
    store.close();
  }
}
