package plaza.programme.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.Names;
import plaza.graph.Value;

/// How the past looks when it happens again: with the `observedAt` that was chosen, and in [#LABEL]
/// the one it had, so that nobody takes a replayed reading for a fresh one.
final class Disguise {
  static final String LABEL = Names.PLAZA + "replayedFrom";
  private final Times times;
  private final Duration shift;
  private @Nullable Instant lastOriginal;
  private @Nullable Instant lastPresent;

  Disguise(Sandbox sandbox) {
    this.times = sandbox.times();
    this.shift = Duration.between(sandbox.from(), sandbox.openedAt());
  }

  /// @param present when it happens again
  Entity of(Entity entity, List<Attribute> readings, Instant original, Instant present) {
    var at = at(original, present);
    return new Entity(
        entity.id(),
        entity.types(),
        List.of(),
        readings.stream().map(reading -> labelled(reading, at)).toList(),
        null,
        null,
        null,
        0);
  }

  /// An entity as the replay begins with it: what was observed of it before, with times that lie
  /// before all that follows.
  Entity seed(Entity entity, Instant present) {
    var attributes = new ArrayList<Attribute>();
    for (var attribute : entity.attributes()) {
      var original = attribute.observedAt();
      attributes.add(
          original == null
              ? plain(attribute, null, attribute.subAttributes())
              : labelled(attribute, times == Times.PRESENT ? present : at(original, present)));
    }
    return new Entity(
        entity.id(), entity.types(), entity.scopes(), attributes, null, null, null, 0);
  }

  /// Different moments stay different, and in their order, however fast they pass.
  private Instant at(Instant original, Instant present) {
    return switch (times) {
      case ORIGINAL -> original;
      case SHIFTED -> original.plus(shift);
      case PRESENT -> {
        var last = lastPresent;
        if (last != null && original.equals(lastOriginal)) yield last;
        var next = last == null || present.isAfter(last) ? present : last.plusNanos(1_000);
        lastOriginal = original;
        lastPresent = next;
        yield next;
      }
    };
  }

  private static Attribute labelled(Attribute reading, Instant at) {
    var original = String.valueOf(reading.observedAt());
    var sub = new ArrayList<>(reading.subAttributes());
    sub.removeIf(one -> one.name().equals(LABEL));
    sub.add(Attribute.of(LABEL, Value.of(original)));
    return plain(reading, at, sub);
  }

  /// Without what the ledger set when it first happened, and without an end that has passed.
  private static Attribute plain(Attribute like, @Nullable Instant at, List<Attribute> sub) {
    return new Attribute(
        like.name(),
        like.datasetId(),
        like.content(),
        at,
        like.unitCode(),
        sub.stream().map(one -> one.stamped(null, null)).toList(),
        null,
        null,
        null,
        null);
  }
}
