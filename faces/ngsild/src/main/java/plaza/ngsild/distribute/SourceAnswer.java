package plaza.ngsild.distribute;

import java.util.List;
import org.jspecify.annotations.Nullable;
import plaza.graph.Value;

/// What came of a request to a context source.
public sealed interface SourceAnswer {
  /// @param body null when there is none
  /// @param context the URL its Link header names as the context, if any
  /// @param total its NGSILD-Results-Count; -1 when it gives none
  /// @param more whether it says that there is a next page
  /// @param range which part of a stretch of time it holds; null unless it says so
  /// @param location of what it has created, if it says so
  /// @param map where it keeps the entity map it used, if it says so
  /// @param warnings its own NGSILD-Warning headers
  /// @param stale whether it is the answer to an earlier request
  record Answered(
      int status,
      @Nullable Value body,
      @Nullable String context,
      long total,
      boolean more,
      @Nullable Range range,
      @Nullable String location,
      @Nullable String map,
      List<String> warnings,
      boolean stale)
      implements SourceAnswer {
    public Answered {
      warnings = List.copyOf(warnings);
    }

    public boolean isFine() {
      return status / 100 == 2;
    }

    Answered again() {
      return new Answered(status, body, context, total, more, range, location, map, warnings, true);
    }
  }

  /// @param reason one clause such as `no answer within 200 ms`
  record Failed(Cause cause, String reason) implements SourceAnswer {}

  enum Cause {
    /// Nothing came in time, or the source is resting after a failure.
    LATE,
    /// It could not be reached, or may not be.
    UNREACHED,
    /// What came is not NGSI-LD.
    INVALID
  }
}
