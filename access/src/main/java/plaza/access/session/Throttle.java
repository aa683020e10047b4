package plaza.access.session;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import plaza.graph.Refusal;

/// Slows down whoever keeps failing: after some free attempts each costs twice the wait of the one
/// before. In memory and bounded; the least recent are forgotten first.
public final class Throttle {
  private static final int REMEMBERED = 10_000;

  private final String what;
  private final int free;
  private final Duration longest;
  private final Duration forgottenAfter;
  private final InstantSource clock;
  private final Map<String, Failures> failures =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
          return size() > REMEMBERED;
        }
      };

  private record Failures(int count, Instant last) {}

  /// @param what is counted, as refusals say it, such as `sign-ins from this address`
  /// @param free how many failures cost nothing
  /// @param longest the longest wait
  public Throttle(
      String what, int free, Duration longest, Duration forgottenAfter, InstantSource clock) {
    this.what = what;
    this.free = free;
    this.longest = longest;
    this.forgottenAfter = forgottenAfter;
    this.clock = clock;
  }

  /// Counts an attempt as failed until [#forgive] says otherwise, so that many at the same time
  /// cannot slip through together.
  ///
  /// @throws Refusal.TooMany while the wait lasts; such an attempt does not count
  public synchronized void attempt(String who) {
    var now = clock.instant();
    var before = failures.get(who);
    int count = before == null || before.last.plus(forgottenAfter).isBefore(now) ? 0 : before.count;
    if (before != null && count >= free) {
      var wait = Duration.between(now, before.last.plus(waitAfter(count)));
      if (wait.isPositive())
        throw new Refusal.TooMany(
            "too many failed " + what + "; try again in " + (wait.toSeconds() + 1) + " seconds");
    }
    failures.put(who, new Failures(count + 1, now));
  }

  /// The last attempt was no failure.
  public synchronized void forgive(String who) {
    failures.computeIfPresent(
        who, (_, old) -> old.count <= 1 ? null : new Failures(old.count - 1, old.last));
  }

  /// None of the attempts so far count any more.
  public synchronized void forget(String who) {
    failures.remove(who);
  }

  private Duration waitAfter(int count) {
    var wait = Duration.ofSeconds(1L << Math.min(count - free, 20));
    return wait.compareTo(longest) > 0 ? longest : wait;
  }
}
