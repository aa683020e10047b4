package plaza.programme;

import static org.assertj.core.api.Assertions.assertThat;
import static plaza.programme.ProgrammeCity.struct;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.programme.procedure.Caller;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Kind;

/// I10: whatever is asked in whatever order, no round pays more than was committed to it, and no
/// tranche that waits for an indicator is paid before that was MET. A run is named by its seed.
class RoundInvariantsTest {
  private static final int COMMANDS = 500;
  private final Map<String, String> verdictWhenPaid = new HashMap<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void noRoundPaysMoreThanWasCommittedNorATrancheBeforeItsVerdict(long seed) {
    var city = new ProgrammeCity();
    try {
      var random = new Random(seed);
      var finance = city.person("fin", "financeOfficer");
      for (int i = 0; i < 2; i++) {
        write(
            city,
            null,
            Dossier.of(Kind.PILOT, pilot(i), "SCALED", struct("{'title': 't'}").members()));
        var members = struct("{'name': 'n', 'pilot': '%s'}".formatted(pilot(i))).members();
        write(city, null, Dossier.of(Kind.INDICATOR, indicator(i), "LOCKED", members));
      }
      for (int i = 0; i < COMMANDS; i++) {
        try {
          command(city, random, finance);
        } catch (Refusal refused) {
          assertThat(refused).isNotInstanceOf(Refusal.Unsupported.class);
        }
        if (random.nextInt(60) == 0) city = city.restarted();
        if (i % 5 == 0) {
          city.tick();
          assertSolvent(city);
        }
      }
      assertSolvent(city);
      assertThat(city.all(Kind.DISBURSEMENT)).as("something was paid").isNotEmpty();
      assertThat(city.programme.verify(Address.DEFAULT)).isEmpty();
    } finally {
      city.close();
    }
  }

  private static String pilot(int number) {
    return "urn:ngsi-ld:Pilot:p" + number;
  }

  private static String indicator(int number) {
    return "urn:ngsi-ld:Indicator:i" + number;
  }

  private void command(ProgrammeCity city, Random random, Caller finance) {
    var all = city.all(Kind.FUNDING_ROUND);
    var running = all.stream().filter(one -> !one.is("FAILED", "COMPLETED", "CANCELLED")).toList();
    var rounds = random.nextInt(8) == 0 ? all : running;
    if (running.size() < 3) {
      plan(city, random, finance);
      return;
    }
    var round = rounds.get(random.nextInt(rounds.size()));
    switch (random.nextInt(16)) {
      case 0 -> city.move(finance, round, "open", "{}");
      case 1, 2, 3 -> commit(city, random, finance, round);
      case 4 -> city.move(finance, round, "commercialClose", "{}");
      case 5 ->
          city.move(
              finance,
              round,
              "financialClose",
              "{'documents': [{'url': 'https://c.example', 'signedAt': '2026-06-01'}]}");
      case 6 -> tranche(city, random, finance, round);
      case 7 -> judge(city, random);
      case 8 -> {
        if (random.nextInt(4) == 0) city.pass(Duration.ofDays(random.nextInt(8)));
      }
      case 9 -> {
        if (random.nextInt(6) == 0) city.move(finance, round, "fail", "{'reason': 'r'}");
      }
      case 10 -> {
        if (random.nextInt(6) == 0)
          city.move(finance, round, "complete", "{'residualReleased': 'r'}");
      }
      default -> pay(city, random, finance, round);
    }
  }

  private static void plan(ProgrammeCity city, Random random, Caller finance) {
    city.programme
        .uptake()
        .rounds()
        .plan(
            finance,
            struct(
                """
                {'title': 't', 'pilot': '%s', 'currency': '%s', 'target': '1000', 'minimum': '%d',
                 'publicCap': '1', 'terms': {'url': 'https://c.example'}, 'deadline': '%s'}
                """
                    .formatted(
                        pilot(random.nextInt(2)),
                        random.nextBoolean() ? "EUR" : "TWD",
                        random.nextInt(40),
                        city.now.plus(Duration.ofDays(1 + random.nextInt(30))))));
  }

  private static void commit(ProgrammeCity city, Random random, Caller finance, Dossier round) {
    city.move(
        finance,
        round,
        "commit",
        """
        {'organisation': 'urn:o:%d', 'financeType': 'loan', 'amount': '%d.%02d', 'inKind': %s,
         'relatedPartyDeclared': false, 'currency': '%s'}
        """
            .formatted(
                random.nextInt(4),
                random.nextInt(100),
                random.nextInt(100),
                random.nextInt(4) == 0,
                random.nextInt(6) == 0 ? "JPY" : round.text("currency")));
  }

