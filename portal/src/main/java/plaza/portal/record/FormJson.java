package plaza.portal.record;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import plaza.graph.Value;
import plaza.json.Json;

/// JSON as people read and write it in a form: indented, and what they left empty left out.
final class FormJson {
  private static final Value EMPTY = Value.of("");

  private FormJson() {}

  static String text(Value value) {
    return text(value, "");
  }

  private static String text(Value value, String indent) {
    var deeper = indent + "  ";
    return switch (value) {
      case Value.Items(var items) when items.stream().anyMatch(Value.Struct.class::isInstance) ->
          items.stream()
              .map(item -> deeper + text(item, deeper))
              .collect(Collectors.joining(",\n", "[\n", "\n" + indent + "]"));
      case Value.Struct(var members) when !members.isEmpty() ->
          members.entrySet().stream()
              .map(one ->
                  deeper + Json.text(Value.of(one.getKey())) + ": " + text(one.getValue(), deeper))
              .collect(Collectors.joining(",\n", "{\n", "\n" + indent + "}"));
      case Value.Items _,
          Value.Struct _,
          Value.Text _,
          Value.Whole _,
          Value.Decimal _,
          Value.Flag _,
          Value.Null _ ->
          Json.text(value);
    };
  }

  /// Without the empty texts of a template that nobody filled in.
  static Value withoutBlanks(Value value) {
    return switch (value) {
      case Value.Items(var items) ->
          new Value.Items(kept(items).stream().map(FormJson::withoutBlanks).toList());
      case Value.Struct(var members) -> {
        var kept = new LinkedHashMap<String, Value>();
        members.forEach((name, one) -> {
          if (!one.equals(EMPTY)) kept.put(name, withoutBlanks(one));
        });
        yield new Value.Struct(kept);
      }
      case Value.Text _, Value.Whole _, Value.Decimal _, Value.Flag _, Value.Null _ -> value;
    };
  }

  private static List<Value> kept(List<Value> items) {
    return items.stream().filter(item -> !item.equals(EMPTY)).toList();
  }
}
