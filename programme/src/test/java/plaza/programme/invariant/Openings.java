package plaza.programme.invariant;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.programme.demand.NewNeed;
import plaza.programme.fault.NewFault;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Outcome;
import plaza.programme.record.Kind;
import plaza.testkit.TestCity;

/// Records that people open: needs, clusters, challenges, pilots without a call, and so on.
final class Openings {
  private static final String BECAUSE = "There was no call since only one team had such a thing.";
  private final Chance chance;
  private final SmallCity city;
  private int number;

  Openings(Chance chance) {
    this.chance = chance;
    this.city = chance.city;
  }

  static Value.Struct struct(String members) {
    return (Value.Struct) Json.parse(("{" + members + "}").replace('\'', '"'));
  }

  /// What is open of a kind, so that a run goes deep instead of broad.
  private boolean isEnough(Kind kind, int most) {
    var procedures = city.programme.procedures();
    return chance.records.all(kind).stream()
            .filter(one -> !procedures.isTerminal(kind, one.state()))
            .count()
        >= most;
  }

  Optional<Command> any() {
    if (city.programme.demand().faults().categories(SmallCity.HERE).isEmpty())
      return Optional.of(category());
    return switch (chance.below(14)) {
      case 13 -> isEnough(Kind.SERVICE_REQUEST, 2) ? Optional.empty() : Optional.of(fault());
      case 0, 1 -> isEnough(Kind.NEED, 8) ? Optional.empty() : Optional.of(need());
      case 2 -> isEnough(Kind.NEED_CLUSTER, 3) ? Optional.empty() : Optional.of(cluster());
      case 3, 4 -> isEnough(Kind.CHALLENGE, 2) ? Optional.empty() : Optional.of(challenge());
      case 5, 6 -> isEnough(Kind.PILOT, 4) ? Optional.empty() : Optional.of(pilot());
      case 7 -> isEnough(Kind.FUNDING_ROUND, 2) ? Optional.empty() : round();
      case 8 -> isEnough(Kind.SERVICE, 3) ? Optional.empty() : Optional.of(service());
      case 9 -> isEnough(Kind.BOOKING, 12) ? Optional.empty() : booking();
      case 10 ->
          chance.records.all(Kind.PLACE).size() > 3 ? Optional.empty() : Optional.of(place());
      default -> isEnough(Kind.REPLICATION, 2) ? Optional.empty() : replication();
    };
  }

  private Command command(Caller who, String text, Runnable what) {
    return new Command(text, who, what);
  }

  private Command need() {
    number++;
    var who =
        chance.in(30)
            ? city.caller("")
            : chance.holder(chance.one("resident", "verifiedResident", "departmentOfficer"));
    var reach =
        chance.in(15) ? chance.one("Write to ann@mail.example", "Ring +886 912345678") : "It is so";
    return command(
        who,
        "states need " + number,
        () -> {
          var stated =
              city.programme
                  .needs()
                  .submit(
                      who,
                      NewNeed.of(
                          struct(
                              "'title': 'No bike %d', 'description': '%s', 'language': 'en'"
                                  .formatted(number, reach))));
          // Who has no account comes back with their token.
          if (stated.answers().get("token") instanceof Value.Text(var token))
            city.callers.put("token " + number, Caller.anonymous(SmallCity.HERE, token));
        });
  }

  private Command cluster() {
    var who = chance.in(50) ? chance.pmo() : city.caller("mei");
    var needs =
        chance
            .record(Kind.NEED, "PUBLISHED", "ACKNOWLEDGED")
            .map(one -> ", 'needs': ['" + one.id() + "']")
            .orElse("");
    return command(
        who,
        "opens a cluster" + needs,
        () -> city.programme.clusters().open(who, struct("'title': 'Bikes'" + needs)));
  }

  private Command category() {
    var who = chance.pmo();
    return command(
        who,
        "offers a category of faults",
        () ->
            city.programme
                .demand()
                .faults()
                .openCategory(who, struct("'code': 'lamp', 'title': 'A lamp is dark'")));
  }

