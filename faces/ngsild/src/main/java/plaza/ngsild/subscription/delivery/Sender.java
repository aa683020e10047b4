package plaza.ngsild.subscription.delivery;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// For whom a lane delivers. Asked anew before each attempt, so that a change of mind counts at
/// once. Called by the lane's thread only.
public interface Sender {
  /// The earliest moment to send, past or not; null to rest until the lane is woken.
  @Nullable Instant earliest(Standing standing);

  /// Whether everything that waits should go as one message, as when it was throttled.
  boolean gathers();

  /// Whether nothing more is to be sent, ever.
  boolean isOver();

  Endpoint endpoint();

  /// Writes a message about the first of what waits, and as many more as belong into it.
  ///
  /// @param waiting in order, at least one, each with its entry
  Parcel pack(List<Due> waiting);

  /// @param message null when there is nothing to tell about them
  /// @param used how many of the waiting are told
  record Parcel(@Nullable Message message, int used) {}
}
