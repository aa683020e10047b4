package plaza.ngsild.parse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.graph.Value;

/// Writes a document anew, part by part. All representations have one shape (clause 4.5): an entity
/// has members of its own and attributes, an attribute is one instance or an array of them, and an
/// instance has members of its own and sub-attributes, which are attributes again.
///
/// Who extends this says what becomes of a part; what it does not override stays as it is. Nothing
/// is judged: what is wrong with a document, [EntityParser] says.
public abstract class Rewriting {
  private static final Set<String> OF_ENTITIES =
      Set.of(
          "id",
          "@id",
          "type",
          "@type",
          "scope",
          "@context",
          "createdAt",
          "modifiedAt",
          "deletedAt",
          "expiresAt");

  /// Without those that hold what an instance says ([Kind]).
  private static final Set<String> OF_INSTANCES =
      Set.of(
          "type",
          "@type",
          "@context",
          "datasetId",
          "observedAt",
          "unitCode",
          "expiresAt",
          "createdAt",
          "modifiedAt",
          "deletedAt",
          "instanceId",
          "lang",
          "objectType",
          "valueType");

  protected Rewriting() {}

  /// Whether an entity's member is none of its attributes.
  public static boolean isOfEntity(String member) {
    return OF_ENTITIES.contains(member);
  }

  /// The body of a request: an entity, a fragment of one, an attribute by itself, or an array of
  /// them or of ids.
  protected final Value body(Value body) {
    return switch (body) {
      case Value.Items(var items) -> new Value.Items(items.stream().map(this::body).toList());
      case Value.Struct(var members) -> {
        boolean alone = !members.containsKey("id") && Kind.of(members) != null;
        yield alone ? rewritten(members) : entity(members);
      }
      default -> body;
    };
  }

  protected final Value.Struct entity(Map<String, Value> members) {
    var entity = new LinkedHashMap<String, Value>();
    members.forEach((name, value) -> {
      if (isOfEntity(name)) ofEntity(name, value, entity);
      else attribute(name, value, entity);
    });
    return new Value.Struct(entity);
  }

  /// An instance, part by part.
  protected final Value.Struct rewritten(Map<String, Value> members) {
    var instance = new LinkedHashMap<String, Value>();
    members.forEach((name, value) -> {
      if (isOfInstance(name)) ofInstance(name, value, instance);
      else attribute(name, value, instance);
    });
    return new Value.Struct(instance);
  }

  /// Whether a member only describes what an instance says.
  static boolean isDescription(String member) {
    return OF_INSTANCES.contains(member);
  }

  private static boolean isOfInstance(String member) {
    return isDescription(member)
        || Kind.of(member) != null
        || Members.OUTPUT_ONLY.contains(member)
        || Members.SEALED.contains(member);
  }

  private void attribute(String name, Value value, Map<String, Value> to) {
    var said = instances(name, value);
    if (said != null) to.put(name(name), said);
  }

  /// All that stands under an attribute's name; null when nothing is left of it.
  protected @Nullable Value instances(String name, Value value) {
    if (!(value instanceof Value.Items(var items)) || !Kind.areAll(items)) return one(name, value);
    var left = new ArrayList<Value>(items.size());
    for (var item : items) {
      var said = one(name, item);
      if (said != null) left.add(said);
    }
    return left.isEmpty() ? null : new Value.Items(left);
  }

  /// What stands alone, or in an array of instances.
  protected final @Nullable Value one(String name, Value value) {
    if (value instanceof Value.Struct(var members)) {
      var kind = Kind.of(members);
      if (kind != null) return instance(name, members, kind);
    }
    return bare(name, value);
  }

  /// One instance of an attribute or a sub-attribute; null when nothing is left of it.
  protected @Nullable Value instance(String name, Map<String, Value> members, Kind kind) {
    return rewritten(members);
  }

  /// What stands for an attribute without a word on its kind; null when nothing is left of it.
  protected @Nullable Value bare(String name, Value value) {
    return value;
  }

  /// The name of an attribute or a sub-attribute.
  protected String name(String written) {
    return written;
  }

  /// Puts down a member of an entity that is no attribute.
  protected void ofEntity(String member, Value value, Map<String, Value> entity) {
    entity.put(member, value);
  }

  /// Puts down a member of an instance that is no sub-attribute.
  protected void ofInstance(String member, Value value, Map<String, Value> instance) {
    instance.put(member, value);
  }
}
