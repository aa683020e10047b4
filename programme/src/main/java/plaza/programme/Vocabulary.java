package plaza.programme;

import plaza.ledger.Reader;
import plaza.programme.call.CallWords;
import plaza.programme.call.Conflicts;
import plaza.programme.call.ProposalWords;
import plaza.programme.demand.DemandWords;
import plaza.programme.demand.SimilarNeeds;
import plaza.programme.exploration.ExplorationWords;
import plaza.programme.fault.FaultWords;
import plaza.programme.finance.RoundWords;
import plaza.programme.indicator.Meter;
import plaza.programme.indicator.Readiness;
import plaza.programme.moderation.ModerationWords;
import plaza.programme.pilot.GateWords;
import plaza.programme.pilot.GrantBinding;
import plaza.programme.pilot.GrantWords;
import plaza.programme.pilot.Measurements;
import plaza.programme.pilot.NovationWords;
import plaza.programme.pilot.PilotWords;
import plaza.programme.place.BookingWords;
import plaza.programme.place.PilotBookings;
import plaza.programme.procedure.CommonWords;
import plaza.programme.procedure.Functions;
import plaza.programme.procedure.Rules;
import plaza.programme.regulation.RegulationWords;
import plaza.programme.replication.ReplicationWords;
import plaza.programme.service.ServiceWords;
import plaza.programme.usage.UsageMeter;

/// Every word of the procedures' data with the function that it means.
final class Vocabulary {
  private Vocabulary() {}

  static Functions of(
      Reader reader,
      Meter meter,
      Measurements measurements,
      Conflicts conflicts,
      SimilarNeeds similar,
      Rules rules,
      GrantBinding binding,
      UsageMeter meterOfUse) {
    var functions = new Functions();
    CommonWords.register(functions);
    new DemandWords(similar, rules).register(functions);
    new ModerationWords().register(functions);
    new FaultWords().register(functions);
    new CallWords(new Readiness(reader, meter), rules).register(functions);
    new ProposalWords(rules).register(functions);
    new ExplorationWords(binding).register(functions);
    new PilotWords(measurements, binding).register(functions);
    new NovationWords(conflicts, binding).register(functions);
    new GateWords(rules, conflicts).register(functions);
    new GrantWords(binding).register(functions);
    new BookingWords().register(functions);
    new PilotBookings().register(functions);
    new RegulationWords(rules).register(functions);
    new RoundWords().register(functions);
    new ServiceWords(binding, meterOfUse).register(functions);
    new ReplicationWords().register(functions);
    return functions;
  }
}
