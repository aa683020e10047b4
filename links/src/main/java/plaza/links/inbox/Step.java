package plaza.links.inbox;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import plaza.graph.change.Edit;
import plaza.links.kind.Message;
import plaza.links.mapping.Mapped;

/// One message on its way into a commit.
///
/// @param letter the dead letter it is replayed from; null when it comes from the source
record Step(Message message, Mapped mapped, @Nullable DeadLetter letter) {

  Step failed(String reason) {
    return new Step(message, new Mapped.Failed(reason), letter);
  }

  List<Edit> edits() {
    return mapped instanceof Mapped.Edits(var edits) ? edits : List.of();
  }

  boolean isDead() {
    return mapped instanceof Mapped.Failed;
  }

  /// The newest moment it tells of: of its readings, else of its arrival; null when it tells
  /// nothing.
  @Nullable Instant newest() {
    if (edits().isEmpty()) return null;
    Instant newest = null;
    for (var edit : edits())
      if (edit instanceof Edit.Observe(var fragment))
        for (var reading : fragment.attributes()) {
          var at = reading.observedAt();
          if (at != null && (newest == null || at.isAfter(newest))) newest = at;
        }
    return newest == null ? message.receivedAt() : newest;
  }
}
