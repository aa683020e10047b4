package plaza.ngsild.subscription;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import plaza.graph.Value;
import plaza.ngsild.context.Context;

/// Says a subscription document in the names of another context. The texts of `q` and `csf` stay as
/// they were written.
final class Translation {
  private final UnaryOperator<String> name;

  Translation(Context from, Context to) {
    this.name =
        written ->
            MannerParser.isEntityMember(written) || written.equals("*")
                ? written
                : to.name(from.expand(written));
  }

  Value.Struct of(Value.Struct document) {
    var members = new LinkedHashMap<>(document.members());
    members.computeIfPresent("entities", (_, value) -> each(value, this::selector));
    members.computeIfPresent("watchedAttributes", (_, value) -> each(value, this::text));
    members.computeIfPresent("geoQ", (_, value) -> member(value, "geoproperty"));
    members.computeIfPresent("notification", (_, value) -> notification(value));
    return new Value.Struct(members);
  }

  private Value selector(Value selector) {
    return member(selector, "type");
  }

  private Value notification(Value notification) {
    if (!(notification instanceof Value.Struct(var given))) return notification;
    Map<String, Value> members = new LinkedHashMap<>(given);
    for (var list : new String[] {"attributes", "pick", "omit"})
      members.computeIfPresent(list, (_, value) -> each(value, this::text));
    return new Value.Struct(members);
  }

  private Value member(Value object, String member) {
    if (!(object instanceof Value.Struct(var given)) || !given.containsKey(member)) return object;
    Map<String, Value> members = new LinkedHashMap<>(given);
    members.computeIfPresent(member, (_, value) -> text(value));
    return new Value.Struct(members);
  }

  private static Value each(Value list, UnaryOperator<Value> one) {
    return list instanceof Value.Items(var items)
        ? new Value.Items(items.stream().map(one).toList())
        : one.apply(list);
  }

  /// A name, or names joined by the signs of a type selection (clause 4.17) or projection (4.21).
  private Value text(@Nullable Value value) {
    if (!(value instanceof Value.Text(var text))) return java.util.Objects.requireNonNull(value);
    var translated = new StringBuilder();
    int start = 0;
    for (int i = 0; i <= text.length(); i++)
      if (i == text.length() || "|,;(){}".indexOf(text.charAt(i)) >= 0) {
        if (i > start) translated.append(name.apply(text.substring(start, i).strip()));
        if (i < text.length()) translated.append(text.charAt(i));
        start = i + 1;
      }
    return Value.of(translated.toString());
  }
}
