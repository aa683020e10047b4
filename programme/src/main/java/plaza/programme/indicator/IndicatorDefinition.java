package plaza.programme.indicator;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.record.Canonical;
import plaza.programme.record.Fields;

/// What is measured. Fixed once a baseline is frozen on it.
///
/// @param unit for people: `share of station-time`
/// @param entityType expanded
/// @param attribute expanded name of the series
/// @param longestHold a reading holds until the entity's next one, but at most this long
/// @param target the effect to reach: at most this with `LOWER_IS_BETTER`, else at least
/// @param minimumCoverage 0 to 1; below it in any window there is no verdict
/// @param minimumN entities that must have reported in any window
/// @param control what was not touched; null for none
public record IndicatorDefinition(
    String name,
    String unit,
    String entityType,
    String attribute,
    Aggregation aggregation,
    Comparison condition,
    Duration longestHold,
    Period.Hours hours,
    Population population,
    @Nullable Population control,
    Period baseline,
    Period measurement,
    Direction direction,
    double target,
    double minimumCoverage,
    long minimumN,
    boolean mandatory) {
  /// Which way is better.
  public enum Direction {
    LOWER_IS_BETTER,
    HIGHER_IS_BETTER
  }

  /// A condition on one reading.
  ///
  /// @param operator one of `== != < <= > >=`
  public record Comparison(String operator, double number) implements Aggregation.Test {
    @Override
    public boolean holds(double reading) {
      return switch (operator) {
        case "==" -> reading == number;
        case "!=" -> reading != number;
        case "<" -> reading < number;
        case "<=" -> reading <= number;
        case ">" -> reading > number;
        case ">=" -> reading >= number;
        default -> throw new IllegalStateException("no operator " + operator);
      };
    }
  }

  public IndicatorDefinition {
    if (longestHold.compareTo(Duration.ofMinutes(1)) < 0
        || longestHold.compareTo(Duration.ofDays(1)) > 0)
      throw new Refusal.Invalid(name + ": a reading holds for 1 to 1440 minutes at most");
    if (!(minimumCoverage >= 0 && minimumCoverage <= 1))
      throw new Refusal.Invalid(
          name + ": minimumCoverage must be from 0 to 1, not " + minimumCoverage);
    if (minimumN < 1) throw new Refusal.Invalid(name + ": minimumN must be at least 1");
    if (!measurement.from().isAfter(baseline.to()))
      throw new Refusal.Invalid(
          name
              + ": the measurement must begin after the baseline ends, on "
              + baseline.to()
              + ", not on "
              + measurement.from());
    if (baseline.windows(hours).isEmpty() || measurement.windows(hours).isEmpty())
      throw new Refusal.Invalid(name + ": no day of the baseline or measurement counts");
  }

  /// Reads what [#toValue] writes; see `docs/indicators.md`.
  public static IndicatorDefinition of(Value.Struct json) {
    var fields = new Fields("an indicator", json);
    var hours = new Fields("hours", required(fields, "hours"));
    var condition = fields.findStruct("condition");
    var definition =
        new IndicatorDefinition(
            fields.text("name", 300),
            fields.text("unit", 100),
            fields.uri("entityType"),
            fields.uri("attribute"),
            Aggregation.named(fields.findText("aggregation", 100).orElse("SHARE_OF_TIME")),
            condition.map(IndicatorDefinition::comparison).orElse(new Comparison("==", 0)),
            Duration.ofMinutes(fields.findCount("longestHoldMinutes", 1, 1440).orElse(60L)),
            new Period.Hours(
                Period.Hours.days(hours.texts("days", 7)),
                time(hours, "from"),
                time(hours, "until"),
                zone(hours)),
            Population.of(required(fields, "population")),
            fields.findStruct("control").map(Population::of).orElse(null),
            Period.of(required(fields, "baseline")),
            Period.of(required(fields, "measurement")),
            Direction.valueOf(fields.oneOf("direction", "LOWER_IS_BETTER", "HIGHER_IS_BETTER")),
            fields.number("target"),
            fields.findNumber("minimumCoverage").orElse(0.5),
            fields.findCount("minimumN", 1, 1_000_000_000).orElse(1L),
            fields.flag("mandatory"));
    hours.done();
    fields.done();
    return definition;
  }

  public Value.Struct toValue() {
    var members = new LinkedHashMap<String, Value>();
    members.put("name", Value.of(name));
    members.put("unit", Value.of(unit));
    members.put("entityType", Value.of(entityType));
    members.put("attribute", Value.of(attribute));
    members.put("aggregation", Value.of(aggregation.name()));
    var test = new LinkedHashMap<String, Value>();
    test.put("operator", Value.of(condition.operator()));
    test.put("number", Value.of(condition.number()));
    members.put("condition", new Value.Struct(test));
    members.put("longestHoldMinutes", Value.of(longestHold.toMinutes()));
    var when = new LinkedHashMap<String, Value>();
    when.put("days", Value.of(hours.days().stream().sorted().map(Enum::name).toList()));
    when.put("from", Value.of(hours.from().toString()));
    when.put("until", Value.of(hours.until().toString()));
    when.put("zone", Value.of(hours.zone().getId()));
    members.put("hours", new Value.Struct(when));
    members.put("population", population.toValue());
    if (control != null) members.put("control", control.toValue());
    members.put("baseline", baseline.toValue());
    members.put("measurement", measurement.toValue());
    members.put("direction", Value.of(direction.name()));
    members.put("target", Value.of(target));
    members.put("minimumCoverage", Value.of(minimumCoverage));
    members.put("minimumN", Value.of(minimumN));
    members.put("mandatory", Value.of(mandatory));
    return new Value.Struct(members);
  }

  /// SHA-256 of the canonical JSON: the seed of the bootstrap, and what a baseline is frozen on.
  public String hash() {
    return Canonical.hash(toValue());
  }

  private static Value.Struct required(Fields fields, String name) {
    return fields
        .findStruct(name)
        .orElseThrow(() -> new Refusal.Invalid("an indicator needs " + name + ": an object"));
  }

  private static Comparison comparison(Value.Struct json) {
    var fields = new Fields("a condition", json);
    var comparison =
        new Comparison(
            fields.oneOf("operator", "==", "!=", "<", "<=", ">", ">="), fields.number("number"));
    fields.done();
    return comparison;
  }

  private static LocalTime time(Fields hours, String name) {
    var text = hours.text(name, 8);
    try {
      return text.toLowerCase(Locale.ROOT).equals("24:00")
          ? LocalTime.MIDNIGHT
          : LocalTime.parse(text);
    } catch (DateTimeException e) {
      throw hours.wrong(name, "a local time such as 07:00");
    }
  }

  private static ZoneId zone(Fields hours) {
    try {
      return ZoneId.of(hours.text("zone", 50));
    } catch (DateTimeException e) {
      throw hours.wrong("zone", "a time zone such as Asia/Taipei or +08:00");
    }
  }
}
