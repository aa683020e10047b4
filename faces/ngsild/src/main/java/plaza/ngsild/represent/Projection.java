package plaza.ngsild.represent;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which members of an entity show (clause 4.21): `id`, `type`, `scope` and expanded names of
/// attributes.
///
/// @param picked null picks all
public record Projection(@Nullable Set<String> picked, Set<String> omitted) {
  public static final Projection ALL = new Projection(null, Set.of());

  public Projection {
    picked = picked == null ? null : Set.copyOf(picked);
    omitted = Set.copyOf(omitted);
  }

  /// What `attrs` asks for: these attributes beside the entity's own members.
  public static Projection attributes(Set<String> names) {
    var picked = new HashSet<>(names);
    picked.addAll(Set.of("id", "type", "createdAt", "modifiedAt", "expiresAt"));
    return new Projection(picked, Set.of());
  }

  public boolean shows(String member) {
    return (picked == null || picked.contains(member)) && !omitted.contains(member);
  }
}
