package plaza.programme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plaza.programme.ProgrammeCity.DEPARTMENT;
import static plaza.programme.ProgrammeCity.OTHER_TEAM;
import static plaza.programme.ProgrammeCity.TEAM;
import static plaza.programme.ProgrammeCity.nobody;
import static plaza.programme.ProgrammeCity.struct;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.procedure.Caller;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Kind;

/// I15: a pilot that another organisation takes over stays the pilot it was.
class NovationTest {
  private static final String PILOT = "urn:ngsi-ld:Pilot:p";
  private static final String REASON = "Wheels sold its bicycle business to Pedals in June.";

  private static void plant(ProgrammeCity city, Kind kind, String id, String state, String json) {
    for (var edit : Dossiers.edits(null, Dossier.of(kind, id, state, struct(json).members())))
      city.write(edit);
  }

  private static void plantPilot(ProgrammeCity city) {
    plant(
        city,
        Kind.PILOT,
        PILOT,
        "ACTIVE",
        """
        {'title': 't', 'organisation': '%s', 'department': '%s', 'team': ['bea'],
         'challenge': 'urn:ngsi-ld:Challenge:c', 'startDate': '2026-05-01T00:00:00Z',
         'endDate': '2026-12-01T00:00:00Z',
         'agreement': {'text': 'We agree.', 'maximumEnd': '2026-12-31T00:00:00Z'}}
        """
            .formatted(TEAM, DEPARTMENT));
    plant(
        city,
        Kind.DATA_GRANT,
        "urn:ngsi-ld:DataGrant:g",
        "ACTIVE",
        "{'pilot': '%s', 'organisation': '%s', 'types': ['urn:t'], 'endDate': '2026-12-01T00:00:00Z'}"
            .formatted(PILOT, TEAM));
    plant(
        city,
        Kind.BOOKING,
        "urn:ngsi-ld:Booking:b",
        "IN_USE",
        """
        {'pilot': '%s', 'organisation': '%s', 'holder': 'urn:plaza:person:bea',
         'place': 'urn:ngsi-ld:Place:x', 'start': '2026-05-01T00:00:00Z',
         'end': '2026-12-01T00:00:00Z'}
        """
            .formatted(PILOT, TEAM));
  }

  @Test
  void itKeepsItsIdentityAndGetsAVersionWithAPublicReason() {
    try (var city = new ProgrammeCity()) {
      var pmo = city.person("po", "pmo");
      var board = city.person("b", "programmeBoard");
      var old = city.member("bea", TEAM, "innovator");
      var heir = city.member("hal", OTHER_TEAM, "innovator");
      plantPilot(city);
      var gate =
          city.programme
              .gates()
              .open(
                  board,
                  struct("{'pilot': '" + PILOT + "', 'outcome': 'EXTEND', 'rationale': 'r'}"))
              .record();
      assertThatThrownBy(() -> propose(city, old, OTHER_TEAM)).isInstanceOf(Refusal.class);
      propose(city, pmo, OTHER_TEAM);
      assertThat(city.programme.view(heir, Kind.PILOT, PILOT).members())
          .as("who is to sign reads what")
          .containsKeys("agreement", "novation");
      assertThat(city.programme.view(nobody(), Kind.PILOT, PILOT).members())
          .doesNotContainKeys("agreement", "novation", "novationConsents");
      sign(city, pmo, old);
      assertThatThrownBy(() -> novate(city, board)).hasMessageContaining("novationSignedByAll");
      city.people.join("urn:plaza:person:bea", OTHER_TEAM);
      assertThatThrownBy(
              () -> city.programme.pilots().novations().sign(old, PILOT, struct("{'party': 'to'}")))
          .as("nobody signs for two")
          .isInstanceOf(Refusal.Conflict.class);
      sign(city, heir);

      novate(city, board);

      var pilot = city.get(Kind.PILOT, PILOT);
      assertThat(pilot.state()).isEqualTo("ACTIVE");
      assertThat(pilot.text("organisation")).isEqualTo(OTHER_TEAM);
      assertThat(pilot.text("challenge")).isEqualTo("urn:ngsi-ld:Challenge:c");
      assertThat(city.programme.view(nobody(), Kind.PILOT, PILOT).members().get("novations"))
          .isEqualTo(
              new Value.Items(
                  List.of(
                      struct(
                          "{'date': '%s', 'from': '%s', 'to': '%s', 'reason': '%s', 'version': 2}"
                              .formatted(city.now, TEAM, OTHER_TEAM, REASON)))));
      assertThat(city.get(Kind.DATA_GRANT, "urn:ngsi-ld:DataGrant:g"))
          .satisfies(
              grant -> assertThat(grant.state()).isEqualTo("ACTIVE"),
              grant -> assertThat(grant.text("organisation")).isEqualTo(OTHER_TEAM));
      assertThat(city.get(Kind.BOOKING, "urn:ngsi-ld:Booking:b").text("holder"))
          .isEqualTo("urn:plaza:person:hal");
      assertThat(city.bindings.endedUntil).containsEntry(PILOT, city.now);
      assertThat(city.get(Kind.GATE_DECISION, gate.id()).state()).isEqualTo("VOID");
      assertThat(city.programme.events(pmo, PILOT))
          .extracting(e -> e.members().get("action"))
          .contains(Value.of("proposeNovation"), Value.of("novate"));
      assertThat(city.programme.verify(Address.DEFAULT)).isEmpty();
    }
  }

