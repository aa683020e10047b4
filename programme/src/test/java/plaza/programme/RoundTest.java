package plaza.programme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plaza.programme.ProgrammeCity.DEPARTMENT;
import static plaza.programme.ProgrammeCity.TEAM;
import static plaza.programme.ProgrammeCity.nobody;
import static plaza.programme.ProgrammeCity.struct;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.procedure.Caller;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Kind;

/// Money for a pilot that proved itself: from planning to the last payment.
class RoundTest {
  private static final String BANK = "urn:plaza:organization:bank";
  private static final String FOUNDATION = "urn:plaza:organization:foundation";
  private final ProgrammeCity city = new ProgrammeCity();
  private final Caller finance = city.person("fin", "financeOfficer");
  private final Caller banker = city.member("ben", BANK);
  private final Caller founder = city.member("fay", FOUNDATION);

  RoundTest() {
    city.people.give(banker.id(), "investor", plaza.programme.procedure.Standing.CITY);
    city.people.give(founder.id(), "investor", plaza.programme.procedure.Standing.CITY);
    city.people.own(DEPARTMENT, "1");
    city.people.own(FOUNDATION, "0.49");
    plant(Kind.PILOT, "p", "SCALED", "{'title': 'Bikes', 'organisation': '" + TEAM + "'}");
    indicator("NOT_MET");
  }

  @AfterEach
  void close() {
    city.close();
  }

  @Test
  void moneyIsCommittedClosedAndPaidOnlyForWhatWasMet() {
    var round = opened("");
    tranches(round);
    commit(finance, round, DEPARTMENT, "grant", "40000.10", "false");
    commit(banker, round, BANK, "loan", "80000.20", "false");
    commit(founder, round, FOUNDATION, "grant", "5000", "true");

    round = city.move(finance, round, "commercialClose", "{}");
    assertThat(round.text("committed")).isEqualTo("120000.30");
    assertThat(round.text("committedInKind")).isEqualTo("5000");
    city.programme
        .uptake()
        .rounds()
        .meetCondition(finance, round.id(), struct("{'condition': 1, 'evidence': 'Permit 7'}"));
    round = city.move(finance, get(round), "financialClose", signed());
    var cash = city.all(Kind.COMMITMENT).stream().filter(one -> !one.flag("inKind")).toList();
    var grant = cash.stream().filter(one -> one.flag("publicParty")).findFirst().orElseThrow();

    var first = trancheOf("first");
    var last = trancheOf("last");
    city.move(finance, round, "disburse", payment(grant, first, "30000.05"));
    var id = round.id();
    assertThatThrownBy(() ->
            city.move(
                finance, city.get(Kind.FUNDING_ROUND, id), "disburse", payment(grant, last, "1")))
        .isInstanceOfSatisfying(
            Refusal.Unmet.class,
            unmet ->
                assertThat(unmet.conditions().getFirst().remedy())
                    .contains("NOT_MET")
                    .contains("paid when it is MET"));
    indicator("MET");
    round = city.move(finance, round, "disburse", payment(grant, last, "10000.05"));
    assertThat(round.text("disbursed")).isEqualTo("40000.10");

    var leverage = round.findStruct("leverage").orElseThrow().members();
    assertThat(leverage.get("currency")).isEqualTo(Value.of("EUR"));
    assertThat(cut(leverage, "committed")).isEqualTo(2.0);
    assertThat(cut(leverage, "closed")).isEqualTo(2.0);
    assertThat(cut(leverage, "disbursed")).isEqualTo(0.0);
    round =
        city.move(finance, round, "complete", "{'residualReleased': 'the loan is drawn later'}");
    assertThat(round.state()).isEqualTo("COMPLETED");
    assertThat(city.programme.verify(Address.DEFAULT)).isEmpty();
  }

  @Test
  void aRoundThatDoesNotReachItsMinimumFailsByTheClockAndFreesEveryone() {
    var round = opened("");
    commit(banker, round, BANK, "loan", "99999.99", "false");
    city.pass(Duration.ofDays(30));

    assertThat(city.tick()).contains(round.id() + " fail");
    assertThat(city.all(Kind.COMMITMENT)).allMatch(one -> one.is("RELEASED"));
    var failed = get(round);
    assertThat(failed.text("committed")).isEqualTo("0");
    assertThat(failed.flag("lessonRequired")).isTrue();
    assertThat(city.tick()).isEmpty();
  }

  @Test
  void anInvestorCommitsForNobodyElseAndSeesNoMoreThanTheirOwn() {
    var round = opened("");
    commit(founder, round, FOUNDATION, "grant", "10", "false");

    assertThatThrownBy(() -> commit(banker, round, FOUNDATION, "grant", "10", "false"))
        .isInstanceOf(Refusal.Forbidden.class);
    assertThat(commitmentsSeenBy(banker, round)).isEmpty();
    assertThat(commitmentsSeenBy(nobody(), round)).isEmpty();
    assertThat(commitmentsSeenBy(founder, round)).hasSize(1);
    assertThat(commitmentsSeenBy(finance, round)).hasSize(1);
    assertThat(commitmentsSeenBy(founder, round).getFirst().toString())
        .contains("our board agrees");

    commit(banker, round, BANK, "loan", "100000", "false");
    city.move(finance, get(round), "commercialClose", "{}");
    assertThat(commitmentsSeenBy(banker, round).toString()).doesNotContain("our board agrees of F");
    var seen = commitmentsSeenBy(banker, round);
    assertThat(seen).hasSize(2);
    assertThat(seen.stream().filter(one -> one.members().containsKey("conditions"))).hasSize(1);
  }

