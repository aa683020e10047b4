package plaza.programme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plaza.programme.ProgrammeCity.caller;
import static plaza.programme.ProgrammeCity.holding;
import static plaza.programme.ProgrammeCity.nobody;
import static plaza.programme.ProgrammeCity.struct;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import plaza.graph.Address;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.graph.change.Write;
import plaza.graph.query.Query;
import plaza.json.Json;
import plaza.ledger.Actor;
import plaza.programme.demand.NewNeed;
import plaza.programme.procedure.AuditChain;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Outcome;
import plaza.programme.procedure.Rules;
import plaza.programme.record.Canonical;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Kind;

class EngineTest {
  private final ProgrammeCity city = new ProgrammeCity();
  private final Caller moderator = city.person("mei", "moderator");
  private final Caller pmo = city.person("po", "pmo");

  @AfterEach
  void close() {
    city.close();
  }

  @Test
  void aRefusedStepListsEveryUnmetGuardAndChangesNothing() {
    var pilot = plant(Kind.PILOT, "p", "PREPARING", "{}");

    assertThatThrownBy(() -> city.move(pmo, pilot, "makeReady", "{}"))
        .isInstanceOfSatisfying(
            Refusal.Unmet.class,
            unmet ->
                assertThat(unmet.conditions())
                    .extracting(Refusal.Unmet.Condition::name)
                    .containsExactly(
                        "agreementSignedBothParties",
                        "kpiLocked>=1",
                        "fieldBookingsConfirmed|notNeeded(bookings)",
                        "dataGrantsApproved|notNeeded(data)",
                        "regulatoryCasesClear",
                        "exitPlan",
                        "insuranceOrWaiver"));
    assertThat(city.get(Kind.PILOT, pilot.id())).isEqualTo(pilot);
  }

  @Test
  void whatIsWrittenIsNotDoneAgainWhenWhatFollowsItFails() {
    var need = submitted().record();
    var taken = new ArrayList<Integer>();

    assertThatThrownBy(() ->
            city.programme
                .engine()
                .run(
                    moderator,
                    work -> {
                      taken.add(1);
                      var record = work.get(Kind.NEED, need.id()).with("field", "TRA");
                      work.save(record);
                      work.enter(record, "amend", Value.Struct.EMPTY);
                      work.afterwards(() -> {
                        throw new Refusal.Conflict("it has ended meanwhile");
                      });
                      return record;
                    }))
        .hasMessage("it has ended meanwhile");
    assertThat(taken).hasSize(1);
    assertThat(city.get(Kind.NEED, need.id()).text("field")).isEqualTo("TRA");
  }

  @Test
  void whoMayNotTakeAStepIsToldForWhomItIs() {
    var need = submitted().record();

    assertThatThrownBy(() -> city.move(city.person("rita", "resident"), need, "publish", "{}"))
        .isInstanceOf(Refusal.Forbidden.class)
        .hasMessageContaining("is for moderator");
    assertThatThrownBy(() -> city.move(nobody(), need, "publish", "{}"))
        .isInstanceOf(Refusal.Unauthenticated.class);
  }

  @Test
  void aRoleOnOneDepartmentIsNoRoleOnAnother() {
    var need = city.move(moderator, submitted().record(), "publish", "{}");
    var officer = caller("otto");
    city.people.give(officer.id(), "departmentOfficer", "urn:plaza:organization:parks");
    var other = need.with("department", "urn:plaza:organization:transport");
    for (var edit : Dossiers.edits(need, other)) city.write(edit);

    assertThatThrownBy(() -> city.move(officer, need, "acknowledge", "{}"))
        .isInstanceOf(Refusal.Forbidden.class);
    city.people.give(officer.id(), "departmentOfficer", "urn:plaza:organization:transport");
    assertThat(city.move(officer, need, "acknowledge", "{}").state()).isEqualTo("ACKNOWLEDGED");
  }

  @Test
  void anOldVersionIsRefused() {
    var need = submitted().record();
    city.move(moderator, need, "publish", "{}");

    assertThatThrownBy(() ->
            city.programme.transition(
                moderator, Kind.NEED, need.id(), "hide", struct("{}"), need.version()))
        .isInstanceOf(Refusal.Conflict.class)
        .hasMessageContaining("read it again");
  }

  @Test
  void aStepThatTheStateDoesNotHaveNamesThoseItHas() {
    var need = submitted().record();

    assertThatThrownBy(() -> city.move(pmo, need, "resolve", "{}"))
        .isInstanceOf(Refusal.Conflict.class)
        .hasMessageContaining("is SUBMITTED")
        .hasMessageContaining("publish, reject, refer, withdraw");
  }

  @Test
  void aMemberNobodyReadsIsRefused() {
    var need = submitted().record();

    assertThatThrownBy(() -> city.move(moderator, need, "publish", "{'stat': 'MET'}"))
        .isInstanceOf(Refusal.Invalid.class)
        .hasMessageContaining("has no member 'stat'");
    assertThat(city.get(Kind.NEED, need.id()).state()).isEqualTo("SUBMITTED");
  }

