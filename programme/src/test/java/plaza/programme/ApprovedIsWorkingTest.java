package plaza.programme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plaza.programme.ProgrammeCity.struct;
import static plaza.testkit.TestCity.BIKES;
import static plaza.testkit.TestCity.DAAN;
import static plaza.testkit.TestCity.NAME;
import static plaza.testkit.TestCity.STATION;
import static plaza.testkit.TestCity.XINYI;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import plaza.access.people.Organization;
import plaza.access.people.Role;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.change.Write;
import plaza.graph.query.Query;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Kind;

/// A pilot's key works from the moment the pilot does, for what was granted, and no longer. With
/// the real access room.
class ApprovedIsWorkingTest extends ReadyPilot {
  @Test
  void theKeyOpensNothingBeforeThePilotStartsAndTheGrantWhenItDoes() {
    var key = key();
    assertThatThrownBy(() -> reader.get(key, Address.DEFAULT, DAAN))
        .isInstanceOf(Refusal.Forbidden.class);

    start();

    var station = reader.get(key, Address.DEFAULT, DAAN);
    assertThat(station.has(BIKES)).isTrue();
    assertThat(station.has(NAME)).as("not granted").isFalse();
    assertThatThrownBy(() -> reader.get(key, Address.DEFAULT, XINYI))
        .isInstanceOf(Refusal.Forbidden.class);
    assertThat(reader.query(key, Address.DEFAULT, Query.type(STATION), 0, 10, true).entities())
        .hasSize(1);
  }

  @Test
  void aSuspendedPilotsKeyStopsAtOnceAndWorksAgainWhenItResumes() {
    var key = key();
    start();

    move(pmo, pilot, "suspend", "{'reason': 'a dock burnt'}");
    assertThatThrownBy(() -> reader.get(key, Address.DEFAULT, DAAN))
        .isInstanceOf(Refusal.Forbidden.class)
        .hasMessageContaining("suspended");

    move(pmo, pilot, "resume", "{'causeCleared': 'repaired'}");
    assertThat(reader.get(key, Address.DEFAULT, DAAN).has(BIKES)).isTrue();
  }

  @Test
  void aRevokedGrantOpensNothingFromTheNextRequestOn() {
    var key = key();
    start();

    move(steward, grant, "revoke", "{'reason': 'misuse'}");

    assertThatThrownBy(() -> reader.get(key, Address.DEFAULT, DAAN))
        .isInstanceOf(Refusal.Forbidden.class)
        .hasMessageContaining("misuse");
  }

  @Test
  void whatAStewardSuspendedStaysSuspendedWhenThePilotGoesOn() {
    var key = key();
    start();
    move(steward, grant, "suspend", "{'reason': 'misuse'}");
    move(pmo, pilot, "suspend", "{'reason': 'a dock burnt'}");

    move(pmo, pilot, "resume", "{'causeCleared': 'repaired'}");

    assertThat(state(grant)).isEqualTo("SUSPENDED");
    assertThatThrownBy(() -> reader.get(key, Address.DEFAULT, DAAN))
        .isInstanceOf(Refusal.Forbidden.class)
        .hasMessageContaining("misuse");
  }

  @Test
  void aGrantThatIsSuspendedOnItsLastDayIsOverAndNotResumed() {
    start();
    move(steward, grant, "suspend", "{'reason': 'misuse'}");
    now = Instant.parse("2026-08-01T00:00:00Z");
    programme.tick(Address.DEFAULT);

    assertThat(state(grant)).isEqualTo("EXPIRED");
    assertThatThrownBy(() -> move(steward, grant, "resume", "{}"))
        .isInstanceOf(Refusal.Conflict.class);
  }

  @Test
  void aGrantThatWouldBeginAfterItsEndOpensNothingAndStopsNobodyElses() {
    start();
    var key = key();
    var never =
        new Dossiers(reader)
            .get(Address.DEFAULT, Kind.DATA_GRANT, grant.id())
            .with("startDate", Instant.parse("2026-09-01T00:00:00Z"));
    var id = "urn:ngsi-ld:DataGrant:never";
    var planted = Dossier.of(Kind.DATA_GRANT, id, "ACTIVE", never.fields());
    ledger.write(OFFICE, Write.atomic(Address.DEFAULT, Dossiers.edits(null, planted)));

    for (var following : programme.follow(feed, List.of(Address.DEFAULT))) following.close();

    assertThat(access.grants().find(id)).isEmpty();
    assertThat(reader.get(key, Address.DEFAULT, DAAN).has(BIKES)).isTrue();
  }

