package plaza.programme;

import java.time.InstantSource;
import plaza.ledger.Reader;
import plaza.programme.demand.ClusterDesk;
import plaza.programme.demand.LiveSeries;
import plaza.programme.demand.NeedDesk;
import plaza.programme.demand.SimilarNeeds;
import plaza.programme.fault.FaultDesk;
import plaza.programme.moderation.ModerationDesk;
import plaza.programme.procedure.Engine;
import plaza.programme.record.RecordFeed;

/// The desks of demand: what people need, what is broken, and what is decided about it.
///
/// @param series the readings beside answers
public record Demand(
    NeedDesk needs,
    ClusterDesk clusters,
    FaultDesk faults,
    ModerationDesk moderation,
    LiveSeries series,
    Overdue overdue) {
  static Demand of(
      Engine engine, Reader reader, SimilarNeeds similar, RecordFeed records, InstantSource clock) {
    return new Demand(
        new NeedDesk(engine, similar, records),
        new ClusterDesk(engine, similar),
        new FaultDesk(engine),
        new ModerationDesk(engine.dossiers()),
        new LiveSeries(reader, clock),
        new Overdue(engine));
  }
}