  private static void tranche(ProgrammeCity city, Random random, Caller finance, Dossier round) {
    if (random.nextInt(3) != 0) return;
    var waits =
        random.nextBoolean()
            ? ", 'indicator': '"
                + indicator(Integer.parseInt(round.text("pilot").substring(19)))
                + "'"
            : "";
    city.programme
        .uptake()
        .rounds()
        .addTranche(
            finance,
            round.id(),
            struct("{'title': 't', 'amount': '%d'%s}".formatted(1 + random.nextInt(60), waits)));
  }

  private static void judge(ProgrammeCity city, Random random) {
    var indicator = city.get(Kind.INDICATOR, indicator(random.nextInt(2)));
    var verdicts = List.of("MET", "NOT_MET", "INCONCLUSIVE");
    write(city, indicator, indicator.with("verdict", verdicts.get(random.nextInt(3))));
  }

  private void pay(ProgrammeCity city, Random random, Caller finance, Dossier round) {
    var commitments = city.all(Kind.COMMITMENT);
    if (commitments.isEmpty()) return;
    var mine = commitments.stream().filter(one -> one.texts("round").contains(round.id())).toList();
    var from =
        mine.isEmpty() || random.nextInt(8) == 0
            ? commitments.get(random.nextInt(commitments.size()))
            : mine.get(random.nextInt(mine.size()));
    var tranches =
        new Dossiers(city.reader)
            .list(Address.DEFAULT, Kind.TRANCHE, List.of(new Having("round", round.id())));
    var tranche =
        tranches.isEmpty() || random.nextInt(8) == 0
            ? ""
            : ", 'tranche': '" + tranches.get(random.nextInt(tranches.size())).id() + "'";
    var paid =
        city.step(
            finance,
            round,
            "disburse",
            "{'commitment': '%s', 'amount': '%d.%02d'%s}"
                .formatted(from.id(), random.nextInt(60), random.nextInt(100), tranche));
    var id = ((plaza.graph.Value.Text) paid.answers().get("disbursement")).text();
    city.get(Kind.DISBURSEMENT, id)
        .findText("tranche")
        .flatMap(one -> city.get(Kind.TRANCHE, one).findText("indicator"))
        .ifPresent(one ->
            verdictWhenPaid.put(
                id, city.get(Kind.INDICATOR, one).findText("verdict").orElse("none")));
  }

  private void assertSolvent(ProgrammeCity city) {
    var committed = new HashMap<String, BigDecimal>();
    var currencies = new HashMap<String, String>();
    for (var one : city.all(Kind.COMMITMENT)) {
      var round = city.get(Kind.FUNDING_ROUND, one.text("round"));
      assertThat(one.text("currency")).isEqualTo(round.text("currency"));
      currencies.put(one.id(), one.text("currency"));
      if (round.is("FAILED")) assertThat(one.state()).isEqualTo("RELEASED");
      if (one.is("RELEASED") || one.flag("inKind")) continue;
      var amount = new BigDecimal(one.text("amount"));
      committed.merge(round.id(), amount, BigDecimal::add);
      committed.put(one.id(), amount);
    }
    for (var one : city.all(Kind.TRANCHE))
      committed.put(one.id(), new BigDecimal(one.text("amount")));
    var paid = new HashMap<String, BigDecimal>();
    for (var one : city.all(Kind.DISBURSEMENT)) {
      assertThat(one.text("currency")).isEqualTo(currencies.get(one.text("commitment")));
      var amount = new BigDecimal(one.text("amount"));
      assertThat(amount).isPositive();
      for (var field : List.of("round", "commitment", "tranche"))
        one.findText(field).ifPresent(id -> paid.merge(id, amount, BigDecimal::add));
    }
    paid.forEach((id, sum) ->
        assertThat(sum).as(id).isLessThanOrEqualTo(committed.getOrDefault(id, BigDecimal.ZERO)));
    assertThat(verdictWhenPaid.values()).allMatch("MET"::equals);
  }

  private static void write(
      ProgrammeCity city, @org.jspecify.annotations.Nullable Dossier before, Dossier after) {
    for (var edit : Dossiers.edits(before, after)) city.write(edit);
  }
}
