package plaza.programme;

import static org.assertj.core.api.Assertions.assertThat;
import static plaza.programme.ProgrammeCity.OTHER_TEAM;
import static plaza.programme.ProgrammeCity.TEAM;
import static plaza.programme.ProgrammeCity.caller;
import static plaza.programme.ProgrammeCity.struct;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.ledger.store.StoreFailure;
import plaza.programme.procedure.Caller;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Kind;
import plaza.testkit.MemoryStore;
import plaza.testkit.StumblingStore;

/// What must hold of fields and exemptions after any sequence of commands, with the clock turned by
/// the test and the power cut before or after any write. A run is named by its seed.
class FieldInvariantsTest {
  private static final int COMMANDS = 500;

  private final StumblingStore store = new StumblingStore(new MemoryStore());
  private ProgrammeCity city =
      new ProgrammeCity(store, new ProgrammeCity.People(), new ProgrammeCity.Bindings(), 7);

  /// Kept, so that it is not forgotten: the power is cut on purpose and need not be reported.
  private static final Logger QUIET = Logger.getLogger("plaza.ledger.Ledger");

  @BeforeAll
  static void doNotReportFailuresMadeOnPurpose() {
    QUIET.setLevel(Level.OFF);
  }

  @AfterAll
  static void reportAgain() {
    QUIET.setLevel(null);
  }

  private interface Command {
    void run();
  }

  /// Runs a command; now and then the power fails before its write or after it, before anybody
  /// hears.
  private void attempt(Random random, Command command) {
    boolean before = random.nextInt(25) == 0;
    boolean after = !before && random.nextInt(25) == 0;
    if (before) store.full(true);
    if (after)
      store.afterNextAppend(() -> {
        throw new StoreFailure("the power failed");
      });
    try {
      command.run();
    } catch (Refusal refused) {
      assertThat(refused).isNotInstanceOf(Refusal.Unsupported.class);
    } catch (RuntimeException crashed) {
      assertThat(before || after).as("%s", crashed).isTrue();
    }
    store.full(false);
    store.afterNextAppend(() -> {});
    if (before || after || random.nextInt(60) == 0) city = city.restarted();
  }

