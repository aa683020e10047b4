package plaza.ngsild.parse;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Scopes;
import plaza.graph.Value;
import plaza.graph.change.AttributePatch;
import plaza.graph.change.Edit;

/// Reads entities and fragments of them (clauses 4.5.1, 5.4). Refuses with one sentence that names
/// the member.
public final class EntityParser {
  private final Reading reading;
  private final AttributeParser attributes;

  public EntityParser(Reading reading) {
    this.reading = reading;
    this.attributes = new AttributeParser(reading);
  }

  /// A whole entity, with id and type.
  public Entity entity(Value document) {
    var fragment = fragment(document);
    if (fragment.id() == null)
      throw new Refusal.Invalid(
          "the entity needs an \"id\", a URI such as \"urn:ngsi-ld:Station:1\"");
    if (fragment.types().isEmpty()) throw new Refusal.Invalid(fragment.id() + " needs a \"type\"");
    return fragment.entity(fragment.id(), List.of());
  }

  /// A whole entity as another broker answers it, with what its system says.
  public Entity answered(Value document) {
    var entity = entity(document);
    var members = object(document);
    return entity.stamped(
        stamp(members.get("createdAt"), "createdAt"),
        stamp(members.get("modifiedAt"), "modifiedAt"),
        0);
  }

  private static @Nullable Instant stamp(@Nullable Value value, String member) {
    return value == null ? null : DateTimes.parse(value, member);
  }

  /// A part of an entity; id and type may be absent.
  public Fragment fragment(Value document) {
    if (!(document instanceof Value.Struct(var members)))
      throw new Refusal.Invalid("an entity must be a JSON object");
    var drafts = new ArrayList<AttributeDraft>(members.size());
    @Nullable String id = null;
    List<String> types = List.of();
    @Nullable List<String> scopes = null;
    @Nullable Instant expiresAt = null;
    for (var member : members.entrySet()) {
      var value = member.getValue();
      switch (member.getKey()) {
        case "id", "@id" -> id = id(value);
        case "type", "@type" -> types = types(value);
        case "scope" -> {
          scopes = scopes(value);
          if (reading.temporal()) scopes = evolution(value, scopes, drafts);
        }
        case "expiresAt" -> expiresAt = end(value);
        case "@context", "createdAt", "modifiedAt", "deletedAt" -> {}
        default -> attributes.each(member.getKey(), value, drafts::add);
      }
    }
    if (!reading.temporal()) requireDistinct(drafts);
    return new Fragment(id, types, scopes, expiresAt, drafts);
  }

  private Instant end(Value value) {
    if (Members.isNull(value) && reading.nulls() != Reading.Nulls.NOWHERE) return Entity.NEVER;
    return DateTimes.parse(value, "expiresAt");
  }

  /// One instance of an attribute, whole (clause 5.6.19).
  ///
  /// @param written the name as it stands in the path
  public Attribute attribute(String written, Value document) {
    return draft(written, document).attribute();
  }

  /// A part of one instance of an attribute, which it may not take away (clause 5.6.4).
  public AttributePatch patch(String written, Value document) {
    var draft = draft(written, document);
    if (draft.delete)
      throw new Refusal.Invalid(
          written + ": a partial update cannot take an attribute away; delete it instead");
    return draft.patch();
  }

  /// The IRI of an attribute's name as it stands in a path.
  public String name(String written) {
    return Members.attribute(written, reading.context());
  }

  private AttributeDraft draft(String written, Value document) {
    var name = name(written);
    if (document instanceof Value.Struct(var members) && members.containsKey("@context")) {
      var rest = new java.util.LinkedHashMap<>(members);
      rest.remove("@context");
      return draft(name, written, new Value.Struct(rest));
    }
    return draft(name, written, document);
  }

  private AttributeDraft draft(String name, String written, Value document) {
    if (document instanceof Value.Struct(var members) && members.isEmpty())
      throw new Refusal.Invalid(written + ": the body says nothing about the attribute");
    if (!reading.simplified() && document instanceof Value.Struct members)
      return reading.nulls() == Reading.Nulls.NOWHERE
          ? attributes.instance(name, written, document)
          : attributes.fragment(name, written, members);
    var drafts = new ArrayList<AttributeDraft>(1);
    attributes.each(name, written, document, drafts::add);
    if (drafts.size() != 1)
      throw new Refusal.Invalid(written + ": the body must hold one instance of the attribute");
    return drafts.getFirst();
  }

