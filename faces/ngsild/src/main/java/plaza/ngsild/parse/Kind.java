package plaza.ngsild.parse;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.graph.Content;
import plaza.graph.Names;
import plaza.graph.Value;

/// NGSI-LD's kinds of attribute, by their names and the member that holds what they say.
public enum Kind {
  PROPERTY("Property", "value", "previousValue"),
  RELATIONSHIP("Relationship", "object", "previousObject", "entity"),
  GEO_PROPERTY("GeoProperty", "value", "previousValue"),
  LANGUAGE_PROPERTY("LanguageProperty", "languageMap", "previousLanguageMap"),
  VOCAB_PROPERTY("VocabProperty", "vocab", "previousVocab"),
  JSON_PROPERTY("JsonProperty", "json", "previousJson"),
  LIST_PROPERTY("ListProperty", "valueList", "previousValueList"),
  LIST_RELATIONSHIP("ListRelationship", "objectList", "previousObjectList", "entityList");

  private static final List<Kind> ALL = List.of(values());
  private static final Map<String, Kind> BY_NAME = new HashMap<>();
  private static final Map<String, Kind> BY_MEMBER = new HashMap<>();

  static {
    for (var kind : values()) {
      BY_NAME.put(kind.label, kind);
      BY_NAME.put(Names.NGSI_LD + kind.label, kind);
      BY_NAME.put("ngsi-ld:" + kind.label, kind);
      BY_MEMBER.putIfAbsent(kind.member, kind);
    }
  }

  final String label;
  final String member;

  /// Members that only answers have; ignored when they come in (clauses 5.2.5 to 5.2.7, 5.2.32,
  /// 5.2.35 to 5.2.38).
  @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
  final Set<String> outputOnly;

  Kind(String label, String member, String... outputOnly) {
    this.label = label;
    this.member = member;
    this.outputOnly = Set.of(outputOnly);
  }

  public static @Nullable Kind named(String name) {
    return BY_NAME.get(name);
  }

  /// The kind a member tells of; `value` tells of a Property.
  public static @Nullable Kind of(String member) {
    return BY_MEMBER.get(member);
  }

  /// What an object is said to be: by its type, else by the member that holds what it says; null
  /// when it is no attribute.
  public static @Nullable Kind of(Map<String, Value> members) {
    var type = members.get("type");
    if (type == null) type = members.get("@type");
    if (type != null) return type instanceof Value.Text(var name) ? named(name) : null;
    for (var kind : ALL) {
      var said = members.get(kind.member);
      if (said != null) return kind == PROPERTY && Contents.isGeometry(said) ? GEO_PROPERTY : kind;
    }
    return null;
  }

  public static Kind of(Content content) {
    return switch (content) {
      case Content.Property _ -> PROPERTY;
      case Content.Relationship _ -> RELATIONSHIP;
      case Content.GeoProperty _ -> GEO_PROPERTY;
      case Content.LanguageProperty _ -> LANGUAGE_PROPERTY;
      case Content.VocabProperty _ -> VOCAB_PROPERTY;
      case Content.JsonProperty _ -> JSON_PROPERTY;
      case Content.ListProperty _ -> LIST_PROPERTY;
      case Content.ListRelationship _ -> LIST_RELATIONSHIP;
    };
  }

  /// The name of the kind, such as `Property`.
  public String label() {
    return label;
  }

  /// The member that holds what an attribute of the kind says, such as `value`.
  public String member() {
    return member;
  }

  /// Clause 4.5.5: whether an array is one of instances, objects that each are an attribute, rather
  /// than a Property's value.
  public static boolean areAll(List<Value> items) {
    if (items.isEmpty()) return false;
    for (var item : items)
      if (!(item instanceof Value.Struct(var members)) || of(members) == null) return false;
    return true;
  }

  /// Whether an instance says that the whole attribute went (clause 4.5.0).
  public boolean isDeletion(Map<String, Value> members) {
    var said = members.get(member);
    return said != null && Contents.isDeletion(this, said);
  }
}
