package plaza.ngsild.source;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a source wants to be treated (clause 5.2.34).
///
/// @param cacheDuration what it answered may be answered again for so long
/// @param cooldown after a failure it is left alone for so long
/// @param localOnly it is to answer from what it holds itself
/// @param timeout when a request to it counts as failed
public record Management(
    @Nullable Duration cacheDuration,
    @Nullable Duration cooldown,
    boolean localOnly,
    @Nullable Duration timeout) {
  public static final Management NONE = new Management(null, null, false, null);
}
