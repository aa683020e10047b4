package plaza.ngsild.subscription;

import java.util.ArrayList;
import java.util.List;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.change.Change;
import plaza.ngsild.context.Context;
import plaza.ngsild.represent.Conformance;

/// One entity as a notification shows it.
///
/// @param deleted instances that went and are not there again
/// @param previous what instances said before
record Telling(Change.Kind kind, Entity entity, List<Attribute> deleted, List<Attribute> previous) {

  static Telling of(Happening happening) {
    return new Telling(
        happening.kind(), happening.entity(), happening.deleted(), happening.previous());
  }

  /// An entity as it is.
  static Telling of(Entity entity) {
    return new Telling(Change.Kind.UPDATED, entity, List.of(), List.of());
  }

  /// The same about the entity as others know it too.
  Telling as(Entity whole) {
    return new Telling(kind, whole, deleted, previous);
  }

  /// Both in one: as it is in the later, with everything that went, and what was before the
  /// earlier.
  Telling then(Telling later) {
    if (later.kind == Change.Kind.DELETED || kind == Change.Kind.DELETED) return later;
    var gone = new ArrayList<>(later.deleted);
    for (var instance : deleted)
      if (Happening.find(instance, later.entity.attributes()) == null
          && Happening.find(instance, gone) == null) gone.add(instance);
    var before = new ArrayList<>(previous);
    for (var instance : later.previous)
      if (Happening.find(instance, before) == null) before.add(instance);
    return new Telling(kind, later.entity, gone, before);
  }

  /// As somebody is told who knows an older version of the standard only.
  Telling in(Conformance version, Context context) {
    if (version.isNow()) return this;
    return new Telling(
        kind,
        version.of(entity, context),
        version.of(deleted, context),
        version.of(previous, context));
  }

  boolean isDeleted() {
    return kind == Change.Kind.DELETED;
  }
}
