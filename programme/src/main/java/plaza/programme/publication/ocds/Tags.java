package plaza.programme.publication.ocds;

import java.util.List;
import plaza.programme.publication.Event;
import plaza.programme.record.Dossier;

/// Which steps are published, and as what (codelist releaseTag of OCDS 1.1). A step that no one
/// outside may see yet has no tag.
final class Tags {
  private Tags() {}

  static List<String> of(Event event, ContractingProcess process) {
    return switch (event.record().kind()) {
      case CHALLENGE -> ofCall(event);
      case PILOT -> ofPilot(event, process);
      case FUNDING_ROUND -> ofRound(event, process);
      case SERVICE -> ofService(event);
      case EXPLORATION -> ofExploration(event);
      case EVALUATION -> event.is("publish") ? List.of("implementationUpdate") : List.of();
      default -> List.of();
    };
  }

  private static List<String> ofCall(Event event) {
    return switch (event.action()) {
      case "approve" -> List.of("planning", "tender");
      case "open" -> List.of("tender");
      case "extend" -> List.of("tenderAmendment");
      case "close", "startEvaluation", "declareUnsuccessful", "complete" -> List.of("tenderUpdate");
      case "cancel" -> List.of("tenderCancellation");
      case "decide" -> List.of("award");
      default -> List.of();
    };
  }

  private static List<String> ofPilot(Event event, ContractingProcess process) {
    boolean direct = process.challenge() == null;
    return switch (event.action()) {
      case "makeReady" ->
          direct ? List.of("planning", "tender", "award", "contract") : List.of("contract");
      case "start" -> List.of("contract", "implementation");
      case "suspend", "resume", "finish" -> List.of("implementationUpdate");
      case "extend", "gateExtend", "amendKpi", "novate" -> List.of("contractAmendment");
      case "gateScale", "gateStop", "gateClose", "terminate" ->
          List.of("contractTermination", "implementationUpdate");
      case "lapse" -> direct ? List.of() : List.of("awardCancellation");
      default -> List.of();
    };
  }

  private static List<String> ofService(Event event) {
    return switch (event.action()) {
      case "launch" -> List.of("planning", "tender", "award", "contract", "implementation");
      case "suspend", "resume" -> List.of("implementationUpdate");
      case "renew", "sunset", "revive" -> List.of("contractUpdate");
      case "retire" -> List.of("contractTermination");
      default -> List.of();
    };
  }

  private static List<String> ofExploration(Event event) {
    return switch (event.action()) {
      case "start" -> List.of("award", "contract");
      case "handIn", "pay" -> List.of("implementationUpdate");
      case "end" -> List.of("contractTermination");
      default -> List.of();
    };
  }

  /// Of a round whose pilot is public by then; before there is no contract to finance.
  private static List<String> ofRound(Event event, ContractingProcess process) {
    if (event.record().kind().isConcealed(event.to()) || !hasContract(event, process))
      return List.of();
    return switch (event.action()) {
      case "open", "commercialClose", "financialClose", "fail" -> List.of("contractUpdate");
      case "disburse", "complete" -> List.of("implementationUpdate");
      default -> List.of();
    };
  }

  private static boolean hasContract(Event event, ContractingProcess process) {
    return process.pilots().stream()
        .filter(pilot -> process.isFor(event.record(), pilot))
        .flatMap(pilot -> process.history(pilot).stream())
        .filter(one -> one.number() <= event.number())
        .reduce((_, last) -> last)
        .filter(one -> !isConcealed(one.record()))
        .isPresent();
  }

  private static boolean isConcealed(Dossier pilot) {
    return pilot.kind().isConcealed(pilot.state());
  }
}
