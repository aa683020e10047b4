package plaza.graph;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What an attribute instance says, by NGSI-LD's kinds of attribute (clause 4.5).
public sealed interface Content {
  /// Clause 4.5.2: any JSON value but null.
  record Property(Value value) implements Content {}

  /// Clause 4.5.3: links to entities, by URI. More than one object in a multi-object Relationship.
  ///
  /// @param objectTypes expanded type names the objects are said to have; may be empty
  record Relationship(List<String> objects, List<String> objectTypes, boolean many)
      implements Content {
    public Relationship {
      objects = List.copyOf(objects);
      objectTypes = List.copyOf(objectTypes);
    }

    public Relationship(String object) {
      this(List.of(object), List.of(), false);
    }
  }

  /// Clause 4.7.1.
  record GeoProperty(GeoValue value) implements Content {}

  /// Clause 4.5.18: by language tag, a text or a list of texts.
  record LanguageProperty(Map<String, Value> languageMap) implements Content {
    public LanguageProperty {
      languageMap = Collections.unmodifiableMap(new LinkedHashMap<>(languageMap));
    }
  }

  /// Clause 4.5.20: terms of a vocabulary, expanded.
  record VocabProperty(List<String> vocab, boolean many) implements Content {
    public VocabProperty {
      vocab = List.copyOf(vocab);
    }
  }

  /// Clause 4.5.24: JSON that is never expanded.
  record JsonProperty(Value json) implements Content {}

  /// Clause 4.5.21.
  record ListProperty(List<Value> valueList) implements Content {
    public ListProperty {
      valueList = List.copyOf(valueList);
    }
  }

  /// Clause 4.5.22.
  record ListRelationship(List<String> objectList, List<String> objectTypes) implements Content {
    public ListRelationship {
      objectList = List.copyOf(objectList);
      objectTypes = List.copyOf(objectTypes);
    }
  }
}