  /// I7: bookings never exceed capacity at any instant; and nobody is left waiting where there is
  /// room at a place that confirms by itself when something is given back.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void bookingsNeverExceedTheCapacityAtAnyInstant(long seed) {
    var random = new Random(seed);
    var people = new ArrayList<Caller>();
    for (int i = 0; i < 4; i++) people.add(city.member("m" + i, i % 2 == 0 ? TEAM : OTHER_TEAM));
    var owner = city.person("owner", "fieldOwner", "pmo", "programmeBoard");
    for (var name : List.of("b1", "b2", "b3")) city.person(name, "programmeBoard");
    plantPlaces();
    try {
      for (int i = 0; i < COMMANDS; i++) {
        int number = i;
        attempt(random, () -> book(random, people, owner, number));
        attempt(random, () -> city.tick());
        assertWithinCapacity(i + " of seed " + seed);
      }
      assertThat(city.all(Kind.BOOKING)).hasSizeGreaterThan(50);
      assertThat(actions())
          .contains("confirm", "cancel", "startUse", "release", "noShow", "reject");
      assertThat(city.programme.verify(Address.DEFAULT)).isEmpty();
    } finally {
      city.close();
    }
  }

  private Set<String> actions() {
    var actions = new TreeSet<String>();
    for (var event : city.all(Kind.TRANSITION_EVENT))
      event.findText("action").ifPresent(actions::add);
    return actions;
  }

  private void plantPlaces() {
    var places =
        Map.of(
            "lab", "'kind': 'space', 'capacity': 3, 'autoConfirm': true",
            "street", "'kind': 'testField', 'capacity': 2, 'dismantleDays': 3",
            "drone", "'kind': 'equipment', 'capacity': 1, 'autoConfirm': true");
    places.forEach((name, more) ->
        plant(Kind.PLACE, name, Dossier.KEPT, "{'name': 'n', 'grace': 30, " + more + "}"));
  }

  private void plant(Kind kind, String local, String state, String json) {
    var id = "urn:ngsi-ld:" + kind.title() + ":" + local;
    for (var edit : Dossiers.edits(null, Dossier.of(kind, id, state, struct(json).members())))
      city.write(edit);
  }

  private void book(Random random, List<Caller> people, Caller owner, int number) {
    var bookings = city.all(Kind.BOOKING);
    var pilots = city.all(Kind.PILOT);
    if (pilots.stream().filter(one -> !one.is("STOPPED", "CLOSED")).count() < 2)
      plantPilot(random, number);
    int dice = random.nextInt(20);
    if (bookings.isEmpty() || dice < 8) {
      request(random, people.get(random.nextInt(people.size())), pilots);
      return;
    }
    if (dice == 8) {
      city.pass(Duration.ofMinutes(random.nextInt(600)));
      return;
    }
    var pilot = pilots.isEmpty() ? null : pilots.get(random.nextInt(pilots.size()));
    if (dice == 9 && pilot != null) gate(random, owner, pilot);
    else if (dice == 10) resize(random, owner);
    else step(random, people, owner, bookings);
  }

  private void request(Random random, Caller who, List<Dossier> pilots) {
    var place = List.of("lab", "street", "drone").get(random.nextInt(3));
    var start = city.now.plus(Duration.ofMinutes(random.nextInt(1_500) - 60));
    var end = start.plus(Duration.ofMinutes(1 + random.nextInt(600)));
    var pilot =
        pilots.isEmpty() || random.nextInt(3) > 0
            ? "'organisation': '" + (who.id().matches(".*m[02]") ? TEAM : OTHER_TEAM) + "'"
            : "'pilot': '" + pilots.get(random.nextInt(pilots.size())).id() + "'";
    city.programme
        .hub()
        .bookings()
        .request(
            who,
            struct(
                "{'place': 'urn:ngsi-ld:Place:%s', 'start': '%s', 'end': '%s', 'units': %s, %s}"
                    .formatted(place, start, end, 1 + random.nextInt(2), pilot)));
  }

  private void step(Random random, List<Caller> people, Caller owner, List<Dossier> bookings) {
    var booking = bookings.get(random.nextInt(bookings.size()));
    var someone = random.nextBoolean() ? owner : people.get(random.nextInt(people.size()));
    var later = city.now.plus(Duration.ofMinutes(random.nextInt(2_000)));
    switch (random.nextInt(9)) {
      case 0, 1, 2 -> city.move(owner, booking, "confirm", "{}");
      case 3 -> city.move(owner, booking, "reject", "{'reason': 'no'}");
      case 4 -> city.move(someone, booking, "cancel", "{'reason': 'rain'}");
      case 5 -> city.move(someone, booking, "startUse", "{}");
      case 6 -> city.move(someone, booking, "release", "{'handback': 'clean'}");
      case 7 -> city.move(owner, booking, "prolong", "{'newEnd': '" + later + "'}");
      default ->
          city.programme
              .hub()
              .bookings()
              .amend(someone, booking.id(), struct("{'end': '" + later + "'}"), null);
    }
  }

  private void resize(Random random, Caller owner) {
    city.programme
        .hub()
        .places()
        .amend(
            owner,
            "urn:ngsi-ld:Place:" + (random.nextBoolean() ? "lab" : "street"),
            struct("{'capacity': " + (1 + random.nextInt(4)) + "}"),
            null);
  }

  private void plantPilot(Random random, int number) {
    plant(
        Kind.PILOT,
        "p" + number,
        "READY",
        """
        {'title': 't', 'organisation': '%s', 'startDate': '%s', 'endDate': '%s',
         'agreement': {'text': 'a', 'maximumEnd': '2028-01-01T00:00:00Z'}}
        """
            .formatted(
                TEAM,
                city.now.plus(Duration.ofHours(random.nextInt(10))),
                city.now.plus(Duration.ofHours(10 + random.nextInt(40)))));
  }

  private void gate(Random random, Caller owner, Dossier pilot) {
    boolean stop = random.nextBoolean();
    if (pilot.is("ACTIVE") && random.nextBoolean()) {
      city.move(owner, pilot, "finish", "{'earlyFinish': 'seen enough'}");
      return;
    }
    var gate =
        city.programme
            .gates()
            .open(
                owner,
                struct(
                    "{'pilot': '%s', 'outcome': '%s', 'rationale': 'r'}"
                        .formatted(pilot.id(), stop ? "STOP" : "EXTEND")))
            .record();
    for (var name : List.of("b1", "b2", "b3"))
      city.programme.gates().vote(caller(name), gate.id(), struct("{'approve': true}"));
    var end = city.now.plus(Duration.ofHours(random.nextInt(60)));
    if (stop) city.move(caller("b1"), pilot, "gateStop", "{}");
    else if (pilot.is("ACTIVE"))
      city.move(caller("b1"), pilot, "extend", "{'newEnd': '" + end + "'}");
    else city.move(caller("b1"), pilot, "gateExtend", "{'newEnd': '" + end + "'}");
  }

  /// Counted here anew, moment by moment, and not with the engine's own sums.
  private void assertWithinCapacity(String when) {
    var held = new HashMap<String, List<Dossier>>();
    for (var booking : city.all(Kind.BOOKING))
      if (booking.is("CONFIRMED", "IN_USE"))
        held.computeIfAbsent(booking.text("place"), _ -> new ArrayList<>()).add(booking);
    held.forEach((place, bookings) -> {
      long capacity = city.get(Kind.PLACE, place).count("capacity");
      var moments = new TreeSet<Instant>();
      bookings.forEach(one -> moments.add(from(one)));
      for (var moment : moments) {
        if (moment.isBefore(city.now)) continue;
        long units =
            bookings.stream()
                .filter(one -> !moment.isBefore(from(one)) && moment.isBefore(one.moment("end")))
                .mapToLong(one -> one.count("units"))
                .sum();
        assertThat(units).as("%s at %s, %s", place, moment, when).isLessThanOrEqualTo(capacity);
      }
    });
  }

  private static Instant from(Dossier booking) {
    var start = booking.moment("start");
    return booking.findMoment("usedFrom").filter(at -> at.isBefore(start)).orElse(start);
  }

  /// I13: no pilot is active under an exemption that has ended or was revoked.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void noPilotIsActiveUnderAnExemptionThatIsNotInForce(long seed) {
    var random = new Random(seed);
    var office =
        city.person("office", "pmo", "programmeBoard", "regulatoryOfficer", "competentAuthority");
    for (var name : List.of("b1", "b2", "b3")) city.person(name, "programmeBoard");
    try {
      int suspended = 0;
      for (int i = 0; i < COMMANDS; i++) {
        int number = i;
        attempt(random, () -> regulate(random, office, number));
        var done = new ArrayList<String>();
        attempt(random, () -> done.addAll(city.tick()));
        // What a crash left undone, the next tick does.
        city.tick();
        assertExemptionsInForce(i + " of seed " + seed);
        suspended += (int) city.all(Kind.PILOT).stream().filter(p -> p.is("SUSPENDED")).count();
      }
      assertThat(suspended).isPositive();
      assertThat(actions()).contains("grant", "expire", "suspend", "resume");
      assertThat(remindedTwice()).isEmpty();
      assertThat(city.programme.verify(Address.DEFAULT)).isEmpty();
    } finally {
      city.close();
    }
  }

  private void regulate(Random random, Caller office, int number) {
    var pilots = city.all(Kind.PILOT);
    if (pilots.stream().filter(one -> one.is("READY", "ACTIVE", "SUSPENDED")).count() < 3) {
      plantPilot(random, number);
      return;
    }
    var pilot = pilots.get(random.nextInt(pilots.size()));
    var cases = city.all(Kind.REGULATORY_CASE);
    switch (random.nextInt(12)) {
      case 0 -> raise(random, office, pilot, cases);
      case 1 -> city.pass(Duration.ofHours(random.nextInt(30)));
      case 2 -> city.move(office, pilot, "resume", "{'causeCleared': 'c'}");
      case 3 -> city.move(office, pilot, "suspend", "{'reason': 'r'}");
      case 4 -> gate(random, office, pilot);
      case 5 -> city.move(office, pilot, "start", "{}");
      default -> {
        if (cases.isEmpty()) return;
        answer(random, office, cases.get(random.nextInt(cases.size())));
      }
    }
  }

  private void raise(Random random, Caller office, Dossier pilot, List<Dossier> cases) {
    var ended =
        cases.stream()
            .filter(one -> one.texts("pilot").contains(pilot.id()))
            .filter(one -> one.is("EXPIRED", "REVOKED", "GRANTED"))
            .toList();
    var supersedes =
        ended.isEmpty() || random.nextInt(3) == 0
            ? ""
            : ", 'supersedes': '" + ended.get(random.nextInt(ended.size())).id() + "'";
    city.programme
        .regulation()
        .raise(
            office,
            struct(
                """
                {'title': 't', 'pilot': '%s', 'placeDescription': 'here', 'scale': 'one',
                 'act': 'something that is described with forty letters'%s}
                """
                    .formatted(pilot.id(), supersedes)));
  }

  private void answer(Random random, Caller office, Dossier one) {
    var end = city.now.plus(Duration.ofHours(1 + random.nextInt(60)));
    switch (one.state()) {
      case "RAISED" -> city.move(office, one, "startConfirmation", "{}");
      case "CONFIRMING" -> {
        if (random.nextInt(4) == 0)
          city.move(office, one, "confirmNoRule", "{'legalNote': 'none applies'}");
        else
          city.move(
              office,
              one,
              "requestExemption",
              "{'rule': 'https://law.example/eli/1', 'competentAuthority': 'urn:a:b'}");
      }
      case "EXEMPTION_REQUESTED" -> {
        if (random.nextInt(6) == 0) city.move(office, one, "refuse", "{'reason': 'r'}");
        else
          city.move(
              office,
              one,
              "grant",
              """
              {'end': '%s', 'placeScope': 'p', 'scaleLimit': 's', 'conditions': ['c'],
               'liabilityCover': 'l'}
              """
                  .formatted(end));
      }
      case "GRANTED" -> {
        switch (random.nextInt(8)) {
          case 0 -> city.move(office, one, "revoke", "{'reason': 'r'}");
          case 1 ->
              city.move(office, one, "changeRule", "{'newRule': 'https://law.example/eli/2'}");
          case 2 -> city.move(office, one, "renewOnce", "{'newEnd': '" + end + "'}");
          default -> {}
        }
      }
      default -> {}
    }
  }

  private void assertExemptionsInForce(String when) {
    var all = city.all(Kind.REGULATORY_CASE);
    for (var one : all) {
      boolean ended =
          one.is("EXPIRED", "REVOKED")
              || (one.is("GRANTED") && !city.now.isBefore(one.moment("end")));
      boolean superseded =
          all.stream()
              .anyMatch(later ->
                  later.texts("supersedes").contains(one.id())
                      && later.is("NO_RULE", "GRANTED", "RULE_CHANGED"));
      if (ended && !superseded)
        assertThat(city.get(Kind.PILOT, one.text("pilot")).state())
            .as("%s, %s", one.id(), when)
            .isNotEqualTo("ACTIVE");
    }
  }

  /// The clock's reminder is taken once, whatever crashed between.
  private List<String> remindedTwice() {
    var seen = new HashMap<String, Integer>();
    for (var event : city.all(Kind.TRANSITION_EVENT))
      if (event.findText("action").filter("remind"::equals).isPresent())
        seen.merge(event.text("subject"), 1, Integer::sum);
    return seen.entrySet().stream().filter(e -> e.getValue() > 1).map(Map.Entry::getKey).toList();
  }
}
