package plaza.api.open311;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import plaza.graph.Refusal;

/// How often one address may do something within an hour. In memory and bounded; the addresses that
/// were quiet longest are forgotten first.
final class Allowance {
  private static final Duration SPAN = Duration.ofHours(1);
  private static final int REMEMBERED = 10_000;
  private final int most;
  private final InstantSource clock;
  private final Map<String, Deque<Instant>> uses =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Deque<Instant>> eldest) {
          return size() > REMEMBERED;
        }
      };

  Allowance(int most, InstantSource clock) {
    this.most = most;
    this.clock = clock;
  }

  /// @throws Refusal.TooMany when the address has used up its hour
  synchronized void use(String address) {
    var now = clock.instant();
    var times = uses.computeIfAbsent(address, _ -> new ArrayDeque<>());
    while (!times.isEmpty() && !times.getFirst().plus(SPAN).isAfter(now)) times.removeFirst();
    if (times.size() >= most)
      throw new Refusal.TooMany(
          "from one address "
              + most
              + " faults an hour can be reported without a key; send an api_key, or try again in "
              + (Duration.between(now, times.getFirst().plus(SPAN)).toMinutes() + 1)
              + " minutes");
    times.addLast(now);
  }
}
