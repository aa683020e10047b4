package plaza.graph.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import plaza.graph.Content;
import plaza.graph.TypedValue;
import plaza.graph.Value;

/// What a path leads to in one instance (clause 4.9: target value, target object).
///
/// @param values of a LanguageProperty one for each language, else one; an array is one value
/// @param kind what may be asked of it
record Target(List<Value> values, Kind kind) {
  enum Kind {
    VALUE,
    /// Objects of relationships: equal and unequal only.
    LINK,
    /// Expanded terms of a vocabulary.
    TERM
  }

  static Target of(String text) {
    return new Target(List.of(Value.of(text)), Kind.VALUE);
  }

  static Target terms(List<String> terms) {
    return new Target(List.of(Value.of(terms)), Kind.TERM);
  }

  /// With what stands in typed values in their place.
  Target plain() {
    for (var value : values)
      if (TypedValue.isIn(value))
        return new Target(values.stream().map(TypedValue::plain).toList(), kind);
    return this;
  }

  /// The values as texts; those of a [Kind#LINK] are all texts in one array.
  List<String> texts() {
    var texts = new ArrayList<String>();
    for (var value : values)
      if (value instanceof Value.Items(var items)) {
        for (var item : items) if (item instanceof Value.Text(var text)) texts.add(text);
      } else if (value instanceof Value.Text(var text)) texts.add(text);
    return texts;
  }

  /// @param trail member names inside the value; empty when it leads to nothing
  static Optional<Target> of(Content content, List<String> trail) {
    return switch (content) {
      case Content.Property(var value) -> at(value, trail);
      case Content.JsonProperty(var json) -> at(json, trail);
      case Content.GeoProperty(var place) -> at(place.geoJson(), trail);
      case Content.ListProperty(var values) -> at(new Value.Items(values), trail);
      case Content.LanguageProperty(var texts) -> {
        if (trail.isEmpty() || trail.getFirst().equals("*"))
          yield Optional.of(new Target(new ArrayList<>(texts.values()), Kind.VALUE));
        var text = texts.get(trail.getFirst());
        yield text == null ? Optional.empty() : Optional.of(new Target(List.of(text), Kind.VALUE));
      }
      case Content.Relationship(var objects, _, _) -> plain(objects, Kind.LINK, trail);
      case Content.ListRelationship(var objects, _) -> plain(objects, Kind.LINK, trail);
      case Content.VocabProperty(var terms, _) -> plain(terms, Kind.TERM, trail);
    };
  }

  private static Optional<Target> plain(List<String> texts, Kind kind, List<String> trail) {
    return trail.isEmpty()
        ? Optional.of(new Target(List.of(Value.of(texts)), kind))
        : Optional.empty();
  }

  /// Member by member, as ECMA 262's member expression: what is undefined does not exist.
  private static Optional<Target> at(Value value, List<String> trail) {
    var found = value;
    for (var name : trail) {
      if (!(found instanceof Value.Struct(var members))) return Optional.empty();
      var next = members.get(name);
      if (next == null) return Optional.empty();
      found = next;
    }
    return Optional.of(new Target(List.of(found), Kind.VALUE));
  }
}
