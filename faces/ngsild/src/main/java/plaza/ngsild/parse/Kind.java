package plaza.ngsild.parse;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plaza.graph.Names;

/// NGSI-LD's kinds of attribute, by their names and the member that holds what they say.
public enum Kind {
  PROPERTY("Property", "value"),
  RELATIONSHIP("Relationship", "object"),
  GEO_PROPERTY("GeoProperty", "value"),
  LANGUAGE_PROPERTY("LanguageProperty", "languageMap"),
  VOCAB_PROPERTY("VocabProperty", "vocab"),
  JSON_PROPERTY("JsonProperty", "json"),
  LIST_PROPERTY("ListProperty", "valueList"),
  LIST_RELATIONSHIP("ListRelationship", "objectList");

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

  Kind(String label, String member) {
    this.label = label;
    this.member = member;
  }

  public static @Nullable Kind named(String name) {
    return BY_NAME.get(name);
  }

  /// The kind a member tells of; `value` tells of a Property.
  public static @Nullable Kind of(String member) {
    return BY_MEMBER.get(member);
  }
}
