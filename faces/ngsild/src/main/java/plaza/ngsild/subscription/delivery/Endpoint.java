package plaza.ngsild.subscription.delivery;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Whom to bring messages to.
///
/// @param timeout from the first byte sent to the last byte of the answer
/// @param cooldown the pause after a failure (clause 5.2.15); null leaves it to the courier, which
///   waits longer after each failure
public record Endpoint(URI uri, Duration timeout, @Nullable Duration cooldown) {}
