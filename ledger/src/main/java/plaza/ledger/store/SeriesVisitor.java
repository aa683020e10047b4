package plaza.ledger.store;

/// Sees the numbers of one attribute go by.
@FunctionalInterface
public interface SeriesVisitor {
  /// Called in the order of entity ids, then event times, then positions.
  ///
  /// @param entityId the same object for all readings of an entity
  /// @param epochMicros event time, microseconds since 1970 UTC
  void reading(String entityId, long epochMicros, double value);
}
