package plaza.ngsild.parse;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.change.AttributePatch;
import plaza.graph.change.Edit;

/// A part of an entity (clause 5.4), read.
///
/// @param id null when the fragment names none
/// @param types expanded; may be empty
/// @param scopes null when the fragment is silent on them; empty when they are to go
/// @param expiresAt null when the fragment is silent on it; [Entity#NEVER] when it is to go
public record Fragment(
    @Nullable String id,
    List<String> types,
    @Nullable List<String> scopes,
    @Nullable Instant expiresAt,
    List<AttributeDraft> drafts) {
  public Fragment {
    types = List.copyOf(types);
    drafts = List.copyOf(drafts);
  }

  /// What is given, whole.
  public List<Attribute> attributes() {
    return drafts.stream().filter(draft -> !draft.delete).map(AttributeDraft::attribute).toList();
  }

  /// What is to go.
  public List<Edit.Instance> gone() {
    return drafts.stream().filter(draft -> draft.delete).map(AttributeDraft::instance).toList();
  }

  /// Whether an NGSI-LD null stands in it.
  public boolean takesAway() {
    return (scopes != null && scopes.isEmpty())
        || Entity.NEVER.equals(expiresAt)
        || drafts.stream().anyMatch(draft -> draft.delete);
  }

  public List<AttributePatch> patches() {
    return drafts.stream().map(AttributeDraft::patch).toList();
  }

  public boolean isEmpty() {
    return drafts.isEmpty() && types.isEmpty() && scopes == null && expiresAt == null;
  }

  /// As the entity it would be, with another's types where it has none.
  public Entity entity(String entityId, List<String> otherwise) {
    return new Entity(
        entityId,
        types.isEmpty() ? otherwise : types,
        scopes == null ? List.of() : scopes,
        attributes(),
        null,
        null,
        Entity.NEVER.equals(expiresAt) ? null : expiresAt,
        0);
  }
}
