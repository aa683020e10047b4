package plaza.ngsild.distribute;

import java.util.Map;
import plaza.graph.Names;
import plaza.graph.Value;
import plaza.ngsild.context.Context;
import plaza.ngsild.parse.Rewriting;

/// Writes a document of one context with the names of another (clause 4.3.6.6): names of types,
/// attributes, sub-attributes and vocabulary terms. What is inside of values stays.
final class Renaming extends Rewriting {
  private final Context from;
  private final Dialect to;

  private Renaming(Context from, Dialect to) {
    this.from = from;
    this.to = to;
  }

  /// @param body an entity, a fragment of one, an array of them, or of ids
  static Value of(Value body, Context from, Dialect to) {
    return new Renaming(from, to).body(body);
  }

  @Override
  protected String name(String written) {
    return to.name(from.expand(written));
  }

  @Override
  protected void ofEntity(String member, Value value, Map<String, Value> entity) {
    switch (member) {
      case "@context" -> {}
      case "type", "@type" -> entity.put("type", names(value));
      default -> entity.put(member, value);
    }
  }

  @Override
  protected void ofInstance(String member, Value value, Map<String, Value> instance) {
    switch (member) {
      case "@context" -> {}
      case "vocab", "valueType", "objectType", "entityTypeSealed" ->
          instance.put(member, names(value));
      default -> instance.put(member, value);
    }
  }

  private Value names(Value value) {
    return switch (value) {
      case Value.Text(var text) when !text.startsWith(Names.NGSI_NULL) -> Value.of(name(text));
      case Value.Items(var items) -> new Value.Items(items.stream().map(this::names).toList());
      default -> value;
    };
  }
}
