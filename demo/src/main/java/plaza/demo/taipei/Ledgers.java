package plaza.demo.taipei;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import plaza.graph.Refusal;
import plaza.ledger.Receipt;

/// Waits for writes that are on their way.
final class Ledgers {
  private Ledgers() {}

  static Receipt await(CompletableFuture<Receipt> write) {
    try {
      return write.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Refusal refusal) throw refusal;
      throw e;
    }
  }
}
