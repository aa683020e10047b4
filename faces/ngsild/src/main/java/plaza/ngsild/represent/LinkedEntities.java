package plaza.ngsild.represent;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Entity;
import plaza.graph.Refusal;

/// The entities that some others link to, gathered level by level (clause 4.5.23).
///
/// Costs one look-up for each different entity linked to, and at most `most` of them.
public final class LinkedEntities {
  public static final LinkedEntities NONE = new LinkedEntities(Join.NONE, 0);

  private final Join join;
  private final int most;
  private final Map<String, Found> found = new LinkedHashMap<>();
  private int written;

  /// An entity linked to, and what of it shows where it was first met.
  public record Found(Entity entity, Projection projection) {}

  private LinkedEntities(Join join, int most) {
    this.join = join;
    this.most = most;
  }

  /// @param roots the linking entities
  /// @param how what shows of them: a link that does not show is not followed
  /// @param find those of some entities that exist and may be seen, by id
  /// @param most how many linked entities one answer may hold
  public static LinkedEntities of(
      Join join,
      List<Entity> roots,
      Representation how,
      Function<Collection<String>, Map<String, Entity>> find,
      int most) {
    if (join.isNone()) return NONE;
    var linked = new LinkedEntities(join, most);
    linked.gather(roots, how, find);
    return linked;
  }

  private void gather(
      List<Entity> roots,
      Representation how,
      Function<Collection<String>, Map<String, Entity>> find) {
    var met = new HashSet<>(join.containedBy());
    // In line, one entity may stand in several places, a root among them.
    if (join.isFlat()) for (var root : roots) met.add(root.id());
    var level = new ArrayList<Found>();
    for (var root : roots) level.add(new Found(root, how.projection()));
    for (int depth = 1; depth <= join.level() && !level.isEmpty(); depth++) {
      var wanted = new LinkedHashMap<String, Projection>();
      for (var one : level) links(one, how, met, wanted);
      if (found.size() + wanted.size() > most) throw tooMany();
      level.clear();
      var entities = find.apply(new LinkedHashSet<>(wanted.keySet()));
      wanted.forEach((id, projection) -> {
        var entity = entities.get(id);
        if (entity == null) return;
        var one = new Found(entity, projection);
        found.put(id, one);
        level.add(one);
      });
    }
  }

  private static void links(
      Found from, Representation how, Set<String> met, Map<String, Projection> wanted) {
    for (var attribute : from.entity.attributes()) {
      if (!from.projection.shows(attribute.name()) || !how.shows(attribute.datasetId())) continue;
      for (var object : objects(attribute))
        if (met.add(object)) wanted.put(object, from.projection.through(attribute.name()));
    }
  }

  private static List<String> objects(Attribute attribute) {
    return switch (attribute.content()) {
      case Content.Relationship(var objects, _, _) -> objects;
      case Content.ListRelationship(var objects, _) -> objects;
      case Content.Property _,
          Content.GeoProperty _,
          Content.LanguageProperty _,
          Content.VocabProperty _,
          Content.JsonProperty _,
          Content.ListProperty _ ->
          List.of();
    };
  }

  Join join() {
    return join;
  }

  /// What follows the linking entities of a flat answer, nearest first.
  public List<Found> flat() {
    return join.isFlat() ? List.copyOf(found.values()) : List.of();
  }

  /// The entity to be written in line; null when it is not known.
  @Nullable Entity find(String id) {
    var one = found.get(id);
    return one == null ? null : one.entity;
  }

  /// A loop of few entities has very many paths: what is written is counted, not what is known.
  void count() {
    if (++written > most) throw tooMany();
  }

  private Refusal tooMany() {
    return new Refusal.TooLarge(
        "the answer would hold more than "
            + most
            + " linked entities; lower joinLevel or limit, or name the links by pick");
  }
}
