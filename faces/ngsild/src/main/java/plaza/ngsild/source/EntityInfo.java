package plaza.ngsild.source;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import plaza.graph.query.Search;
import plaza.graph.query.Selector;
import plaza.graph.query.TypeSelection;

/// Entities a source may have (clause 5.2.8).
///
/// @param types expanded names; an entity has all of them
/// @param id takes precedence over the pattern
public record EntityInfo(List<String> types, @Nullable String id, @Nullable Pattern idPattern) {
  public EntityInfo {
    types = List.copyOf(types);
    if (id != null) idPattern = null;
  }

  /// Whether an entity is one of these.
  public boolean covers(String entityId, List<String> entityTypes) {
    return entityTypes.containsAll(types) && coversId(entityId);
  }

  boolean coversId(String entityId) {
    if (id != null) return id.equals(entityId);
    return idPattern == null || Search.findsSoon(idPattern, entityId);
  }

  /// What can be asked of the source for these.
  Selector selector() {
    return new Selector(id == null ? List.of() : List.of(id), idPattern, typeSelection());
  }

  /// What can be asked of the source of what a selector wants; null when the source has none of it
  /// (clause 5.12). Two patterns cannot be made one: the selector's stands, and what the source
  /// answers must still be covered.
  @Nullable Selector narrowed(Selector wanted) {
    var wantedTypes = wanted.types();
    if (wantedTypes != null && !wantedTypes.accepts(types)) return null;
    var pattern = wanted.idPattern();
    if (id != null) {
      boolean among = wanted.ids().isEmpty() || wanted.ids().contains(id);
      return among && (pattern == null || Search.finds(pattern, id)) ? selector() : null;
    }
    if (wanted.ids().isEmpty())
      return new Selector(List.of(), pattern == null ? idPattern : pattern, typeSelection());
    var ids =
        wanted.ids().stream()
            .filter(one -> coversId(one) && (pattern == null || Search.finds(pattern, one)))
            .toList();
    return ids.isEmpty() ? null : new Selector(ids, null, typeSelection());
  }

  private TypeSelection typeSelection() {
    return types.size() == 1
        ? new TypeSelection.Is(types.getFirst())
        : new TypeSelection.AllOf(
            types.stream().<TypeSelection>map(TypeSelection.Is::new).toList());
  }

  // Pattern has no equality of its own.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EntityInfo that
        && types.equals(that.types)
        && Objects.equals(id, that.id)
        && Objects.equals(text(idPattern), text(that.idPattern));
  }

  @Override
  public int hashCode() {
    return Objects.hash(types, id, text(idPattern));
  }

  private static @Nullable String text(@Nullable Pattern pattern) {
    return pattern == null ? null : pattern.pattern();
  }
}
