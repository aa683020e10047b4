package plaza.programme;

import plaza.programme.call.ChallengeDesk;
import plaza.programme.call.ProposalDesk;
import plaza.programme.call.Receipts;
import plaza.programme.call.ReviewDesk;
import plaza.programme.exploration.ExplorationDesk;
import plaza.programme.pilot.GrantBinding;
import plaza.programme.procedure.Engine;

/// The desks of calls: what is asked for, what is proposed, and who judges it.
///
/// @param receipts proofs that proposals are what was sealed
public record Calls(
    ChallengeDesk challenges,
    ProposalDesk proposals,
    Receipts receipts,
    ReviewDesk reviews,
    ExplorationDesk explorations) {
  static Calls of(Engine engine, GrantBinding binding) {
    return new Calls(
        new ChallengeDesk(engine),
        new ProposalDesk(engine),
        new Receipts(engine),
        new ReviewDesk(engine),
        new ExplorationDesk(engine, binding));
  }
}
