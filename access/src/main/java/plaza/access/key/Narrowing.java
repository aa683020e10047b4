package plaza.access.key;

import java.util.Set;
import java.util.TreeSet;
import plaza.graph.Refusal;

/// How much less than its owner a personal key may.
///
/// @param readOnly it writes nothing
/// @param types expanded entity types; empty leaves all
/// @param attributes expanded names; empty leaves all
public record Narrowing(boolean readOnly, Set<String> types, Set<String> attributes) {
  public static final Narrowing READ_ONLY = new Narrowing(true, Set.of(), Set.of());

  public Narrowing {
    types = Set.copyOf(new TreeSet<>(types));
    attributes = Set.copyOf(new TreeSet<>(attributes));
    if (!readOnly && !attributes.isEmpty())
      throw new Refusal.Invalid("a key that is narrowed to some attributes must be read-only");
    if (!readOnly && types.isEmpty())
      throw new Refusal.Invalid(
          "a narrowed key must be read-only, or name the types it is narrowed to");
  }
}
