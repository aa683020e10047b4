package plaza.programme.indicator;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import plaza.graph.Address;
import plaza.graph.Content;
import plaza.graph.Entity;
import plaza.graph.Value;
import plaza.ledger.Reader;
import plaza.ledger.store.Span;
import plaza.programme.record.Dossiers;

/// Whether the city's live data can carry an indicator: does the series exist, how fresh is it, how
/// much of the baseline does it cover, under which licence.
public final class Readiness {
  private final Reader reader;
  private final Meter meter;

  public Readiness(Reader reader, Meter meter) {
    this.reader = reader;
    this.meter = meter;
  }

  /// What was found, with a `problems` list that is empty when the data are ready.
  public Value.Struct check(Address address, IndicatorDefinition definition, Instant now) {
    var found = new LinkedHashMap<String, Value>();
    var problems = new ArrayList<String>();
    found.put("indicator", Value.of(definition.name()));
    found.put("checkedAt", Value.of(now.toString()));
    populations(address, definition, now, found, problems);
    var baseline = meter.measure(address, definition, definition.baseline());
    found.put("baselineCoverage", Value.of(baseline.target().coverage()));
    found.put("reporting", Value.of(baseline.target().reporting()));
    if (baseline.target().coverage() < definition.minimumCoverage())
      problems.add(
          "the baseline is covered to %.2f, below %.2f"
              .formatted(baseline.target().coverage(), definition.minimumCoverage()));
    if (baseline.control() != null) {
      found.put("controlCoverage", Value.of(baseline.control().coverage()));
      if (baseline.control().coverage() < definition.minimumCoverage())
        problems.add("the control's baseline is covered too little");
    }
    found.put("problems", Value.of(problems));
    return new Value.Struct(found);
  }

  private void populations(
      Address address,
      IndicatorDefinition definition,
      Instant now,
      Map<String, Value> found,
      List<String> problems) {
    var licences = new TreeSet<String>();
    var latest = new Instant[] {Instant.EPOCH};
    int[] entities = {0};
    reader.each(
        Dossiers.PROGRAMME,
        address,
        definition.population().query(definition.entityType()),
        entity -> {
          entities[0]++;
          licence(entity).ifPresent(licences::add);
          entity
              .find(definition.attribute())
              .map(attribute -> attribute.observedAt())
              .filter(latest[0]::isBefore)
              .ifPresent(at -> latest[0] = at);
          return true;
        });
    found.put("entities", Value.of(entities[0]));
    if (entities[0] == 0) problems.add("no entity belongs to " + definition.population().name());
    boolean series = seriesExists(address, definition);
    found.put("seriesExists", Value.of(series));
    if (!series) problems.add("no reading of " + definition.attribute() + " was ever kept");
    if (!latest[0].equals(Instant.EPOCH)) {
      found.put("latestReading", Value.of(latest[0].toString()));
      found.put("ageMinutes", Value.of(Duration.between(latest[0], now).toMinutes()));
    }
    found.put("licence", Value.of(licences.isEmpty() ? "not stated" : String.join(", ", licences)));
  }

  private boolean seriesExists(Address address, IndicatorDefinition definition) {
    boolean[] any = {false};
    var from = definition.baseline().windows(definition.hours()).getFirst().from();
    reader.series(
        Dossiers.PROGRAMME,
        address,
        definition.attribute(),
        Span.between(Instant.EPOCH.plus(from, ChronoUnit.MICROS), null),
        (_, _, _) -> any[0] = true);
    return any[0];
  }

  private static Optional<String> licence(Entity entity) {
    return entity.attributes().stream()
        .filter(a -> a.name().endsWith("/license") || a.name().endsWith("#license"))
        .flatMap(a ->
            a.content() instanceof Content.Property(Value.Text(var text))
                ? java.util.stream.Stream.of(text)
                : java.util.stream.Stream.empty())
        .findFirst();
  }
}
