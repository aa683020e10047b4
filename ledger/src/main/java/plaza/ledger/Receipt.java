package plaza.ledger;

import java.time.Instant;
import java.util.List;
import plaza.graph.change.Outcome;
import plaza.ledger.store.Position;

/// Proof that a write is durable.
///
/// @param position of its commit; of the last one before it when it changed nothing
/// @param outcomes one per edit, in order
public record Receipt(Position position, Instant at, List<Outcome> outcomes) {
  public Receipt {
    outcomes = List.copyOf(outcomes);
  }
}
