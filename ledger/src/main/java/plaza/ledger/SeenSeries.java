package plaza.ledger;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import plaza.graph.Attribute;
import plaza.graph.Entity;
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
  private @Nullable Entity current;

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
      current =
          layers
              .latest(layer, entityId)
              .filter(slot -> sight.of(slot.entity()).isPresent())
              .map(slot -> slot.entity())
              .orElse(null);
    }
    if (current == null) return;
    var at = Instant.EPOCH.plus(epochMicros, ChronoUnit.MICROS);
    if (sight.accepts(current, Attribute.of(attribute, Value.of(value), at)))
      visitor.reading(entityId, epochMicros, value);
  }
}