  @Test
  void anAuthorWithoutAnAccountWithdrawsByToken() {
    var submitted = submitted();
    var token = ((Value.Text) submitted.answers().get("token")).text();

    assertThatThrownBy(() -> city.move(holding("guessed"), submitted.record(), "withdraw", "{}"))
        .isInstanceOf(Refusal.Unauthenticated.class);
    assertThat(city.move(holding(token), submitted.record(), "withdraw", "{}").state())
        .isEqualTo("WITHDRAWN");
  }

  @Test
  void anUnmoderatedNeedShowsNothingToAnyFaceAndAPublishedOneItsText() {
    var need = submitted().record();
    assertThat(seen(need).has(Names.PLAZA + "title")).isFalse();

    city.move(moderator, need, "publish", "{}");
    assertThat(seen(need).findText(Names.PLAZA + "title")).contains("No bikes");
    assertThat(seen(need).attributes()).noneMatch(attribute -> Names.isPrivate(attribute.name()));
    assertThat(city.reader.types(Actor.ANONYMOUS, Address.DEFAULT))
        .noneMatch(type -> type.contains("Support") || type.contains("Review"));
  }

  @Test
  void aRawWriteToARecordIsRefused() {
    var need = submitted().record();
    var forged =
        Entity.of(
            need.id(),
            Kind.NEED.type(),
            List.of(Attribute.of(Names.PLAZA + "state", Value.of("MET"))));

    for (var edit : List.of(new Edit.Put(forged), new Edit.Delete(need.id())))
      assertThatThrownBy(
              () -> city.ledger.write(Actor.ANONYMOUS, Write.atomic(Address.DEFAULT, edit)))
          .isInstanceOf(Refusal.Forbidden.class);
  }

  @Test
  void everyCommandHangsALinkOnTheChain() {
    var need = city.move(moderator, submitted().record(), "publish", "{'reason': 'clear'}");

    var events = city.programme.events(pmo, need.id());
    assertThat(events)
        .extracting(event -> event.members().get("action"))
        .containsExactly(Value.of("submit"), Value.of("publish"));
    assertThat(events.getLast().members())
        .containsEntry("role", Value.of("moderator"))
        .containsEntry("actor", Value.of(moderator.id()));
    assertThat(city.programme.events(nobody(), need.id()).getLast().members())
        .doesNotContainKey("actor");
    assertThat(city.programme.verify(Address.DEFAULT)).isEmpty();
  }

  @Test
  void aChangedRemovedOrAddedLinkIsFound() {
    for (int i = 0; i < 3; i++) submitted();
    var links = city.all(Kind.TRANSITION_EVENT);
    var second = links.stream().filter(link -> link.count("number") == 2).findFirst().orElseThrow();

    change(second, second.with("text", second.text("text").replace("submit", "permit")));
    assertThat(city.programme.verify(Address.DEFAULT)).anyMatch(f -> f.contains("does not hash"));
    change(city.get(Kind.TRANSITION_EVENT, second.id()), second);
    assertThat(city.programme.verify(Address.DEFAULT)).isEmpty();
    change(second, second.with("role", "pmo"));
    assertThat(city.programme.verify(Address.DEFAULT)).anyMatch(f -> f.contains("other facts"));
    city.write(new Edit.Delete(second.id()));
    assertThat(city.programme.verify(Address.DEFAULT)).anyMatch(f -> f.contains("is missing"));
  }

  /// With nothing but what everybody sees: the hash before, a line feed, the public facts in order.
  @Test
  void anybodyCanRecomputeTheChainAndNobodyGuessesWhoActed() {
    for (int i = 0; i < 3; i++) city.move(moderator, submitted().record(), "publish", "{}");
    var previous = AuditChain.BEGINNING;
    var links =
        city.programme.list(nobody(), Kind.TRANSITION_EVENT, List.of(), 0, 100).stream()
            .sorted(
                java.util.Comparator.comparingDouble(
                    link -> link.members().get("number").asNumber()))
            .toList();
    assertThat(links).hasSize(6);
    for (var link : links) {
      var facts = new java.util.TreeMap<>(link.members());
      assertThat(facts).doesNotContainKeys("actor", "text");
      var hash = facts.get("hash");
      for (var name : List.of("hash", "id", "type", "state", "version", "createdAt"))
        facts.remove(name);
      previous = Canonical.hash(previous + "\n" + Json.text(new Value.Struct(facts)));
      assertThat(Value.of(previous)).isEqualTo(hash);
    }
    var details = city.all(Kind.TRANSITION_EVENT).stream().map(link -> link.text("text"));
    assertThat(details).allMatch(text -> text.contains("\"nonce\""));
  }

