package plaza.access.quota;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;
import plaza.graph.change.Edit;
import plaza.graph.change.Outcome;
import plaza.graph.change.Write;
import plaza.ledger.Allowance;
import plaza.ledger.Receipt;

/// The allowance of one place that is a pilot's own.
///
/// What a write may create is reserved before it is queued, so that writes at the same time do not
/// pass the limit together; what it created is counted when it is durable. The count is taken from
/// the graph at first, and again before anything is refused for it.
final class Quota implements Allowance {
  private static final Duration COUNTED_AGAIN_AFTER = Duration.ofSeconds(5);
  private final String name;
  private final QuotaLimits limits;
  private final Supplier<Integer> counting;
  private final Predicate<String> exists;
  private final InstantSource clock;
  private int count = -1;
  private int reserved;
  private Instant countedAt = Instant.MIN;
  private double tokens;
  private Instant refilledAt;

  /// @param name what is limited, for sentences
  /// @param counting how many entities there are
  Quota(
      String name,
      QuotaLimits limits,
      Supplier<Integer> counting,
      Predicate<String> exists,
      InstantSource clock) {
    this.name = name;
    this.limits = limits;
    this.counting = counting;
    this.exists = exists;
    this.clock = clock;
    this.tokens = limits.burst();
    this.refilledAt = clock.instant();
  }

  @Override
  public Settlement admit(Write write) {
    var mayCreate = new HashSet<String>();
    int edits = 0;
    for (var edit : write.edits()) {
      if (edit instanceof Edit.Expect) continue;
      edits++;
      requireSize(edit);
      if (creates(edit)) mayCreate.add(edit.entityId());
    }
    int held = reserve(edits, mayCreate);
    return receipt -> settle(write, receipt, held);
  }

  private void requireSize(Edit edit) {
    // Records print what they hold: near enough to what was sent.
    int size = edit.toString().length();
    if (size > limits.entitySize())
      throw new Refusal.TooLarge(
          "%s is written with %d characters; in %s one entity may have %d in one write"
              .formatted(edit.entityId(), size, name, limits.entitySize()));
  }

  private static boolean creates(Edit edit) {
    return switch (edit) {
      case Edit.Create _, Edit.Put _, Edit.Observe _ -> true;
      case Edit.Append(_, _, boolean create) -> create;
      default -> false;
    };
  }

  private synchronized int reserve(int edits, Set<String> mayCreate) {
    int wanted = mayCreate.isEmpty() ? 0 : room(mayCreate);
    take(edits);
    reserved += wanted;
    return wanted;
  }

  /// How much room to hold for what may be created.
  private int room(Set<String> mayCreate) {
    if (count < 0) recount();
    if (fits(mayCreate.size())) return mayCreate.size();
    // At the limit it is worth a look which of them are there already, and what has ended.
    if (countedAt.plus(COUNTED_AGAIN_AFTER).isBefore(clock.instant())) recount();
    int created = (int) mayCreate.stream().filter(exists.negate()).count();
    if (!fits(created))
      throw new Refusal.TooMany(
          "%s holds %d entities and may hold %d; delete some before you create %d more"
              .formatted(name, count, limits.entities(), created));
    return created;
  }

  private boolean fits(int more) {
    return count + reserved + more <= limits.entities();
  }

  private void recount() {
    count = counting.get();
    countedAt = clock.instant();
  }

  private void take(int edits) {
    var now = clock.instant();
    double passed = Math.max(0, Duration.between(refilledAt, now).toNanos() / 1e9);
    tokens = Math.min((double) limits.burst(), tokens + passed * limits.writesPerSecond());
    refilledAt = now;
    if (edits > tokens)
      throw new Refusal.TooMany(
          edits > limits.burst()
              ? "%s takes %d entities at once, not %d; send smaller batches"
                  .formatted(name, limits.burst(), edits)
              : "%s takes %d entities a second; send these %d again in %d s"
                  .formatted(
                      name,
                      limits.writesPerSecond(),
                      edits,
                      (long) Math.ceil((edits - tokens) / limits.writesPerSecond())));
    tokens -= edits;
  }

  private synchronized void settle(Write write, @Nullable Receipt receipt, int held) {
    reserved -= held;
    if (receipt == null || count < 0) return;
    for (int i = 0; i < receipt.outcomes().size(); i++)
      if (receipt.outcomes().get(i) instanceof Outcome.Done done) {
        if (done.created()) count++;
        else if (write.edits().get(i) instanceof Edit.Delete) count--;
      }
  }
}
