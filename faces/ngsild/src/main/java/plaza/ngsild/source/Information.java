package plaza.ngsild.source;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;
import plaza.graph.query.Selector;

/// One thing a source may know about: these attributes of these entities (clause 5.2.10).
///
/// @param entities empty for any entity
/// @param properties expanded names
/// @param relationships expanded names
public record Information(
    List<EntityInfo> entities, List<String> properties, List<String> relationships) {
  public Information {
    entities = List.copyOf(entities);
    properties = List.copyOf(properties);
    relationships = List.copyOf(relationships);
    if (entities.isEmpty() && properties.isEmpty() && relationships.isEmpty())
      throw new Refusal.Invalid(
          "information: each element needs entities, propertyNames or relationshipNames");
  }

  /// Properties and relationships together; empty for any attribute.
  public Set<String> attributes() {
    var names = new LinkedHashSet<>(properties);
    names.addAll(relationships);
    return names;
  }

  /// Whether the source may have something of an entity.
  public boolean covers(String entityId, List<String> entityTypes) {
    return entities.isEmpty()
        || entities.stream().anyMatch(one -> one.covers(entityId, entityTypes));
  }

  /// What can be asked of the source of what is wanted; null when it has none of it (clause 5.12).
  @Nullable Part narrowed(List<Selector> wanted, List<String> wantedAttributes) {
    var selectors = selectors(wanted);
    if (selectors == null) return null;
    var own = attributes();
    if (own.isEmpty()) return new Part(this, selectors, wantedAttributes);
    if (wantedAttributes.isEmpty()) return new Part(this, selectors, List.copyOf(own));
    var common = wantedAttributes.stream().filter(own::contains).toList();
    return common.isEmpty() ? null : new Part(this, selectors, common);
  }

  private @Nullable List<Selector> selectors(List<Selector> wanted) {
    if (entities.isEmpty()) return wanted;
    if (wanted.isEmpty()) return entities.stream().map(EntityInfo::selector).toList();
    var narrowed = new LinkedHashSet<Selector>();
    for (var selector : wanted)
      for (var entity : entities) {
        var one = entity.narrowed(selector);
        if (one != null) narrowed.add(one);
      }
    return narrowed.isEmpty() ? null : new ArrayList<>(narrowed);
  }
}
