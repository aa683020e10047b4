package plaza.ledger;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import plaza.graph.Attribute;
import plaza.graph.Value;
import plaza.graph.query.Sight;
import plaza.ledger.store.Layer;
import plaza.ledger.store.SeriesVisitor;

/// Lets through only the readings that show.
final class SeenSeries implements SeriesVisitor {
  private final Sight sight;
  private final Layers layers;
  private final Layer layer;
  private final String attribute;
  private final SeriesVisitor visitor;
  private @Nullable String currentId;
  private @Nullable Predicate<Attribute> shows;

  SeenSeries(Sight sight, Layers layers, Layer layer, String attribute, SeriesVisitor visitor) {
    this.sight = sight;
    this.layers = layers;
    this.layer = layer;
    this.attribute = attribute;
    this.visitor = visitor;
  }

  @Override
  public void reading(String entityId, long epochMicros, double value) {
    if (!entityId.equals(currentId)) {
      currentId = entityId;
      shows =
          layers
              .latest(layer, entityId)
              .filter(slot -> sight.of(slot.entity()).isPresent())
              .map(slot -> sight.instancesOf(slot.entity()))
              .orElse(null);
    }
    if (shows == null) return;
    var at = Instant.EPOCH.plus(epochMicros, ChronoUnit.MICROS);
    if (shows.test(Attribute.of(attribute, Value.of(value), at)))
      visitor.reading(entityId, epochMicros, value);
  }
}
