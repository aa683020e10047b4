package plaza.programme.procedure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import plaza.json.Json;
import plaza.programme.record.Kind;

class ProceduresTest {
  @Test
  void allLoadAndAreSound() {
    assertThat(Procedures.load().all())
        .extracting(Procedure::name)
        .containsExactlyInAnyOrder(
            "Need",
            "NeedCluster",
            "ServiceRequest",
            "ModerationCase",
            "Challenge",
            "Proposal",
            "Review",
            "Exploration",
            "Pilot",
            "DataGrant",
            "Booking",
            "RegulatoryCase",
            "FundingRound",
            "Service",
            "Replication");
    for (var procedure : Procedures.load().all())
      assertThat(Kind.find(procedure.name())).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "[{'from':'A','action':'go','to':'B'}]; the state C is never reached",
        "[{'from':'A','action':'go','to':'B'},{'from':'A','action':'go','to':'C'},"
            + "{'from':'B','action':'on','to':'C'}]; A has two steps 'go'",
        "[{'from':'A','action':'go','to':'B'},{'from':'A','action':'end','to':'C'}];"
            + " no end can be reached from B",
        "[{'from':'A','action':'go','to':'D'},{'from':'A','action':'end','to':'C'}];"
            + " the state D is not listed"
      })
  void anUnsoundProcedureIsRefusedWithWhatIsWrong(String steps, String fault) {
    var full = steps.replace("}", ",'by':'pmo','guards':[],'effects':[]}");
    var json =
        "{'P':{'initial':'A','terminal':['C'],'states':['A','B','C'],'mapsTo':'','transitions':"
            + full
            + "}}";

    assertThatThrownBy(() -> Procedures.parse(Json.parse(json.replace('\'', '"'))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(fault.strip());
  }

  @Test
  void aWordThatNobodyKnowsStopsTheStart() {
    assertThatThrownBy(() -> new Functions().check(Procedures.load()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Pilot.makeReady: guard exitPlan");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      nullValues = "-",
      value = {
        "reasonCode; reasonCode; -; ''",
        "publicReason>=80chars; publicReason; >=; 80chars",
        "closesAt-opensAt>=minCallDays; closesAt-opensAt; >=; minCallDays",
        "personalData=>DPIAref; personalData; =>; DPIAref",
        "rubricWeights=100; rubricWeights; =; 100",
        "approver!=sponsor; approver; !=; sponsor",
        "coParticipation<24m; coParticipation; <; 24m",
        "contests>=max(3,10%ofSupporters); contests; >=; max(3,10%ofSupporters)",
        "before 50% of period; before; -; 50% of period",
        "now in [start-15m,end]; now; in; [start-15m,end]",
        "scaleRoute in {procure,fund}; scaleRoute; in; {procure,fund}",
        "90dRetention>=threshold; 90dRetention; >=; threshold"
      })
  void aConditionIsTakenApart(String text, String name, String operator, String right) {
    var term = Term.parse(text);

    assertThat(term.name()).isEqualTo(name);
    assertThat(term.operator()).isEqualTo(operator);
    assertThat(term.right()).isEqualTo(right);
  }

  @Test
  void argumentsWordsAndConditionsUnderConditionsAreTakenApart() {
    assertThat(Term.parse("publishOCDS(tender,planned)").arguments())
        .containsExactly("tender", "planned");
    assertThat(Term.parse("OCDS milestone financialClose").arguments())
        .containsExactly("milestone", "financialClose");
    assertThat(Term.parse("reason if fieldOwner").onlyIf()).isEqualTo("fieldOwner");
    assertThat(Term.parse("tranche.kpiVerdict=MET if outcome-based").right()).isEqualTo("MET");
    assertThat(Term.alternatives("openFundingRound|publishOCDS(planning)")).hasSize(2);
    assertThat(Term.parse("publicReason>=80chars").threshold()).isEqualTo(80);
    assertThat(Term.parse("quorumPerProposal>=3").holds(3)).isTrue();
    assertThat(Term.parse("extensions<2").holds(2)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a||b", "a(b", "a)b", "a(b))", "§", "|a"})
  void whatIsNoExpressionIsRefused(String text) {
    assertThatThrownBy(() -> Term.alternatives(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whoMayIsTakenApart() {
    assertThat(Who.alternatives("author(token|account)"))
        .containsExactly(new Who.Related("author", List.of("token", "account")));
    assertThat(Who.alternatives("system(clock)|pmo"))
        .containsExactly(new Who.Plaza("clock"), new Who.Role("pmo"));
    assertThat(Who.alternatives("moderator|suggestion accepted by pmo"))
        .containsExactly(new Who.Role("moderator"), new Who.Role("pmo"));
    assertThatThrownBy(() -> Who.alternatives("pmo(clock)"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
