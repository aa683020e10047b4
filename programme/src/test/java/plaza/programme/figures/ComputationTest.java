package plaza.programme.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.json.Json;

/// Worked examples of the formulae in PROGRAMME's indicators, by hand.
class ComputationTest {
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

  @Test
  void leverageIsPrivateOverPublicInThreeCutsAndCashOnly() {
    var leverage =
        figure(
            "leverage",
            """
            {"commitments": [
              {"publicShare": 1,   "currency": "KRW", "amount": "1500000000000", "state": "disbursed"},
              {"publicShare": 0,   "currency": "KRW", "amount": "700000000000", "state": "closed"},
              {"publicShare": 0.4, "currency": "KRW", "amount": "60000000000"},
              {"publicShare": 0,   "currency": "KRW", "amount": "5", "kind": "inKind"}]}
            """);

    assertThat(at(leverage, "committed", "value")).isEqualTo(Value.of(0.76 / 1.5));
    assertThat(at(leverage, "committed", "privateShare")).isEqualTo(Value.of(0.76 / 2.26));
    assertThat(at(leverage, "closed", "private")).isEqualTo(Value.of("700000000000"));
    assertThat(at(leverage, "disbursed", "value")).isEqualTo(Value.of(0.0));
    assertThat(at(leverage, "inKind", "private")).isEqualTo(Value.of("5"));
    assertThat(at(leverage, "n")).isEqualTo(Value.of(4));
  }

  @Test
  void aPartyHalfOwnedByThePublicIsPublicAndWithoutPublicMoneyThereIsNoLeverage() {
    assertThat(at(leverageOf("0.5"), "value")).isEqualTo(Value.of(0.0));
    assertThat(at(leverageOf("0.49"), "value")).isEqualTo(Value.Null.VALUE);
  }

  private static Value.Struct leverageOf(String publicShare) {
    return figure(
        "leverage",
        "{\"commitments\": [{\"publicShare\": %s, \"amount\": 10, \"currency\": \"EUR\"}]}"
            .formatted(publicShare));
  }

  @Test
  void currenciesAreNeverAddedUp() {
    var leverage =
        figure(
            "leverage",
            """
            {"commitments": [
              {"public": true, "currency": "EUR", "amount": 100.10},
              {"public": false, "currency": "EUR", "amount": 50.05},
              {"public": true, "currency": "TWD", "amount": 1000}]}
            """);

    assertThat(at(leverage, "value")).isEqualTo(Value.Null.VALUE);
    var currencies = ((Value.Items) leverage.members().get("currencies")).items();
    assertThat(currencies).hasSize(2);
    assertThat(at((Value.Struct) currencies.getFirst(), "value")).isEqualTo(Value.of(0.5));
  }

  @Test
  void conversionHasBoundsForPilotsStillOpen() {
    var conversion =
        figure(
            "conversion",
            """
            {"pilots": [
              {"state": "SCALED",    "startedAt": "2024-02-01", "liveAfter12Months": true},
              {"state": "SCALED",    "startedAt": "2024-03-01", "liveAfter12Months": false},
              {"state": "STOPPED",   "startedAt": "2024-05-01"},
              {"state": "CLOSED",    "startedAt": "2024-06-01"},
              {"state": "ACTIVE",    "startedAt": "2025-01-01"},
              {"state": "SUSPENDED", "startedAt": "2025-02-01"},
              {"state": "LAPSED"}, {"state": "PREPARING"}]}
            """);

    assertThat(at(conversion, "value")).isEqualTo(Value.of(0.5));
    assertThat(at(conversion, "low")).isEqualTo(Value.of(2.0 / 6));
    assertThat(at(conversion, "high")).isEqualTo(Value.of(4.0 / 6));
    assertThat(at(conversion, "n")).isEqualTo(Value.of(6));
    assertThat(at(conversion, "completion")).isEqualTo(Value.of(4.0 / 6));
    assertThat(at(conversion, "durableScale")).isEqualTo(Value.of(0.5));
    var cohorts = ((Value.Items) conversion.members().get("cohorts")).items();
    assertThat(cohorts).hasSize(2);
    assertThat(at((Value.Struct) cohorts.get(1), "year")).isEqualTo(Value.of(2025));
    assertThat(at((Value.Struct) cohorts.get(1), "value")).isEqualTo(Value.Null.VALUE);
    assertThat(at((Value.Struct) cohorts.get(1), "high")).isEqualTo(Value.of(1.0));
  }

  @Test
  void timeToPilotIsAMedianAndANearestRankPercentile() {
    var days = new StringBuilder();
    for (int day = 2; day <= 11; day++)
      days.append(day == 2 ? "" : ",")
          .append("{\"state\": \"ACTIVE\", \"challengeOpenedAt\": \"2026-01-01\", \"activeAt\":")
          .append(" \"2026-01-%02d\"}".formatted(day));
    var time = figure("timeToPilotDays", "{\"pilots\": [" + days + "]}");

    assertThat(at(time, "median")).isEqualTo(Value.of(5.5));
    assertThat(at(time, "p90")).isEqualTo(Value.of(9.0));
    assertThat(at(time, "n")).isEqualTo(Value.of(10));
    assertThat(at(time, "toFirstData", "median")).isEqualTo(Value.Null.VALUE);
  }