  @Test
  void aPilotWhoseStartFailsHoldsUpNobodyElses() {
    var dossiers = new Dossiers(reader);
    var like = dossiers.get(Address.DEFAULT, Kind.PILOT, pilot.id());
    var first = Dossier.of(Kind.PILOT, "urn:ngsi-ld:Pilot:a", "READY", like.fields());
    var endless =
        Dossier.of(
            Kind.DATA_GRANT,
            "urn:ngsi-ld:DataGrant:a",
            "APPROVED",
            Map.of("pilot", Value.of(first.id()), "types", Value.of(List.of(STATION))));
    for (var planted : List.of(first, endless))
      ledger.write(OFFICE, Write.atomic(Address.DEFAULT, Dossiers.edits(null, planted)));

    start();

    assertThat(reader.get(key(), Address.DEFAULT, DAAN).has(BIKES)).isTrue();
  }

  @Test
  void theKeysOfAPilotEndWithIt() {
    var key = programme.pilots().issueKey(builder, pilot.id(), "test").answers().get("key");
    start();
    store(new Dossiers(reader).get(Address.DEFAULT, Kind.PILOT, pilot.id()).in("CLOSED"));

    for (var following : programme.follow(feed, List.of(Address.DEFAULT))) following.close();

    assertThatThrownBy(() -> access.authenticator().fromKey(((Value.Text) key).text()))
        .isInstanceOf(Refusal.Unauthenticated.class);
  }

  @Test
  void aGrantEndsOnItsDayEvenWhenNobodyTicks() {
    var key = key();
    start();
    now = Instant.parse("2026-08-01T00:00:00Z");

    assertThatThrownBy(() -> reader.get(key, Address.DEFAULT, DAAN))
        .isInstanceOf(Refusal.Forbidden.class)
        .hasMessageContaining("expired");
    programme.tick(Address.DEFAULT);
    assertThat(state(grant)).isEqualTo("EXPIRED");
  }

  @Test
  void whatWasGrantedBeforeACrashIsBoundAfterIt() {
    var key = key();
    // The step is durable; the process ended before access was told.
    store(new Dossiers(reader).get(Address.DEFAULT, Kind.DATA_GRANT, grant.id()).in("ACTIVE"));

    for (var following : programme.follow(feed, List.of(Address.DEFAULT))) following.close();

    assertThat(reader.get(key, Address.DEFAULT, DAAN).has(BIKES)).isTrue();
  }

  @Test
  void anotherTeamTakesOverWithKeysOfItsOwnAndTheOldOnesStop() {
    var old = keyText();
    start();
    var heir = person("hal");
    var pedals =
        access
            .organizations()
            .add(OFFICE, "Pedals", Organization.Kind.SME, Set.of("TW-BAN:2"), null, null)
            .id();
    access.organizations().join(OFFICE, heir.id(), pedals, true);
    var board = person("bo", Role.PROGRAMME_BOARD);
    programme
        .pilots()
        .novations()
        .propose(
            pmo,
            pilot.id(),
            struct(
                "{'organisation': '%s', 'reason': 'Wheels sold its bicycle business to Pedals.'}"
                    .formatted(pedals)));
    for (var signer : List.of(pmo, builder, heir))
      programme.pilots().novations().sign(signer, pilot.id(), Value.Struct.EMPTY);

    move(board, pilot, "novate", "{}");

    assertThatThrownBy(() -> access.authenticator().fromKey(old))
        .isInstanceOf(Refusal.Unauthenticated.class)
        .hasMessageContaining("novated");
    assertThatThrownBy(() -> programme.pilots().issueKey(builder, pilot.id(), "mine"))
        .isInstanceOf(Refusal.Forbidden.class);
    now = now.plus(Duration.ofSeconds(1));
    var key = programme.pilots().issueKey(heir, pilot.id(), "ours").answers().get("key");
    var actor = access.authenticator().fromKey(((Value.Text) key).text()).actor();
    assertThat(reader.get(actor, Address.DEFAULT, DAAN).has(BIKES)).isTrue();
    for (var following : programme.follow(feed, List.of(Address.DEFAULT))) following.close();
    assertThat(access.authenticator().fromKey(((Value.Text) key).text())).isNotNull();
  }

  @Test
  void strangersNeitherTakeAKeyNorReadTheAgreement() {
    var stranger = person("stan");

    assertThatThrownBy(() -> programme.pilots().issueKey(stranger, pilot.id(), "mine"))
        .isInstanceOf(Refusal.Forbidden.class);
    assertThat(programme.view(stranger, Kind.PILOT, pilot.id()).members())
        .doesNotContainKey("agreement");
  }
}
