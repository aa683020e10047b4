package plaza.ngsild.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import plaza.graph.Content;
import plaza.graph.GeoValue;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Value;

/// Reads the instances of one attribute in any representation.
final class AttributeParser {
  private final Reading reading;
  private final Contents contents;

  AttributeParser(Reading reading) {
    this.reading = reading;
    this.contents = new Contents(reading);
  }

  /// Hands over every instance that stands under a name.
  void each(String written, Value value, Consumer<AttributeDraft> to) {
    var name = Members.attribute(written, reading.context());
    each(name, written, value, to);
  }

  void each(String name, String written, Value value, Consumer<AttributeDraft> to) {
    if (reading.simplified()) {
      if (value instanceof Value.Struct(var members)
          && members.size() == 1
          && members.get("dataset") instanceof Value.Struct(var datasets))
        datasets.forEach((datasetId, each) -> {
          var draft = bare(name, written, each);
          draft.datasetId = datasetId(Value.of(datasetId), written);
          to.accept(draft);
        });
      else to.accept(bare(name, written, value));
    } else if (value instanceof Value.Items(var items) && (Kind.areAll(items) || areRecords(items)))
      for (var item : items) to.accept(instance(name, written, item));
    else to.accept(instance(name, written, value));
  }

  /// Clause 4.5.7: in an evolution objects in an array are instances, so that one of an unknown
  /// type is refused instead of becoming a value; an empty array holds none.
  private boolean areRecords(List<Value> items) {
    return reading.temporal() && items.stream().allMatch(Value.Struct.class::isInstance);
  }

  AttributeDraft instance(String name, String written, Value value) {
    if (!(value instanceof Value.Struct(var members)) || Contents.isGeometry(value))
      return bare(name, written, value);
    var type = members.get("type");
    if (type == null) type = members.get("@type");
    if (type == null && Kind.of(members) == null && !mayBePartial(members))
      return bare(name, written, value);
    return typed(name, written, members, kind(type, members, written));
  }

  /// An attribute that the path names: what its members are called says that they are members, even
  /// without a value among them (clause 5.6.4).
  AttributeDraft fragment(String name, String written, Value.Struct value) {
    var members = value.members();
    if (Contents.isGeometry(value)) return bare(name, written, value);
    var type = members.get("type");
    if (type == null) type = members.get("@type");
    return typed(name, written, members, kind(type, members, written));
  }

  /// A fragment may name metadata only, such as `{"observedAt": …}`, and when it is merged
  /// sub-attributes only.
  private boolean mayBePartial(Map<String, Value> members) {
    if (reading.nulls() == Reading.Nulls.NOWHERE) return false;
    return members.containsKey("observedAt")
        || members.containsKey("unitCode")
        || members.containsKey("datasetId")
        || members.containsKey("expiresAt")
        || (reading.nulls() == Reading.Nulls.ANYWHERE
            && !members.isEmpty()
            && Kind.areAll(List.copyOf(members.values())));
  }

  private static @Nullable Kind kind(
      @Nullable Value type, Map<String, Value> members, String written) {
    var kind = Kind.of(members);
    if (kind != null || type == null) return kind;
    throw new Refusal.Invalid(
        written
            + ": the type of an attribute must be Property, Relationship, GeoProperty,"
            + " LanguageProperty, VocabProperty, JsonProperty, ListProperty or ListRelationship,"
            + " not "
            + (type instanceof Value.Text(var name) ? "'" + name + "'" : "something else"));
  }

  private AttributeDraft typed(
      String name, String written, Map<String, Value> members, @Nullable Kind kind) {
    var draft = new AttributeDraft(name, written);
    members.forEach((member, value) -> {
      switch (member) {
        case "type", "@type", "objectType", "lang" -> {}
        case "createdAt", "modifiedAt", "deletedAt" -> {
          if (reading.stamped()) stamp(draft, member, value);
        }
        case "value", "object", "languageMap", "vocab", "json", "valueList", "objectList" -> {
          if (kind == null || !kind.member.equals(member)) throw prohibited(draft, kind, member);
          say(draft, kind, value, members.get("objectType"));
        }
        case "observedAt" -> {
          if (mayGo(value)) draft.removed.add(member);
          else draft.observedAt = DateTimes.parse(value, written + ": observedAt");
        }
        case "expiresAt" -> {
          if (mayGo(value)) draft.removed.add(member);
          else draft.expiresAt = DateTimes.parse(value, written + ": expiresAt");
        }
        case "unitCode" -> {
          if (mayGo(value)) draft.removed.add(member);
          else draft.unitCode = unitCode(value, kind, written);
        }
        case "datasetId" -> draft.datasetId = datasetId(value, written);
        case "instanceId" -> {
          if (reading.stamped() && reading.temporal() && value instanceof Value.Text(var id))
            draft.instanceId(id);
        }
        case "valueType" -> {
          if (!(value instanceof Value.Text(var type)))
            throw new Refusal.Invalid(written + ": valueType must be the name of a datatype");
          draft.valueType(reading.context().expand(type));
        }
        case "@context" ->
            throw new Refusal.Invalid(
                written + ": an attribute cannot have an @context of its own (clause 5.5.7)");
        default -> sub(draft, kind, member, value);
      }
    });
    return draft;
  }

