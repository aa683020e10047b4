package plaza.links.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.json.Json;
import plaza.links.kind.Body;
import plaza.links.kind.Message;

/// How a link's messages become edits of the city.
public final class Mapping {
  private final JsltExpression expression;
  private final Fragments fragments;
  private final MappingLimits limits;

  /// @throws Refusal.Invalid when the text is no JSLT
  public Mapping(String jslt, Vocabulary vocabulary, MappingLimits limits) {
    this.expression = new JsltExpression(jslt, limits);
    this.fragments = new Fragments(vocabulary);
    this.limits = limits;
  }

  public MappingLimits limits() {
    return limits;
  }

  /// What the message comes to: nothing when the mapping chose to leave it. What was observed at a
  /// moment is a reading; what was not is a fact about the entity.
  ///
  /// @throws Refusal when the message cannot be read or mapped
  public List<Edit> edits(Message message) {
    var entities = fragments.read(expression.apply(input(message)));
    if (entities.size() > limits.entities())
      throw new Refusal.TooLarge(
          "the mapping made "
              + entities.size()
              + " entities of one message; at most "
              + limits.entities()
              + " are allowed");
    var edits = new ArrayList<Edit>();
    for (var entity : entities) {
      var readings = entity.attributes().stream().filter(a -> a.observedAt() != null).toList();
      var facts = entity.attributes().stream().filter(a -> a.observedAt() == null).toList();
      if (!facts.isEmpty() || readings.isEmpty()) edits.add(fact(entity, facts));
      if (!readings.isEmpty()) edits.add(new Edit.Observe(entity.with(readings)));
    }
    return edits;
  }

  private static Edit fact(Entity entity, List<Attribute> facts) {
    return new Edit.Append(entity.with(facts), true, true);
  }

  private Value input(Message message) {
    var input = new LinkedHashMap<String, Value>();
    input.put("topic", Value.of(message.topic()));
    switch (message.body()) {
      case Body.Document(var bytes) -> input.put("payload", Json.parse(small(bytes)));
      case Body.Text(var bytes) -> input.put("payload", Value.of(new String(small(bytes), UTF_8)));
      case Body.Row(var row) -> input.put("row", row);
      case Body.Unreadable(_, var reason) -> throw new Refusal.Invalid(reason);
    }
    var headers = new LinkedHashMap<String, Value>();
    message.headers().forEach((name, text) -> headers.put(name, Value.of(text)));
    input.put("headers", new Value.Struct(headers));
    input.put("receivedAt", Value.of(message.receivedAt().toString()));
    return new Value.Struct(input);
  }

  private byte[] small(byte[] bytes) {
    if (bytes.length <= limits.inputBytes()) return bytes;
    throw new Refusal.TooLarge(
        "the message has "
            + bytes.length
            + " bytes; at most "
            + limits.inputBytes()
            + " are mapped");
  }
}
