package plaza.ngsild.represent;

import java.util.List;
import org.jspecify.annotations.Nullable;
import plaza.json.JsonWriter;
import plaza.ngsild.context.Context;

/// Writes linked entities inside of the Relationships of one entity (clause 4.5.23.2).
///
/// An entity does not stand inside of itself, so that loops end; elsewhere it may stand again.
final class Inline {
  private final Context context;
  private final Representation how;
  private final JsonWriter out;
  private final LinkedEntities linked;
  private final @Nullable Inline outer;
  private final String id;
  private final int depth;

  /// @param how as the entity itself is written
  /// @param outer of the entity this one stands in
  Inline(
      Context context,
      Representation how,
      JsonWriter out,
      LinkedEntities linked,
      @Nullable Inline outer,
      String id) {
    this.context = context;
    this.how = how;
    this.out = out;
    this.linked = linked;
    this.outer = outer;
    this.id = id;
    this.depth = outer == null ? 1 : outer.depth + 1;
  }

  /// Writes the member `entity` of a Relationship.
  void entity(String attribute, List<String> objects, boolean many) {
    var known = objects.stream().filter(this::isWritten).toList();
    if (known.isEmpty()) return;
    out.name("entity");
    if (!many) {
      write(attribute, known.getFirst());
      return;
    }
    all(attribute, known);
  }

  /// Writes the member `entityList` of a ListRelationship.
  void entityList(String attribute, List<String> objects) {
    var known = objects.stream().filter(this::isWritten).toList();
    if (known.isEmpty()) return;
    out.name("entityList");
    all(attribute, known);
  }

  private void all(String attribute, List<String> objects) {
    out.startArray();
    for (var object : objects) write(attribute, object);
    out.endArray();
  }

  /// Clause 4.5.4: the entity in the place of its id, or the id when it is not to be had.
  void simplified(String attribute, String object) {
    if (isWritten(object)) write(attribute, object);
    else out.text(object);
  }

  private boolean isWritten(String object) {
    return depth <= linked.join().level() && !isAround(object) && linked.find(object) != null;
  }

  private boolean isAround(String object) {
    for (var around = this; around != null; around = around.outer)
      if (around.id.equals(object)) return true;
    return false;
  }

  private void write(String attribute, String object) {
    var entity = linked.find(object);
    if (entity == null) return;
    linked.count();
    var shown = how.with(how.projection().through(attribute));
    new EntityWriter(context, shown, out, linked, this).write(entity, false);
  }
}
