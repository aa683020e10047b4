package plaza.store.postgres;

import java.util.List;

/// How the candidates of a query are found.
sealed interface AccessPath {
  record Ids(List<String> ids) implements AccessPath {}

  record Everything() implements AccessPath {}

  /// Stretches of the table lookup, one after another.
  ///
  /// @param overlapping whether an entity may be in several, or several times in one
  record Ranges(List<Range> ranges, boolean overlapping) implements AccessPath {}

  /// @param from the first term
  /// @param until the first term behind it
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Range(boolean gone, int attribute, int type, byte[] from, byte[] until) {}
}
