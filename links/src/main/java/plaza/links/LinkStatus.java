package plaza.links;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A link as people see it.
///
/// @param definition its secrets are replaced by `***`
/// @param createdBy URI of the person
public record LinkStatus(
    String id,
    LinkDefinition definition,
    boolean paused,
    String createdBy,
    @Nullable Instant createdAt,
    LinkHealth health) {}
