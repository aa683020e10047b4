package plaza.portal.pilot;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import plaza.graph.Value;
import plaza.programme.Programme;
import plaza.programme.procedure.Caller;

/// Daily values of indicators, kept for a while: each costs a pass over weeks of readings.
final class Charts {
  private static final Duration HOLD = Duration.ofMinutes(1);
  private static final int MOST = 200;

  private final Programme programme;
  private final InstantSource clock;
  private final Map<String, Kept> kept = new ConcurrentHashMap<>();

  private record Kept(Value.Struct chart, Instant until) {}

  Charts(Programme programme, InstantSource clock) {
    this.programme = programme;
    this.clock = clock;
  }

  Value.Struct get(Caller caller, String indicatorId) {
    var now = clock.instant();
    var known = kept.get(indicatorId);
    if (known != null && now.isBefore(known.until)) return known.chart;
    var chart = programme.chart(caller, indicatorId);
    if (kept.size() >= MOST) kept.clear();
    kept.put(indicatorId, new Kept(chart, now.plus(HOLD)));
    return chart;
  }
}
