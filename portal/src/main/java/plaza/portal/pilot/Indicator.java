package plaza.portal.pilot;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import plaza.portal.page.Seen;

/// An indicator as its page tells it: shares as per cent, effects as percentage points.
public record Indicator(Seen seen) {
  public String name() {
    return seen.text("name");
  }

  public String unit() {
    return seen.text("unit");
  }

  public String verdict() {
    return seen.text("verdict");
  }

  public Optional<Seen> baseline() {
    return seen.part("baseline");
  }

  public Optional<Seen> measured() {
    return seen.part("measured");
  }

  public Optional<Seen> controlBaseline() {
    return seen.part("control").flatMap(control -> control.part("baseline"));
  }

  public Optional<Seen> controlMeasured() {
    return seen.part("control").flatMap(control -> control.part("measured"));
  }

  public List<String> reasons() {
    return seen.texts("verdictReasons");
  }

  /// Where it is measured.
  public String population() {
    return seen.part("definition")
        .flatMap(definition -> definition.part("population"))
        .map(population -> population.text("name"))
        .orElse("the pilot's area");
  }

  public String control() {
    return seen.part("definition")
        .flatMap(definition -> definition.part("control"))
        .map(control -> control.text("name"))
        .orElse("");
  }

  /// When it counts, such as `weekdays 07:00–09:00`.
  public String hours() {
    var hours = seen.part("definition").flatMap(definition -> definition.part("hours"));
    if (hours.isEmpty()) return "";
    var days = hours.get().texts("days");
    boolean weekdays = days.size() == 5 && !days.contains("SATURDAY") && !days.contains("SUNDAY");
    var which =
        weekdays
            ? "weekdays"
            : days.size() == 7
                ? "every day"
                : String.join(
                    ", ",
                    days.stream()
                        .map(day -> day.charAt(0) + day.substring(1).toLowerCase(Locale.ROOT))
                        .toList());
    return which + " " + hours.get().text("from") + "–" + hours.get().text("until");
  }

  /// The target, in words.
  public String target() {
    var definition = seen.part("definition");
    if (definition.isEmpty()) return "";
    boolean lower = definition.get().text("direction").equals("LOWER_IS_BETTER");
    return "an effect of "
        + points(definition.get().number("target"))
        + (lower ? " or lower" : " or higher");
  }

  public String effect() {
    return points(seen.number("effect"));
  }

  /// The interval of the effect; empty without one.
  public String interval() {
    var ends = seen.numbers("interval");
    return ends.size() == 2 ? points(ends.get(0)) + " to " + points(ends.get(1)) : "";
  }

  public boolean isFrozen() {
    return seen.flag("frozen");
  }

  /// `12.3 %`; a dash for what is not known.
  public static String percent(double share) {
    return Double.isNaN(share) ? "–" : String.format(Locale.ROOT, "%.1f %%", share * 100);
  }

  /// `−4.2 points`, percentage points with a true minus.
  static String points(double share) {
    if (Double.isNaN(share)) return "–";
    return String.format(Locale.ROOT, "%+.1f points", share * 100).replace('-', '−');
  }

  /// All digits, for who wants to check.
  public static String exact(double share) {
    return Double.isNaN(share) ? "" : String.format(Locale.ROOT, "%.6f", share);
  }
}