  /// Clauses 4.5.2.2 and following: members that an attribute of this kind shall never have.
  private static Refusal prohibited(AttributeDraft draft, @Nullable Kind kind, String member) {
    return new Refusal.Invalid(
        draft.written
            + ": a "
            + (kind == null ? "fragment" : kind.label)
            + " cannot have the member "
            + member);
  }

  private static void stamp(AttributeDraft draft, String member, Value value) {
    var at = DateTimes.parse(value, draft.written + ": " + member);
    switch (member) {
      case "createdAt" -> draft.createdAt = at;
      case "modifiedAt" -> draft.modifiedAt = at;
      default -> draft.deletedAt = at;
    }
  }

  private void say(AttributeDraft draft, Kind kind, Value value, @Nullable Value objectType) {
    if (reading.nulls() != Reading.Nulls.NOWHERE && Contents.isDeletion(kind, value))
      draft.delete = true;
    else if (reading.temporal() && reading.stamped() && Contents.isDeletion(kind, value)) {
      // That something was deleted is a part of its history (clause 4.5.7).
      draft.content = Contents.gone(kind);
      draft.gone = true;
    } else draft.content = contents.read(kind, value, objectType, draft.written);
  }

  private boolean mayGo(Value value) {
    return reading.nulls() != Reading.Nulls.NOWHERE && Members.isNull(value);
  }

  private static String unitCode(Value value, @Nullable Kind kind, String written) {
    if (kind != null
        && kind != Kind.PROPERTY
        && kind != Kind.GEO_PROPERTY
        && kind != Kind.LIST_PROPERTY)
      throw new Refusal.Invalid(written + ": a " + kind.label + " has no unitCode");
    if (value instanceof Value.Text(var code) && !code.isEmpty() && !Members.isNull(value))
      return code;
    throw new Refusal.Invalid(written + ": unitCode must be a UN/CEFACT code such as \"CEL\"");
  }

  private @Nullable String datasetId(Value value, String written) {
    if (value instanceof Value.Text(var id)) {
      if (id.equals("@none")) return null;
      if (!id.equals(Names.NGSI_NULL)) return reading.context().uri(id, written + ": datasetId");
    }
    throw new Refusal.Invalid(written + ": datasetId must be a URI");
  }

  private void sub(AttributeDraft draft, @Nullable Kind kind, String member, Value value) {
    if (Members.OUTPUT_ONLY.contains(member)) {
      if (kind == null || kind.outputOnly.contains(member)) return; // to be ignored (clause 5.2.5)
      throw prohibited(draft, kind, member);
    }
    if (Members.SEALED.contains(member) && !draft.name.equals(Names.NGSI_LD_PROOF))
      throw prohibited(draft, kind, member);
    if (member.startsWith("@"))
      throw new Refusal.Invalid(draft.written + ": the member " + member + " is not understood");
    var name = Members.subAttribute(member, value, reading.context());
    each(name, draft.written + "." + member, sealed(name, value), draft.subs::add);
  }

  /// A sealed type is one, by whatever context it is named (clause 5.2.5).
  private Value sealed(String name, Value value) {
    return name.equals(Names.ENTITY_TYPE_SEALED) && value instanceof Value.Text(var type)
        ? Value.of(reading.context().expand(type))
        : value;
  }

  /// A value without a word on its kind.
  private AttributeDraft bare(String name, String written, Value value) {
    var draft = new AttributeDraft(name, written);
    if (Members.isNull(value) && reading.nulls() != Reading.Nulls.NOWHERE) {
      draft.delete = true;
      return draft;
    }
    if (reading.simplified() && reading.nulls() == Reading.Nulls.ANYWHERE) {
      requireUntyped(value, written);
      draft.bareTerms = List.of();
    }
    if (Contents.isGeometry(value)) {
      draft.content = new Content.GeoProperty(GeoValue.of((Value.Struct) value));
      return draft;
    }
    if (value instanceof Value.Struct(var members) && members.size() == 1) {
      var member = members.entrySet().iterator().next();
      var kind = Kind.of(member.getKey());
      if (kind == Kind.LANGUAGE_PROPERTY
          || kind == Kind.VOCAB_PROPERTY
          || kind == Kind.JSON_PROPERTY) {
        say(draft, kind, member.getValue(), null);
        return draft;
      }
    }
    draft.content = contents.read(Kind.PROPERTY, value, null, written);
    if (reading.nulls() != Reading.Nulls.NOWHERE) draft.bareTerms = terms(value);
    return draft;
  }

  /// Table 6.5.3.4-1: a simplified merge says nothing of the kinds of attributes.
  private static void requireUntyped(Value value, String written) {
    if (value instanceof Value.Struct(var members)
        && members.get("type") instanceof Value.Text(var type)) {
      var kind = Kind.named(type);
      if (kind != null && members.containsKey(kind.member))
        throw new Refusal.Invalid(
            written + ": the type of an attribute cannot be changed by a simplified merge");
    }
  }

  private List<String> terms(Value value) {
    if (value instanceof Value.Struct(var members))
      return members.values().stream().allMatch(Members::isNull)
          ? members.keySet().stream().map(reading.context()::expand).toList()
          : List.of();
    var terms = new ArrayList<String>(1);
    for (var item : value instanceof Value.Items(var items) ? items : List.of(value))
      if (item instanceof Value.Text(var text) && !text.isEmpty() && !text.startsWith("@"))
        terms.add(reading.context().expand(text));
    return terms;
  }
}
