package plaza.ngsild.subscription;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.ngsild.source.SourceFilter;

/// How far a subscription goes beyond what is held here (clauses 5.2.12, 5.5.13, 5.8.1.4).
///
/// @param local whether it is about what is held here only
/// @param split whether one entity's attributes may lie in several places, so that filters are
///   decided when it was put together; null when the subscriber did not say
/// @param csf which sources it goes to
/// @param watched expanded names of what triggers
/// @param datasetIds of the instances wanted; empty for all
record Reach(
    boolean local,
    @Nullable Boolean split,
    @Nullable SourceFilter csf,
    Set<String> watched,
    Set<String> datasetIds) {
  static final Reach HERE = new Reach(true, null, null, Set.of(), Set.of());

  Reach {
    watched = Set.copyOf(watched);
    datasetIds = Set.copyOf(datasetIds);
  }

  /// Whether what is held here cannot decide whether the filters are met.
  boolean splits() {
    return !local && Boolean.TRUE.equals(split);
  }
}