  private Command fault() {
    var who = chance.anybody();
    var json =
        """
        'category': 'lamp', 'address': 'The park', 'description': 'It is dark',
        'email': 'ann@mail.example', 'phone': '+886 912345678', 'firstName': 'Ann'
        """;
    return command(
        who,
        "reports a fault",
        () -> city.programme.demand().faults().report(who, NewFault.of(struct(json))));
  }

  private Command challenge() {
    var sponsor = chance.in(60) ? "sue" : "sam";
    var who = city.caller(sponsor);
    var opens = chance.in(Duration.ofHours(1), Duration.ofDays(2));
    boolean sprint = chance.in(70);
    var closes = opens.plus(sprint ? Duration.ofDays(1 + chance.below(4)) : Duration.ofDays(15));
    var panel =
        java.util.stream.Stream.of("p1", "p2", "p3", chance.one("p4", "p5"))
            .map(name -> "'" + city.caller(name).id() + "'")
            .toList();
    var clusters =
        chance
            .record(Kind.NEED_CLUSTER, "OPEN", "IN_CHALLENGE")
            .map(one -> "'clusters': ['" + one.id() + "'], ")
            .orElse("");
    var json =
        """
        %s'title': 'Bikes in the morning', 'sponsor': '%s', 'kind': '%s', 'opensAt': '%s',
        'closesAt': '%s', 'departmentStatement': 'It is our duty', 'panel': %s,
        'budget': {'amount': '100000', 'currency': 'TWD'}, 'afterPilotIntent': 'Buy it',
        'threshold': 1, 'rubric': [{'criterion': 'effect', 'weight': 60},
                                   {'criterion': 'cost', 'weight': 40}],
        'indicators': [%s]%s
        """
            .formatted(
                clusters,
                city.organisation(sponsor.equals("sue") ? "transport" : "parks"),
                sprint ? "SPRINT" : "TOP_DOWN",
                opens,
                closes,
                panel,
                definition(),
                chance.in(40)
                    ? ", 'exploration': {'days': 5, 'teams': 2,"
                        + " 'pay': {'amount': '1000.50', 'currency': 'TWD'}}"
                    : "");
    return command(
        who, "drafts a challenge", () -> city.programme.challenges().draft(who, struct(json)));
  }

  String definition() {
    var from =
        city.now.atZone(java.time.ZoneOffset.UTC).toLocalDate().plusDays(1 + chance.below(8));
    return city.definition(from, 2 + chance.below(6), chance.in(50));
  }

  private Command pilot() {
    var who = chance.pmo();
    number++;
    var json =
        "'title': 'Vans %d', 'organisation': '%s', 'department': '%s', 'withoutCall': '%s'"
            .formatted(
                number,
                chance.organisation("wheels", "pedals", "motors"),
                chance.organisation("transport", "parks"),
                BECAUSE);
    var needs =
        chance.in(50)
            ? chance.record(Kind.NEED).map(one -> ", 'needs': ['" + one.id() + "']").orElse("")
            : "";
    return command(
        who, "opens a pilot", () -> city.programme.pilots().open(who, struct(json + needs)));
  }

  private Optional<Command> round() {
    var who = city.caller("fin");
    return chance
        .record(chance.in(50) ? Kind.PILOT : Kind.SERVICE)
        .map(one ->
            command(
                who,
                "plans a round for " + one.id(),
                () ->
                    city.programme
                        .uptake()
                        .rounds()
                        .plan(who, struct(terms(one.kind(), one.id())))));
  }

  String terms(Kind kind, String id) {
    return """
    'title': 'Money', '%s': '%s', 'currency': 'TWD', 'target': '150000', 'minimum': '60000',
    'publicCap': '0.9', 'deadline': '%s', 'terms': {'url': 'https://city.example/terms'}
    """
        .formatted(kind.title().toLowerCase(Locale.ROOT), id, chance.days(2, 25));
  }

  private Command service() {
    var who = chance.in(70) ? city.caller("sol") : chance.pmo();
    return command(
        who,
        "drafts a service",
        () ->
            city.programme
                .uptake()
                .services()
                .draft(
                    who,
                    struct(
                        "'title': 'Bikes ahead', 'withoutPilot': '"
                            + BECAUSE
                            + "', "
                            + described())));
  }