  @Test
  void amountsOfAnotherCurrencyOrWithTooManyDecimalsAreRefused() {
    var round = opened("");

    assertThatThrownBy(() ->
            city.move(
                banker,
                round,
                "commit",
                "{'organisation': '%s', 'amount': '5', 'currency': 'TWD'}".formatted(BANK)))
        .isInstanceOfSatisfying(
            Refusal.Unmet.class,
            unmet -> assertThat(unmet.conditions().toString()).contains("send the amount in EUR"));
    assertThatThrownBy(() -> commit(banker, round, BANK, "loan", "5.001", "false"))
        .isInstanceOf(Refusal.Invalid.class)
        .hasMessageContaining("at most 2 decimals");
    assertThatThrownBy(() -> city.move(banker, round, "commit", "{'amount': 0.1}"))
        .isInstanceOf(Refusal.Invalid.class)
        .hasMessageContaining("a decimal text");
  }

  @Test
  void aRoundCutIntoTranchesIsPaidByThemOnly() {
    var round = opened("");
    tranches(round);
    commit(banker, round, BANK, "loan", "100000", "false");
    city.move(finance, get(round), "commercialClose", "{}");
    city.programme
        .uptake()
        .rounds()
        .meetCondition(finance, round.id(), struct("{'condition': 1, 'evidence': 'Permit 7'}"));
    for (var one : city.all(Kind.COMMITMENT))
      city.programme
          .uptake()
          .rounds()
          .meetCondition(
              finance,
              round.id(),
              struct("{'commitment': '" + one.id() + "', 'evidence': 'minutes'}"));
    var closed = city.move(finance, get(round), "financialClose", signed());
    var loan = city.all(Kind.COMMITMENT).getFirst();

    assertThatThrownBy(() ->
            city.move(
                finance,
                closed,
                "disburse",
                "{'commitment': '%s', 'amount': '1'}".formatted(loan.id())))
        .isInstanceOfSatisfying(
            Refusal.Unmet.class,
            unmet -> assertThat(unmet.conditions().toString()).contains("send tranche, one of"));
    assertThatThrownBy(() ->
            city.move(finance, closed, "disburse", payment(loan, trancheOf("first"), "30000.06")))
        .isInstanceOfSatisfying(
            Refusal.Unmet.class,
            unmet -> assertThat(unmet.conditions().toString()).contains("only 30000.05 are left"));
  }

  private Dossier opened(String more) {
    var planned =
        city.programme
            .uptake()
            .rounds()
            .plan(
                finance,
                struct(
                    """
                    {'title': 'Bikes for all', 'pilot': 'urn:ngsi-ld:Pilot:p', 'currency': 'EUR',
                     'target': '200000', 'minimum': '100000', 'publicCap': '0.5',
                     'terms': {'url': 'https://city.example/terms'},
                     'conditionsPrecedent': ['a permit'],
                     'deadline': '2026-07-01T08:00:00Z'%s}
                    """
                        .formatted(more)))
            .record();
    return city.move(finance, planned, "open", "{}");
  }

  private void tranches(Dossier round) {
    for (var json :
        List.of(
            "{'title': 'first', 'amount': '30000.05'}",
            "{'title': 'last', 'amount': '90000.25', 'indicator': 'urn:ngsi-ld:Indicator:i'}"))
      city.programme.uptake().rounds().addTranche(finance, round.id(), struct(json));
  }

  private Dossier trancheOf(String title) {
    return city.all(Kind.TRANCHE).stream()
        .filter(one -> one.text("title").equals(title))
        .findFirst()
        .orElseThrow();
  }

  private void commit(
      Caller by, Dossier round, String party, String type, String amount, String inKind) {
    city.move(
        by,
        round,
        "commit",
        """
        {'organisation': '%s', 'financeType': '%s', 'amount': '%s', 'inKind': %s,
         'relatedPartyDeclared': false%s}
        """
            .formatted(
                party,
                type,
                amount,
                inKind,
                (amount.length() < 7 && inKind.equals("false")) || amount.equals("100000")
                    ? ", 'conditions': ['our board agrees']"
                    : ""));
  }

  private static String signed() {
    return "{'documents': [{'url': 'https://city.example/c', 'signedAt': '2026-06-01'}]}";
  }

  private static String payment(Dossier from, Dossier tranche, String amount) {
    return "{'commitment': '%s', 'tranche': '%s', 'amount': '%s'}"
        .formatted(from.id(), tranche.id(), amount);
  }

  private List<Value.Struct> commitmentsSeenBy(Caller someone, Dossier round) {
    return city.programme.list(
        someone, Kind.COMMITMENT, List.of(new Having("round", round.id())), 0, 10);
  }

  private static Double cut(java.util.Map<String, Value> leverage, String name) {
    return ((Value.Struct) leverage.get(name)).members().get("value").asNumber();
  }

  private Dossier get(Dossier record) {
    return city.get(record.kind(), record.id());
  }

  private void indicator(String verdict) {
    var members = struct("{'pilot': 'urn:ngsi-ld:Pilot:p', 'name': 'n'}").members();
    var id = "urn:ngsi-ld:Indicator:i";
    var found = city.all(Kind.INDICATOR).stream().findFirst();
    var after =
        found
            .orElseGet(() -> Dossier.of(Kind.INDICATOR, id, "LOCKED", members))
            .with("verdict", verdict);
    for (var edit : Dossiers.edits(found.orElse(null), after)) city.write(edit);
  }

  private void plant(Kind kind, String local, String state, String json) {
    var id = "urn:ngsi-ld:" + kind.title() + ":" + local;
    for (var edit : Dossiers.edits(null, Dossier.of(kind, id, state, struct(json).members())))
      city.write(edit);
  }
}
