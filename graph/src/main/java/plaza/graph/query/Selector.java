package plaza.graph.query;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Entities by identity and type. Every part that is present must hold.
///
/// @param ids absolute URIs, any of them; empty asks nothing
/// @param idPattern a regular expression that must match somewhere in the id (clause 5.2.8)
/// @param types the type selection of clause 4.17
public record Selector(
    List<String> ids, @Nullable Pattern idPattern, @Nullable TypeSelection types) {
  public Selector {
    ids = List.copyOf(ids);
  }

  public static Selector type(String type) {
    return new Selector(List.of(), null, new TypeSelection.Is(type));
  }

  public static Selector ids(List<String> ids) {
    return new Selector(ids, null, null);
  }

  // Pattern has no equality of its own.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Selector that
        && ids.equals(that.ids)
        && Objects.equals(types, that.types)
        && Objects.equals(
            idPattern == null ? null : idPattern.pattern(),
            that.idPattern == null ? null : that.idPattern.pattern());
  }

  @Override
  public int hashCode() {
    return Objects.hash(ids, types, idPattern == null ? null : idPattern.pattern());
  }
}
