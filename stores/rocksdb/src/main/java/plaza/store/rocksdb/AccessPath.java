package plaza.store.rocksdb;

import java.util.List;

/// How the candidates of a query are found.
sealed interface AccessPath {
  /// By name.
  record Ids(List<String> ids) implements AccessPath {}

  /// Stretches of one index, in this order.
  ///
  /// @param overlapping whether two stretches may hold the same entity
  record Index(Family family, List<KeyRange> ranges, boolean overlapping) implements AccessPath {}

  /// Everything in the layer.
  record Everything() implements AccessPath {}

  /// @param from inclusive
  /// @param until exclusive
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record KeyRange(byte[] from, byte[] until) {}
}
