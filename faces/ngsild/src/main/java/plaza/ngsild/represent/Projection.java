package plaza.ngsild.represent;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.graph.Names;

/// Which members of an entity show (clause 4.21): `id`, `type`, `scope` and expanded names of
/// attributes.
///
/// @param picked null picks all
/// @param linked what shows of the entities that an attribute links to, where that differs
public record Projection(
    @Nullable Set<String> picked, Set<String> omitted, Map<String, Projection> linked) {
  public static final Projection ALL = new Projection(null, Set.of());

  public Projection {
    picked = picked == null ? null : Set.copyOf(picked);
    omitted = Set.copyOf(omitted);
    linked = Map.copyOf(linked);
  }

  public Projection(@Nullable Set<String> picked, Set<String> omitted) {
    this(picked, omitted, Map.of());
  }

  /// What shows of the entities an attribute links to: the same as here unless something is said.
  public Projection through(String attribute) {
    return linked.getOrDefault(attribute, this);
  }

  /// What `attrs` asks for: these attributes beside the entity's own members.
  public static Projection attributes(Set<String> names) {
    var picked = new HashSet<>(names);
    picked.addAll(Set.of("id", "type", "createdAt", "modifiedAt", "expiresAt"));
    if (picked.remove(Names.SCOPE)) picked.add("scope");
    return new Projection(picked, Set.of());
  }

  public boolean shows(String member) {
    return (picked == null || picked.contains(member)) && !omitted.contains(member);
  }
}
