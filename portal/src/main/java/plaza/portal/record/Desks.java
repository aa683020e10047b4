package plaza.portal.record;

import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.portal.page.Seen;
import plaza.programme.Programme;
import plaza.programme.fault.NewFault;
import plaza.programme.indicator.IndicatorDefinition;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Outcome;
import plaza.programme.record.Kind;

/// The programme's desks by the names that forms have for what they do.
final class Desks {
  private final Programme programme;

  Desks(Programme programme) {
    this.programme = programme;
  }

  /// @param kindAndName such as `Pilot sign`
  Outcome apply(Caller caller, String kindAndName, String id, Value.Struct body) {
    return switch (kindAndName) {
      case "FaultCategory amend" ->
          programme.demand().faults().amendCategory(caller, id, body, null);
      case "Challenge amend" -> programme.challenges().amend(caller, id, body, null);
      case "Challenge declareInterests" -> programme.reviews().declareInterests(caller, id, body);
      case "Proposal amend" -> programme.proposals().amend(caller, id, body, null);
      case "Exploration sign" -> programme.calls().explorations().sign(caller, id);
      case "Exploration takeKey" ->
          programme.calls().explorations().issueKey(caller, id, new Seen(body).text("label"));
      case "Pilot amend", "Pilot agree" -> programme.pilots().amend(caller, id, body, null);
      case "Pilot sign" -> programme.pilots().sign(caller, id);
      case "Pilot proposeNovation" -> programme.pilots().novations().propose(caller, id, body);
      case "Pilot signNovation" -> programme.pilots().novations().sign(caller, id, body);
      case "Pilot define" ->
          programme.indicators().define(caller, id, IndicatorDefinition.of(body));
      case "Pilot learn" -> programme.uptake().lessons().learn(caller, Kind.PILOT, id, body);
      case "FundingRound amend" -> programme.uptake().rounds().amend(caller, id, body, null);
      case "FundingRound addTranche" -> programme.uptake().rounds().addTranche(caller, id, body);
      case "FundingRound meetCondition" ->
          programme.uptake().rounds().meetCondition(caller, id, body);
      case "FundingRound learn" ->
          programme.uptake().lessons().learn(caller, Kind.FUNDING_ROUND, id, body);
      case "Service amend" -> programme.uptake().services().amend(caller, id, body, null);
      case "Service takeKey" ->
          programme.uptake().services().issueKey(caller, id, new Seen(body).text("label"));
      case "Service learn" -> programme.uptake().lessons().learn(caller, Kind.SERVICE, id, body);
      case "Replication learn" ->
          programme.uptake().lessons().learn(caller, Kind.REPLICATION, id, body);
      case "Indicator lock" -> programme.indicators().lock(caller, id);
      case "Indicator freezeBaseline" -> programme.indicators().freezeBaseline(caller, id);
      case "Indicator proposeAmendment" ->
          programme.indicators().proposeAmendment(caller, id, body);
      case "Evaluation publishEvaluation" -> programme.pilots().publishEvaluation(caller, id, body);
      case "GateDecision vote" -> programme.gates().vote(caller, id, body);
      case "Place amend" -> programme.hub().places().amend(caller, id, body, null);
      case "Booking amend" -> programme.hub().bookings().amend(caller, id, body, null);
      case "Booking dismantled" -> programme.hub().bookings().dismantled(caller, id, body);
      case "RegulatoryCase amend" -> programme.regulation().amend(caller, id, body, null);
      case "InnovationCluster join" -> programme.hub().clusters().join(caller, id, body);
      case "InnovationCluster leave" -> programme.hub().clusters().leave(caller, id, body);
      case "InnovationCluster amend" ->
          programme.hub().clusters().amendCluster(caller, id, body, null);
      case "Event amend" -> programme.hub().clusters().amendEvent(caller, id, body, null);
      default -> throw new IllegalArgumentException("no desk does '" + kindAndName + "'");
    };
  }

  Outcome open(Caller caller, Collection collection, Value.Struct body) {
    return switch (collection) {
      case CLUSTERS -> programme.clusters().open(caller, body);
      case FAULT_CATEGORIES -> programme.demand().faults().openCategory(caller, body);
      case CHALLENGES -> programme.challenges().draft(caller, body);
      case PROPOSALS -> programme.proposals().draft(caller, body);
      case PILOTS -> programme.pilots().open(caller, body);
      case GRANTS -> programme.grants().request(caller, body);
      case GATES -> programme.gates().open(caller, body);
      case PLACES -> programme.hub().places().open(caller, body);
      case BOOKINGS -> programme.hub().bookings().request(caller, body);
      case REGULATORY_CASES -> programme.regulation().raise(caller, body);
      case INNOVATION_CLUSTERS -> programme.hub().clusters().openCluster(caller, body);
      case EVENTS -> programme.hub().clusters().announce(caller, body);
      case ROUNDS -> programme.uptake().rounds().plan(caller, body);
      case SERVICES -> programme.uptake().services().draft(caller, body);
      case PACKAGES -> programme.uptake().packages().pack(caller, body);
      case REPLICATIONS -> programme.uptake().replications().propose(caller, body);
      case FAULTS -> programme.demand().faults().report(caller, NewFault.of(body));
      case NEEDS,
          REVIEWS,
          MODERATION_CASES,
          EXPLORATIONS,
          INDICATORS,
          EVALUATIONS,
          LESSONS,
          COMMITMENTS,
          TRANCHES,
          DISBURSEMENTS ->
          throw new Refusal.NotFound(collection.many() + " are not opened with a form here");
    };
  }
}
