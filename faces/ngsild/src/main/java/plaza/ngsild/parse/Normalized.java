package plaza.ngsild.parse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import plaza.graph.Value;

/// Writes what came in the concise or the simplified representation in the normalized one, which
/// alone every context source understands (clause 4.3.6.1).
///
/// It changes nothing but the form: what is wrong with a document, [EntityParser] says.
public final class Normalized extends Rewriting {
  /// How much is known of the attributes that are written.
  public enum Fresh {
    /// They are what the document says: a bare value is that of a Property.
    YES,
    /// A bare value takes the kind that is there already, so it stays as it is.
    NO
  }

  private final Fresh fresh;

  private Normalized(Fresh fresh) {
    this.fresh = fresh;
  }

  /// An entity, or attributes of one.
  public static Value.Struct entity(Value.Struct document, Fresh fresh) {
    return new Normalized(fresh).entity(document.members());
  }

  /// An entity whose attributes are bare values (clause 4.5.4).
  public static Value.Struct simplified(Value.Struct document) {
    return new Simplified().entity(document.members());
  }

  /// One instance of an attribute. What does not say that it is one stays as it is.
  public static Value.Struct attribute(Value.Struct document) {
    var kind = Kind.of(document.members());
    return kind == null ? document : new Normalized(Fresh.YES).typed(document.members(), kind);
  }

  @Override
  protected Value instance(String name, Map<String, Value> members, Kind kind) {
    return typed(members, kind);
  }

  private Value.Struct typed(Map<String, Value> members, Kind kind) {
    if (members.containsKey("type") || members.containsKey("@type")) return rewritten(members);
    var typed = new LinkedHashMap<String, Value>();
    typed.put("type", Value.of(kind.label));
    typed.putAll(members);
    return rewritten(typed);
  }

  /// Clause 4.5.22.2: the objects of a list are bare only in the concise representation.
  @Override
  protected void ofInstance(String member, Value value, Map<String, Value> instance) {
    instance.put(
        member,
        member.equals(Kind.LIST_RELATIONSHIP.member) && value instanceof Value.Items(var objects)
            ? new Value.Items(objects.stream().map(Normalized::object).toList())
            : value);
  }

  private static Value object(Value value) {
    return value instanceof Value.Text && !Members.isNull(value)
        ? new Value.Struct(Map.of(Kind.RELATIONSHIP.member, value))
        : value;
  }

  @Override
  protected Value bare(String name, Value value) {
    boolean whole = value instanceof Value.Struct && !Contents.isGeometry(value);
    // A fragment of metadata only, or the null that deletes: neither is a value.
    return fresh == Fresh.NO || Members.isNull(value) || (whole && isMetadata(value))
        ? value
        : bare(value);
  }

  private static boolean isMetadata(Value value) {
    return value instanceof Value.Struct(var members)
        && members.keySet().stream().anyMatch(Rewriting::isDescription);
  }

  private static final class Simplified extends Rewriting {
    @Override
    protected Value instances(String name, Value value) {
      return bareInstances(value);
    }
  }

  private static Value bareInstances(Value value) {
    if (!(value instanceof Value.Struct(var members)
        && members.size() == 1
        && members.get("dataset") instanceof Value.Struct(var datasets))) return bare(value);
    var instances = new ArrayList<Value>();
    datasets.forEach((datasetId, each) -> {
      var instance = new LinkedHashMap<>(bare(each).members());
      if (!datasetId.equals("@none")) instance.put("datasetId", Value.of(datasetId));
      instances.add(new Value.Struct(instance));
    });
    return new Value.Items(instances);
  }

  /// A value without a word on its kind (clause 4.5.4).
  private static Value.Struct bare(Value value) {
    if (value instanceof Value.Struct(var members) && members.size() == 1)
      for (var kind : List.of(Kind.LANGUAGE_PROPERTY, Kind.VOCAB_PROPERTY, Kind.JSON_PROPERTY)) {
        var said = members.get(kind.member);
        if (said != null) return attribute(kind, said);
      }
    return attribute(Contents.isGeometry(value) ? Kind.GEO_PROPERTY : Kind.PROPERTY, value);
  }

  private static Value.Struct attribute(Kind kind, Value value) {
    var members = new LinkedHashMap<String, Value>();
    members.put("type", Value.of(kind.label));
    members.put(kind.member, value);
    return new Value.Struct(members);
  }

  /// Options of a request without the word that its document is simplified; null for none left.
  public static @Nullable String optionsOf(@Nullable String options) {
    if (options == null) return null;
    var left =
        List.of(options.split(",", -1)).stream()
            .filter(one -> !one.equals("keyValues") && !one.equals("simplified"))
            .collect(Collectors.joining(","));
    return left.isEmpty() ? null : left;
  }
}
