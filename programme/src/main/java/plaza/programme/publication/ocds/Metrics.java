package plaza.programme.publication.ocds;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import plaza.graph.Value;
import plaza.programme.publication.Publisher;
import plaza.programme.publication.Sheet;
import plaza.programme.record.Dossier;

/// Indicators as `Metric`s (metrics extension of OCDS), and their verdicts as milestones.
final class Metrics {
  /// What was measured of an indicator when its pilot finished, as it was sealed then: a pilot that
  /// is extended is measured again.
  record Evidence(Instant at, Map<String, Value> row) {}

  private Metrics() {}

  /// What was agreed: the target, and the baseline where it is frozen.
  static Sheet target(String id, Map<String, Value> definition) {
    return new Sheet()
        .put("id", id)
        .put("title", Values.text(definition, "name"))
        .put("description", direction(definition))
        .put(
            "observations",
            List.of(
                observation("target", definition, definition.get("target"))
                    .put("period", period(definition, "measurement"))
                    .put("notes", "target")));
  }

  /// The definition that was in force at a moment; amendments leave the earlier ones.
  static Map<String, Value> definition(Dossier indicator, Instant at) {
    for (var earlier : indicator.items("earlier"))
      if (earlier instanceof Value.Struct(var members)
          && Instant.parse(Values.text(members, "amendedAt")).isAfter(at)
          && members.get("definition") instanceof Value.Struct(var definition)) return definition;
    return Values.members(indicator, "definition");
  }

  static Sheet agreed(Dossier indicator, Instant at) {
    return target(Publisher.local(indicator.id()), definition(indicator, at));
  }

  /// What was measured.
  static Sheet measured(Dossier indicator, Evidence evidence) {
    var definition = definition(indicator, evidence.at());
    var observations = new ArrayList<Sheet>();
    for (var field : List.of("baseline", "controlBaseline", "measured", "controlMeasured"))
      if (evidence.row().get(field) instanceof Value.Struct(var members))
        observations.add(
            observation(field, definition, members.get("value"))
                .put("period", period(members))
                .put("notes", notes(field, members)));
    return new Sheet()
        .put("id", Publisher.local(indicator.id()))
        .put("title", Values.text(definition, "name"))
        .put("description", direction(definition))
        .put("observations", observations);
  }

  /// An assessment milestone: scheduled until the measurement is over, then met or not.
  static Sheet milestone(Dossier indicator, Optional<Evidence> evidence, Instant at) {
    var definition = definition(indicator, at);
    var milestone =
        new Sheet()
            .put("id", Publisher.local(indicator.id()))
            .put("title", Values.text(definition, "name"))
            .put("type", "assessment")
            .put("dueDate", end(definition));
    if (evidence.isEmpty())
      return milestone.put("description", direction(definition)).put("status", "scheduled");
    var verdict = Values.text(evidence.get().row(), "verdict");
    boolean met = verdict.equals("MET");
    var when = evidence.get().at();
    var why = String.join("; ", reasons(evidence.get().row()));
    return milestone
        .put(
            "description",
            direction(definition) + ". Verdict: " + verdict + (why.isEmpty() ? "" : ": " + why))
        .put("status", met ? "met" : "notMet")
        .put("dateMet", met ? when : null)
        .put("dateModified", when);
  }

  private static List<String> reasons(Map<String, Value> row) {
    return row.get("verdictReasons") instanceof Value.Items(var reasons)
        ? reasons.stream().map(one -> one instanceof Value.Text(var text) ? text : "").toList()
        : List.of();
  }

  private static Sheet observation(
      String id, Map<String, Value> definition, @Nullable Value value) {
    return new Sheet()
        .put("id", id)
        .put("measure", Optional.ofNullable(value).flatMap(Values::number))
        .put("unit", new Sheet().put("name", Values.text(definition, "unit")));
  }

  private static String direction(Map<String, Value> definition) {
    var target =
        Optional.ofNullable(definition.get("target")).flatMap(Values::number).orElse("its target");
    return Values.text(definition, "direction").equals("LOWER_IS_BETTER")
        ? "At most " + target
        : "At least " + target;
  }

  private static String notes(String field, Map<String, Value> members) {
    var facts =
        List.of("coverage", "n").stream()
            .flatMap(name ->
                Optional.ofNullable(members.get(name)).flatMap(Values::number).stream()
                    .map(number -> name + " " + number))
            .collect(Collectors.joining("; "));
    var of = field.startsWith("control") ? "control area" : field;
    return of + "; " + facts + "; SHA-256 " + Values.text(members, "hash");
  }

  private static Sheet period(Map<String, Value> definition, String name) {
    return definition.get(name) instanceof Value.Struct(var members)
        ? period(members)
        : new Sheet();
  }

  /// Days in UTC: the exact hours are the definition's own.
  private static Sheet period(Map<String, Value> members) {
    return new Sheet()
        .put("startDate", day(Values.text(members, "from")).map(Metrics::start))
        .put("endDate", day(Values.text(members, "to")).map(Metrics::end));
  }

  private static Optional<Instant> end(Map<String, Value> definition) {
    return definition.get("measurement") instanceof Value.Struct(var members)
        ? day(Values.text(members, "to")).map(Metrics::end)
        : Optional.empty();
  }

  private static Optional<LocalDate> day(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(text));
  }

  private static Instant start(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static Instant end(LocalDate day) {
    return day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().minusSeconds(1);
  }
}
