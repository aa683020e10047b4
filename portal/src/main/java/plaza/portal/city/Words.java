package plaza.portal.city;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Entity;
import plaza.graph.Value;

/// Reads what entities say, by the last part of their attributes' names.
final class Words {
  private static final List<String> CHINESE = List.of("zh-TW", "zh-Hant", "zh");

  private Words() {}

  /// `availableBikeNumber` of `https://smartdatamodels.org/availableBikeNumber`.
  static String local(String name) {
    int end = Math.max(name.lastIndexOf('#'), name.lastIndexOf('/'));
    return name.substring(Math.max(end, name.lastIndexOf(':')) + 1);
  }

  static Optional<Attribute> find(Entity entity, String name) {
    return entity.attributes().stream()
        .filter(one -> one.datasetId() == null && local(one.name()).equals(name))
        .findFirst();
  }

  /// A number, or -1 when there is none.
  static int count(@Nullable Attribute attribute) {
    if (attribute == null || !(attribute.content() instanceof Content.Property(var value)))
      return -1;
    double number = value.asNumber();
    return Double.isNaN(number) ? -1 : (int) number;
  }

  /// What people of the city read: Chinese before any other language.
  static Optional<String> text(Entity entity, String name) {
    return find(entity, name).map(one -> text(one.content(), CHINESE));
  }

  static Optional<String> english(Entity entity, String name) {
    return find(entity, name)
        .flatMap(one ->
            switch (one.content()) {
              case Content.LanguageProperty(var texts) ->
                  Optional.ofNullable(texts.get("en")).map(Words::text);
              default -> Optional.empty();
            });
  }

  /// Any content in one line.
  static String text(Content content) {
    return text(content, CHINESE);
  }

  private static String text(Content content, List<String> languages) {
    return switch (content) {
      case Content.Property(var value) -> text(value);
      case Content.JsonProperty(var json) -> text(json);
      case Content.LanguageProperty(var texts) -> text(texts, languages);
      case Content.Relationship(var objects, _, _) -> String.join(", ", objects);
      case Content.ListRelationship(var objects, _) -> String.join(", ", objects);
      case Content.VocabProperty(var terms, _) ->
          String.join(", ", terms.stream().map(Words::local).toList());
      case Content.ListProperty(var values) -> text(new Value.Items(values));
      case Content.GeoProperty(var place) -> text(place.geoJson());
    };
  }

  private static String text(Map<String, Value> texts, List<String> languages) {
    for (var language : languages) {
      var found = texts.get(language);
      if (found != null) return text(found);
    }
    return texts.values().stream().findFirst().map(Words::text).orElse("");
  }

  static String text(Value value) {
    return switch (value) {
      case Value.Text(var text) -> text;
      case Value.Whole(long number) -> Long.toString(number);
      case Value.Decimal(double number) ->
          number == Math.rint(number) && Math.abs(number) < 1e15
              ? Long.toString((long) number)
              : Double.toString(number);
      case Value.Flag(boolean set) -> set ? "yes" : "no";
      case Value.Null _ -> "";
      case Value.Items(var items) -> String.join(", ", items.stream().map(Words::text).toList());
      case Value.Struct(var members) -> {
        var street = members.get("streetAddress");
        var words = members.values().stream().map(Words::text).filter(text -> !text.isEmpty());
        yield street != null ? text(street) : String.join(", ", words.toList());
      }
    };
  }
}