  @Test
  void whatTimeTakesIsTakenOnceAlsoByTwoServersAndAfterARestart() throws Exception {
    var call =
        "{'title': 't', 'opensAt': '2026-06-02T00:00:00Z',"
            + " 'closesAt': '2026-06-20T00:00:00Z'}";
    for (int i = 0; i < 10; i++) plant(Kind.CHALLENGE, "c" + i, "SCHEDULED", call);
    city.pass(Duration.ofDays(2));
    var other =
        new Programme(
            city.ledger,
            city.reader,
            city.people,
            city.bindings,
            Rules.DEFAULT,
            city.clock,
            RandomGenerator.getDefault());
    var first = CompletableFuture.supplyAsync(city::tick);
    var done = new ArrayList<>(other.tick(Address.DEFAULT));
    done.addAll(first.get());

    assertThat(done).hasSize(10).doesNotHaveDuplicates();
    assertThat(city.tick()).isEmpty();
    var again = city.restarted();
    assertThat(again.tick()).isEmpty();
    again.pass(Duration.ofDays(40));
    assertThat(again.tick()).hasSize(10).allMatch(step -> step.endsWith(" close"));
    assertThat(again.programme.verify(Address.DEFAULT)).isEmpty();
    again.close();
  }

  @Test
  void manyAtOnceAreCountedExactly() throws Exception {
    var need = city.move(moderator, submitted().record(), "publish", "{}");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new ArrayList<CompletableFuture<Outcome>>();
      for (int i = 0; i < 200; i++) {
        var supporter = caller("r" + i % 100);
        all.add(
            CompletableFuture.supplyAsync(
                () -> city.programme.needs().support(supporter, need.id()), threads));
      }
      CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get();
    }
    assertThat(city.get(Kind.NEED, need.id()).count("supporters")).isEqualTo(100);
  }

  @Test
  void aContestCountsOnceEachAndReopensWhenEnoughSaySo() {
    var submitted = submitted();
    var need = city.move(moderator, submitted.record(), "publish", "{}");
    for (int i = 0; i < 3; i++) city.programme.needs().support(caller("r" + i), need.id());
    need = city.move(pmo, need, "acknowledge", "{'department': 'urn:o:1'}");
    city.person("otto", "departmentOfficer");
    need = city.move(caller("otto"), need, "decline", "{'publicReason': '" + "x".repeat(80) + "'}");

    var id = need.id();
    for (int twice = 0; twice < 2; twice++)
      for (int i = 0; i < 2; i++) assertThat(contest(caller("r" + i), id)).isEqualTo("DECLINED");
    assertThatThrownBy(() -> contest(caller("stranger"), id)).isInstanceOf(Refusal.Forbidden.class);
    assertThat(contest(caller("r2"), id)).isEqualTo("ACKNOWLEDGED");
    assertThat(city.get(Kind.NEED, id).count("reopened")).isEqualTo(1);
  }

  @Test
  void aSealedProposalIsReadByNobodyBeforeTheCallCloses() {
    var body = "{'solution': 'the secret recipe', 'trlIn': 5}";
    city.people.join("urn:plaza:person:bea", ProgrammeCity.TEAM);
    plant(Kind.CHALLENGE, "c", "OPEN", "{'title': 't'}");
    var proposal =
        plant(
            Kind.PROPOSAL,
            "p",
            "SUBMITTED",
            "{'title': 't', 'challenge': 'urn:ngsi-ld:Challenge:c', 'organisation': '"
                + ProgrammeCity.TEAM
                + "', 'body': "
                + body
                + "}");
    city.person("aud", "auditor", "pmo", "programmeBoard", "admin");

    for (var someone : List.of(caller("aud"), caller("bea"), nobody()))
      assertThat(city.programme.list(someone, Kind.PROPOSAL, List.of(), 0, 10).toString())
          .doesNotContain("recipe");
    assertThat(seen(proposal).toString()).doesNotContain("recipe");
  }

  private String contest(Caller someone, String needId) {
    return city.programme
        .transition(someone, Kind.NEED, needId, "contest", struct("{}"), null)
        .record()
        .state();
  }

  private Outcome submitted() {
    return city.programme.needs().submit(nobody(), NewNeed.of(struct("{'title': 'No bikes'}")));
  }

  private Dossier plant(Kind kind, String local, String state, String json) {
    var id = "urn:ngsi-ld:" + kind.title() + ":" + local;
    for (var edit : Dossiers.edits(null, Dossier.of(kind, id, state, struct(json).members())))
      city.write(edit);
    return city.get(kind, id);
  }

  private void change(Dossier from, Dossier to) {
    var now = city.get(from.kind(), from.id());
    for (var edit : Dossiers.edits(now, to)) city.write(edit);
  }

  private Entity seen(Dossier record) {
    return city
        .reader
        .query(Actor.ANONYMOUS, Address.DEFAULT, Query.EVERYTHING, 0, 1000, false)
        .entities()
        .stream()
        .filter(entity -> entity.id().equals(record.id()))
        .findFirst()
        .orElseThrow();
  }
}
