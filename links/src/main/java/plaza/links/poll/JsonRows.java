package plaza.links.poll;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.links.kind.Body;

/// The objects of an array in a JSON document.
final class JsonRows {
  private JsonRows() {}

  /// @param pointer to the array (RFC 6901)
  /// @throws Refusal.Invalid when there is no such array
  static List<Row> read(byte[] bytes, String pointer) {
    var found = Json.parse(bytes);
    for (var step :
        pointer.isEmpty() ? List.<String>of() : List.of(pointer.substring(1).split("/", -1)))
      found = member(found, step.replace("~1", "/").replace("~0", "~"));
    if (!(found instanceof Value.Items(var items)))
      throw new Refusal.Invalid(
          "the JSON document has no array at "
              + (pointer.isEmpty() ? "its top" : pointer)
              + "; set the link's path");
    var rows = new ArrayList<Row>(items.size());
    for (int i = 0; i < items.size(); i++)
      rows.add(
          new Row(
              i + 1,
              items.get(i) instanceof Value.Struct row
                  ? new Body.Row(row)
                  : new Body.Unreadable(
                      Json.text(items.get(i)), "item " + (i + 1) + " is no JSON object")));
    return rows;
  }

  private static @Nullable Value member(@Nullable Value value, String name) {
    return switch (value) {
      case Value.Struct(var members) -> members.get(name);
      case Value.Items(var items)
          when name.matches("[0-9]{1,9}") && Integer.parseInt(name) < items.size() ->
          items.get(Integer.parseInt(name));
      case null, default -> null;
    };
  }
}