  @Test
  void demandCoverageCountsPeopleOnceHoweverManyNeedsTheySupport() {
    var coverage =
        figure(
            "demandCoverage",
            """
            {"clusters": [
              {"id": "c1", "supporters": ["a", "b", "c"]},
              {"id": "c2", "supporters": ["b", "c", "d"], "serviceStates": ["LIVE"]},
              {"id": "c3", "supporters": ["e"], "pilotStates": ["STOPPED"]},
              {"id": "c4", "supporters": ["f"], "published": false}],
             "pilots": [{"state": "ACTIVE", "cluster": "c1"}]}
            """);

    assertThat(at(coverage, "value")).isEqualTo(Value.of(0.8));
    assertThat(at(coverage, "n")).isEqualTo(Value.of(5));
    assertThat(at(coverage, "answeredClusters")).isEqualTo(Value.of(2));
  }

  @Test
  void retentionSuppressesCohortsBelowTen() {
    var retention =
        figure(
            "retention",
            """
            {"cohorts": [{"cohort": "2026-01", "members": 40, "active": 10},
                         {"cohort": "2026-02", "members": 9, "active": 9}]}
            """);

    assertThat(at(retention, "value")).isEqualTo(Value.of(0.25));
    assertThat(at(retention, "n")).isEqualTo(Value.of(40));
    assertThat(at(retention, "suppressed")).isEqualTo(Value.of(1));
    var small = (Value.Struct) ((Value.Items) retention.members().get("cohorts")).items().get(1);
    assertThat(small.members())
        .containsEntry("value", Value.Null.VALUE)
        .doesNotContainKey("active");
  }

  @Test
  void collaborationLooksAtTiesOfTwentyFourMonths() {
    var collaboration =
        figure(
            "collaboration",
            """
            {"asOf": "2026-06-01",
             "organisations": [
               {"id": "a", "sector": "startup"}, {"id": "b", "sector": "university"},
               {"id": "c", "sector": "startup"}, {"id": "d", "sector": "company"}],
             "edges": [
               {"from": "a", "to": "b", "kind": "pilot", "at": "2026-01-01"},
               {"from": "b", "to": "a", "kind": "proposal", "at": "2025-01-01"},
               {"from": "a", "to": "c", "kind": "funding", "at": "2024-06-01"},
               {"from": "c", "to": "d", "kind": "pilot", "at": "2024-05-31"},
               {"from": "b", "to": "d", "kind": "event", "at": "2026-01-01"}]}
            """);

    assertThat(at(collaboration, "density")).isEqualTo(Value.of(4.0 / 12));
    assertThat(at(collaboration, "meanDegree")).isEqualTo(Value.of(1.0));
    assertThat(at(collaboration, "largestComponentShare")).isEqualTo(Value.of(0.75));
    assertThat(at(collaboration, "eiIndex")).isEqualTo(Value.of(0.0));
    assertThat(at(collaboration, "crossSectorShare")).isEqualTo(Value.of(0.5));
    assertThat(at(collaboration, "ties")).isEqualTo(Value.of(2));
  }

  @Test
  void portabilityWeighsFitsAndNeedsEveryMandatoryOne() {
    var requirements =
        """
        {"requirements": [
          {"name": "bikes", "weight": 3, "mandatory": true, "fit": "%s"},
          {"name": "weather", "weight": 1, "fit": "degraded"},
          {"name": "events", "weight": 1, "fit": "missing"}]}
        """;
    var good = figure("portability", requirements.formatted("mappable"));
    var bad = figure("portability", requirements.formatted("degraded"));

    assertThat(at(good, "value")).isEqualTo(Value.of((3 * 0.8 + 0.4) / 5));
    assertThat(at(good, "deployable")).isEqualTo(Value.of(true));
    assertThat(at(bad, "deployable")).isEqualTo(Value.of(false));
    assertThat(at(bad, "blocking")).isEqualTo(Value.of(List.of("bikes")));
  }

  @Test
  void withoutAnythingToCountAFigureIsNullAndNotZero() {
    var answers =
        compute(
            """
            {"commitments": [], "pilots": [], "clusters": [], "cohorts": [], "edges": [],
             "requirements": []}
            """);

    for (var figure : List.of("conversion", "demandCoverage", "retention", "portability"))
      assertThat(at(answers, figure, "value")).as(figure).isEqualTo(Value.Null.VALUE);
    assertThat(at(answers, "leverage", "value")).isEqualTo(Value.Null.VALUE);
    assertThat(at(answers, "collaboration", "density")).isEqualTo(Value.Null.VALUE);
    assertThat(at(answers, "timeToPilotDays", "p90")).isEqualTo(Value.Null.VALUE);
  }

  @Test
  void whatCannotBeUnderstoodIsRefusedAndSaysWhere() {
    assertThatThrownBy(() -> compute("{\"pilots\": [{\"startedAt\": \"2026-01-01\"}]}"))
        .isInstanceOf(Refusal.Invalid.class)
        .hasMessageContaining("pilots[0] needs state");
    assertThatThrownBy(() -> compute("{}")).hasMessageContaining("commitments");
    assertThatThrownBy(() -> compute("{\"cohorts\": [{\"members\": 5, \"active\": 6}]}"))
        .hasMessageContaining("at most members");
  }

  private static Value.Struct figure(String name, String request) {
    return (Value.Struct) compute(request).members().get(name);
  }

  private static Value.Struct compute(String request) {
    return Computation.of((Value.Struct) Json.parse(request), NOW);
  }

  private static Value at(Value.Struct figure, String... path) {
    Value value = figure;
    for (var name : path) {
      Map<String, Value> members = ((Value.Struct) value).members();
      assertThat(members).containsKey(name);
      value = members.get(name);
    }
    return value;
  }
}