  @Test
  void whatWasSignedIsWhatIsCarriedOut() {
    try (var city = new ProgrammeCity()) {
      var pmo = city.person("po", "pmo");
      var board = city.person("b", "programmeBoard");
      var old = city.member("bea", TEAM);
      var heir = city.member("hal", OTHER_TEAM);
      plantPilot(city);
      propose(city, pmo, OTHER_TEAM);
      sign(city, pmo, old, heir);

      propose(city, pmo, "urn:plaza:organization:third");

      assertThatThrownBy(() -> novate(city, board)).hasMessageContaining("novationSignedByAll");
    }
  }

  private static void propose(ProgrammeCity city, Caller by, String to) {
    city.programme
        .pilots()
        .novations()
        .propose(
            by,
            PILOT,
            struct("{'organisation': '%s', 'team': ['t'], 'reason': '%s'}".formatted(to, REASON)));
  }

  private static void sign(ProgrammeCity city, Caller... signers) {
    for (var signer : signers)
      city.programme.pilots().novations().sign(signer, PILOT, Value.Struct.EMPTY);
  }

  private static void novate(ProgrammeCity city, Caller board) {
    city.move(board, city.get(Kind.PILOT, PILOT), "novate", "{}");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void howeverOftenItPassesOnItIsOneRecordWithOneLineForEachTime(long seed) {
    var city = new ProgrammeCity();
    try {
      var random = new Random(seed);
      var pmo = city.person("po", "pmo", "programmeBoard");
      var teams = List.of(TEAM, OTHER_TEAM, "urn:plaza:organization:third");
      var callers = new ArrayList<Caller>(List.of(pmo));
      for (int i = 0; i < 3; i++) callers.add(city.member("m" + i, teams.get(i)));
      plantPilot(city);
      for (int i = 0; i < 300; i++) {
        var someone = callers.get(random.nextInt(callers.size()));
        try {
          switch (random.nextInt(7)) {
            case 0 -> {
              if (!city.get(Kind.PILOT, PILOT).has("novation") || random.nextInt(5) == 0)
                propose(city, pmo, teams.get(random.nextInt(3)));
            }
            case 1, 2, 3 -> sign(city, someone);
            case 4 -> city.pass(Duration.ofHours(random.nextInt(5)));
            default -> novate(city, someone);
          }
        } catch (Refusal refused) {
          assertThat(refused).isNotInstanceOf(Refusal.Unsupported.class);
        }
        if (random.nextInt(60) == 0) city = city.restarted();
        assertOnePilot(city);
      }
      assertThat(city.get(Kind.PILOT, PILOT).items("novations")).isNotEmpty();
      assertThat(city.programme.verify(Address.DEFAULT)).isEmpty();
    } finally {
      city.close();
    }
  }

  private static void assertOnePilot(ProgrammeCity city) {
    assertThat(city.all(Kind.PILOT)).hasSize(1);
    var pilot = city.get(Kind.PILOT, PILOT);
    var party = TEAM;
    long version = 1;
    for (var line : pilot.items("novations")) {
      var novation = ((Value.Struct) line).members();
      assertThat(novation.get("from")).isEqualTo(Value.of(party));
      assertThat(novation.get("version")).isEqualTo(Value.of(++version));
      assertThat(novation.get("reason")).isEqualTo(Value.of(REASON));
      party = ((Value.Text) novation.get("to")).text();
    }
    assertThat(pilot.text("organisation")).isEqualTo(party);
    assertThat(
            pilot
                .findMoment("lastNovatedAt")
                .equals(java.util.Optional.ofNullable(city.bindings.endedUntil.get(PILOT))))
        .as("the keys of who left have ended")
        .isTrue();
    for (var kind : List.of(Kind.DATA_GRANT, Kind.BOOKING))
      for (var part : city.all(kind)) {
        assertThat(part.text("organisation")).isEqualTo(party);
        assertThat(part.is("ACTIVE", "IN_USE")).isTrue();
      }
  }
}
