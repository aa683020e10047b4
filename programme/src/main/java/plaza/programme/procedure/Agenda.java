package plaza.programme.procedure;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// When time may move a record: the earliest moment at which a step that Plaza takes by itself
/// could have all its guards met, as far as these speak of time. Others may hold it up for longer.
public final class Agenda {
  private static final Pattern SHIFTED = Pattern.compile("(\\w+)([+-])(\\d+[mhd]|[a-z]\\w*)");

  private final Map<Kind, List<Step>> steps = new EnumMap<>(Kind.class);

  public Agenda(Engine engine) {
    for (var kind : Kind.values()) steps.put(kind, engine.stepsByClock(kind));
  }

  /// [Instant#MAX] when no step leads on, or one waits for a moment that nobody has set.
  public Instant next(Dossier record) {
    var next = Instant.MAX;
    for (var step : steps.getOrDefault(record.kind(), List.of()))
      if (step.from().equals(record.state())) {
        var at = notBefore(record, step);
        if (at.isBefore(next)) next = at;
      }
    return next;
  }

  private static Instant notBefore(Dossier record, Step step) {
    var latest = Instant.EPOCH;
    for (var guard : step.guards()) {
      var at =
          guard.alternatives().stream()
              .map(term -> notBefore(record, term))
              .min(Comparator.naturalOrder())
              .orElse(Instant.EPOCH);
      if (at.isAfter(latest)) latest = at;
    }
    return latest;
  }

  /// `now>=opensAt`, `now>start+grace`, `now in [start-15m,end]`; what is not about now may hold at
  /// any time.
  private static Instant notBefore(Dossier record, Term term) {
    if (!term.name().equals("now")) return Instant.EPOCH;
    var text =
        "in".equals(term.operator())
            ? new ArrayList<>(Term.split(term.right().substring(1, term.right().length() - 1), ','))
                .getFirst()
            : term.right();
    return moment(record, text).orElse(Instant.MAX);
  }

  /// A field that holds a moment, alone or with a wait added or taken (`start-15m`, or
  /// `start+grace` where the field grace holds minutes), or a share of the period from startDate to
  /// endDate.
  static Optional<Instant> moment(Dossier record, String text) {
    if (text.endsWith("% of period")) return ofPeriod(record, text);
    var shifted = SHIFTED.matcher(text);
    if (!shifted.matches()) return record.findMoment(text);
    var wait = wait(record, shifted.group(3));
    return record
        .findMoment(shifted.group(1))
        .map(at -> shifted.group(2).equals("+") ? at.plus(wait) : at.minus(wait));
  }

  private static Duration wait(Dossier record, String text) {
    if (!Character.isDigit(text.charAt(0))) return Duration.ofMinutes(record.count(text));
    long number = Long.parseLong(text.substring(0, text.length() - 1));
    return switch (text.charAt(text.length() - 1)) {
      case 'm' -> Duration.ofMinutes(number);
      case 'h' -> Duration.ofHours(number);
      case 'd' -> Duration.ofDays(number);
      default -> throw new IllegalArgumentException("'" + text + "' is no wait such as 15m or 90d");
    };
  }

  private static Optional<Instant> ofPeriod(Dossier record, String text) {
    long percent = Long.parseLong(text.substring(0, text.indexOf('%')));
    var start = record.findMoment("startDate");
    var end = record.findMoment("endDate");
    if (start.isEmpty() || end.isEmpty()) return Optional.empty();
    long millis = end.get().toEpochMilli() - start.get().toEpochMilli();
    return Optional.of(start.get().plusMillis(millis * percent / 100));
  }
}
