package plaza.programme.figures;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import plaza.graph.Value;

/// How many pilots became services: SCALED / ended, for each year in which pilots started, with
/// bounds for those still open: from S / N if none of them scales to (S + open) / N if all do.
///
/// Only pilots that started count; one that lapsed before its start is in no cohort.
public final class Conversion {
  private static final Set<String> ENDED = Set.of("SCALED", "STOPPED", "CLOSED");
  private static final Set<String> OPEN = Set.of("ACTIVE", "SUSPENDED", "EVALUATING");

  private Conversion() {}

  /// @param state of the procedure Pilot
  /// @param startedAt when it became ACTIVE; null when unknown
  /// @param durable whether its service was live 12 months after it scaled; null when that is not
  ///   yet to be known
  public record Pilot(String state, @Nullable Instant startedAt, @Nullable Boolean durable) {
    boolean hasStarted() {
      return hasEnded() || isOpen();
    }

    boolean hasEnded() {
      return ENDED.contains(state);
    }

    boolean isOpen() {
      return OPEN.contains(state);
    }
  }

  /// @param durableKnown of the scaled, for how many the 12 months are over
  public record Cohort(
      long started, long scaled, long ended, long open, long durable, long durableKnown) {
    static Cohort of(List<Pilot> pilots) {
      return new Cohort(
          pilots.size(),
          pilots.stream().filter(pilot -> pilot.state().equals("SCALED")).count(),
          pilots.stream().filter(pilot -> ENDED.contains(pilot.state())).count(),
          pilots.stream().filter(pilot -> OPEN.contains(pilot.state())).count(),
          pilots.stream().filter(pilot -> isScaled(pilot, true)).count(),
          pilots.stream().filter(pilot -> isScaled(pilot, null)).count());
    }

    private static boolean isScaled(Pilot pilot, @Nullable Boolean durable) {
      return pilot.state().equals("SCALED")
          && pilot.durable() != null
          && (durable == null || durable.equals(pilot.durable()));
    }

    public @Nullable Double value() {
      return Answer.share(scaled, ended);
    }

    public @Nullable Double low() {
      return Answer.share(scaled, started);
    }

    public @Nullable Double high() {
      return Answer.share(scaled + open, started);
    }

    Answer answer() {
      return new Answer()
          .with("value", value())
          .with("low", low())
          .with("high", high())
          .with("bounds", bounds())
          .with("n", started)
          .with("scaled", scaled)
          .with("ended", ended)
          .with("open", open)
          .with("completion", Answer.share(ended, started))
          .with("durableScale", Answer.share(durable, durableKnown))
          .with("durableScaleN", durableKnown);
    }

    private Value bounds() {
      var low = low();
      var high = high();
      return new Value.Items(
          low == null || high == null ? List.of() : List.of(Value.of(low), Value.of(high)));
    }
  }

  /// Cohorts are years in UTC.
  public static Value.Struct of(List<Pilot> pilots, Window window) {
    var started = pilots.stream().filter(Pilot::hasStarted).toList();
    var byYear = new TreeMap<Integer, List<Pilot>>();
    for (var pilot : started)
      if (pilot.startedAt() != null)
        byYear
            .computeIfAbsent(
                pilot.startedAt().atZone(ZoneOffset.UTC).getYear(), _ -> new ArrayList<>())
            .add(pilot);
    return Cohort.of(started)
        .answer()
        .with(
            "cohorts",
            new Value.Items(
                byYear.entrySet().stream()
                    .<Value>map(entry ->
                        Cohort.of(entry.getValue()).answer().with("year", entry.getKey()).struct())
                    .toList()))
        .with("window", window.toValue())
        .struct();
  }
}
