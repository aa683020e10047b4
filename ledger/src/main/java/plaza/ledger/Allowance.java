package plaza.ledger;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;
import plaza.graph.change.Write;

/// How much somebody may write: asked before each of their writes is queued. Must be quick and
/// thread-safe.
@FunctionalInterface
public interface Allowance {
  /// @return told what became of the write
  /// @throws Refusal.TooMany or [Refusal.TooLarge] when it would be more than allowed
  Settlement admit(Write write);

  /// Hears what became of a write that was admitted, before the writer does.
  @FunctionalInterface
  interface Settlement {
    /// @param receipt null when the write was refused
    void settle(@Nullable Receipt receipt);

    /// What was admitted is settled whatever becomes of it, and before the writer goes on.
    default CompletableFuture<Receipt> of(Supplier<CompletableFuture<Receipt>> queueing) {
      try {
        return queueing.get().whenComplete((receipt, _) -> settle(receipt));
      } catch (Refusal refusal) {
        settle(null);
        throw refusal;
      }
    }
  }
}