  private String id(Value value) {
    if (value instanceof Value.Text(var text))
      return reading.context().uri(text, "the entity's \"id\"");
    throw new Refusal.Invalid("the entity's \"id\" must be a URI");
  }

  private List<String> types(Value value) {
    if (value instanceof Value.Text(var type)) return List.of(type(type));
    if (value instanceof Value.Items(var items) && !items.isEmpty()) {
      var types = new LinkedHashSet<String>();
      for (var item : items)
        if (item instanceof Value.Text(var type)) types.add(type(type));
        else throw new Refusal.Invalid("the entity's \"type\" must be a name or an array of names");
      return List.copyOf(types);
    }
    throw new Refusal.Invalid("the entity's \"type\" must be a name or an array of names");
  }

  private String type(String name) {
    if (name.equals(Names.NGSI_NULL))
      throw new Refusal.Invalid("the entity's \"type\" cannot be taken away");
    return Members.name(name, "a type name", reading.context());
  }

  /// Clause 4.18; an array of instances in a temporal evolution.
  private List<String> scopes(Value value) {
    if (Members.isNull(value) && reading.nulls() != Reading.Nulls.NOWHERE) return List.of();
    var scopes = new LinkedHashSet<String>();
    for (var item : value instanceof Value.Items(var items) ? items : List.of(value)) {
      var given =
          reading.temporal() && item instanceof Value.Struct(var members)
              ? members.get("value")
              : item;
      if (given instanceof Value.Items(var several)) several.forEach(one -> scopes.add(scope(one)));
      else scopes.add(scope(given));
    }
    // An empty array of an evolution is one without instances.
    if (scopes.isEmpty() && !reading.temporal() && !reading.stamped())
      throw new Refusal.Invalid("\"scope\" must name at least one scope; leave it out otherwise");
    return List.copyOf(scopes);
  }

  /// Clause 4.5.6: the instances of a scope's evolution, as drafts of its history.
  ///
  /// @return what the newest of them says; what stands there when it is no evolution
  private List<String> evolution(Value value, List<String> scopes, List<AttributeDraft> drafts) {
    AttributeDraft newest = null;
    for (var item : value instanceof Value.Items(var items) ? items : List.of(value)) {
      if (!(item instanceof Value.Struct)) continue;
      var draft = attributes.instance(Names.SCOPE, "scope", item);
      drafts.add(draft);
      if (newest == null
          || newest.observedAt == null
          || (draft.observedAt != null && !draft.observedAt.isBefore(newest.observedAt)))
        newest = draft;
    }
    return newest == null ? scopes : Scopes.of(newest.attribute());
  }

  public static String scope(@Nullable Value value) {
    if (value instanceof Value.Text(var scope) && isScope(scope)) return scope;
    throw new Refusal.Invalid(
        "a scope must be a path of names such as \"/Taipei/Daan\", not "
            + (value instanceof Value.Text(var text) ? "'" + text + "'" : "something else"));
  }

  private static boolean isScope(String scope) {
    var levels = (scope.startsWith("/") ? scope.substring(1) : scope).split("/", -1);
    for (var level : levels) {
      if (level.isEmpty() || !Character.isLetter(level.codePointAt(0))) return false;
      if (!level.codePoints().allMatch(c -> Character.isLetterOrDigit(c) || c == '_')) return false;
    }
    return true;
  }

  /// Clause 4.5.5: one instance for each datasetId, and one default instance.
  private static void requireDistinct(List<AttributeDraft> drafts) {
    if (drafts.size() < 2) return;
    var seen = new HashSet<Edit.Instance>();
    for (var draft : drafts)
      if (!seen.add(draft.instance()))
        throw new Refusal.Invalid(
            draft.written
                + " stands twice "
                + (draft.datasetId == null
                    ? "without a datasetId; give all but one of them their own"
                    : "with the datasetId " + draft.datasetId));
  }

  /// The members of a body that must be an object.
  public static Map<String, Value> object(Value body) {
    if (body instanceof Value.Struct(var members)) return members;
    throw new Refusal.Invalid("the body must be a JSON object");
  }
}