  String described() {
    return """
    'department': '%s', 'operator': '%s', 'licence': 'EUPL-1.2', 'supportContact': 'the desk',
    'usageMeter': true, 'targetMonthlyUsers': 20, 'renewalDate': '%s',
    'dataRequirements': [{'name': 'docks', 'type': '%s', 'attributes': ['availableBikeNumber']}],
    'accessibility': {'standard': 'WCAG 2.2', 'level': 'AA', 'url': 'https://a11y.example'},
    'dataExport': {'url': 'https://city.example/export'}
    """
        .formatted(
            chance.organisation("transport", "parks"),
            chance.organisation("wheels", "pedals"),
            chance.days(60, 300),
            TestCity.STATION);
  }

  private Command place() {
    number++;
    var who = chance.in(60) ? city.caller("fred") : chance.pmo();
    var site = chance.records.all(Kind.PLACE, "kind", "site").stream().findFirst();
    var json =
        site.isEmpty()
            ? "'name': 'The park', 'kind': 'site'"
            : """
            'name': 'Place %d', 'within': '%s', 'kind': '%s', 'capacity': %d, 'grace': 30,
            'autoConfirm': %s, 'openTo': 'residents', 'dismantleDays': 3
            """
                .formatted(
                    number,
                    site.get().id(),
                    chance.one("space", "equipment", "testField"),
                    1 + chance.below(3),
                    chance.in(60));
    return command(
        who, "opens a place", () -> city.programme.hub().places().open(who, struct(json)));
  }

  private Optional<Command> booking() {
    var place =
        chance.find(
            chance.records.all(Kind.PLACE).stream().filter(one -> one.has("capacity")).toList());
    if (place.isEmpty()) return Optional.empty();
    var start = chance.in(Duration.ofHours(-1), Duration.ofHours(30));
    var end = start.plus(Duration.ofMinutes(20 + chance.below(900)));
    var pilot =
        chance.in(50)
            ? chance.record(Kind.PILOT)
            : Optional.<plaza.programme.record.Dossier>empty();
    var who = pilot.flatMap(chance::member).orElseGet(chance::anybody);
    var json =
        "'place': '%s', 'start': '%s', 'end': '%s', 'units': %d%s"
            .formatted(
                place.get().id(),
                start,
                end,
                1 + chance.below(2),
                pilot.map(one -> ", 'pilot': '" + one.id() + "'").orElse(""));
    return Optional.of(
        command(
            who,
            "books " + json,
            () -> city.programme.hub().bookings().request(who, struct(json))));
  }

  private Optional<Command> replication() {
    var taken = chance.record(Kind.SOLUTION_PACKAGE);
    if (taken.isEmpty() || chance.in(30))
      return chance
          .record(Kind.SERVICE, "LIVE", "RENEWAL_DUE")
          .map(one ->
              command(
                  city.caller("sol"),
                  "packs " + one.id(),
                  () ->
                      city.programme
                          .uptake()
                          .packages()
                          .pack(
                              city.caller("sol"),
                              struct(
                                  "'service': '%s', 'version': '%d', 'licence': 'EUPL-1.2'"
                                      .formatted(one.id(), ++number)))));
    var who = city.caller("del");
    return Optional.of(
        command(
            who,
            "takes up " + taken.get().id(),
            () ->
                city.programme
                    .uptake()
                    .replications()
                    .propose(
                        who,
                        struct(
                            "'package': '%s', 'organisation': '%s', 'catalogue': '%s'"
                                .formatted(
                                    taken.get().id(),
                                    city.organisation("otherCity"),
                                    SmallCity.ELSEWHERE)))));
  }

  /// Keeps what only its author is given.
  static void keep(SmallCity city, Outcome outcome) {
    if (outcome.answers().containsKey("nonce"))
      city.receipts.put(outcome.record().id(), Map.copyOf(outcome.answers()));
    if (outcome.answers().get("key") instanceof Value.Text(var key)) city.keys.add(key);
  }
}
