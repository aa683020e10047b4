package plaza.links.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.schibsted.spt.data.jslt.Expression;
import com.schibsted.spt.data.jslt.JsltException;
import com.schibsted.spt.data.jslt.Parser;
import java.io.StringReader;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import plaza.graph.Refusal;
import plaza.graph.Value;

/// A JSLT text, compiled: a function from a value to a value. It reaches no file, class or network;
/// `import` is refused.
final class JsltExpression {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Expression expression;
  private final int outputValues;

  /// @throws Refusal.Invalid saying where the text stops being JSLT
  JsltExpression(String text, MappingLimits limits) {
    this.outputValues = limits.outputValues();
    if (text.length() > limits.expressionCharacters())
      throw new Refusal.TooLarge(
          "a mapping may have at most "
              + limits.expressionCharacters()
              + " characters, not "
              + text.length());
    try {
      this.expression =
          new Parser(new StringReader(text))
              .withSource("mapping")
              .withFunctions(List.of(new InstantFunction()))
              .withResourceResolver(name -> {
                throw new JsltException("a mapping cannot import '" + name + "'");
              })
              .compile();
    } catch (JsltException | StackOverflowError e) {
      throw new Refusal.Invalid("the mapping is no JSLT: " + sentence(e));
    }
  }

  /// @throws Refusal.Invalid when the expression fails on this input, with JSLT's reason
  Value apply(Value input) {
    try {
      return value(expression.apply(node(input)), new int[1]);
    } catch (Refusal refusal) {
      throw refusal;
    } catch (StackOverflowError e) {
      throw new Refusal.Invalid("the mapping calls itself without end");
    } catch (RuntimeException e) {
      // JSLT lets exceptions of all sorts out of its functions; each is about this input.
      throw new Refusal.Invalid("the mapping failed: " + sentence(e));
    }
  }

  private static String sentence(Throwable e) {
    var message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return message.length() <= 500 ? message : message.substring(0, 499) + "…";
  }

  private static JsonNode node(Value value) {
    return switch (value) {
      case Value.Text(var text) -> JSON.textNode(text);
      case Value.Whole(long number) -> JSON.numberNode(number);
      case Value.Decimal(double number) -> JSON.numberNode(number);
      case Value.Flag(boolean set) -> JSON.booleanNode(set);
      case Value.Null _ -> JSON.nullNode();
      case Value.Items(var items) -> {
        var array = JSON.arrayNode(items.size());
        for (var item : items) array.add(node(item));
        yield array;
      }
      case Value.Struct(var members) -> {
        var object = JSON.objectNode();
        members.forEach((name, member) -> object.set(name, node(member)));
        yield object;
      }
    };
  }

  private Value value(JsonNode node, int[] count) {
    if (++count[0] > outputValues)
      throw new Refusal.TooLarge(
          "the mapping put out more than "
              + outputValues
              + " values for one message; let it give less");
    return switch (node.getNodeType()) {
      case STRING -> Value.of(node.textValue());
      case BOOLEAN -> Value.of(node.booleanValue());
      case NUMBER -> number(node);
      case ARRAY -> {
        var items = new ArrayList<Value>(node.size());
        for (var item : node) items.add(value(item, count));
        yield new Value.Items(items);
      }
      case OBJECT -> {
        var members = new LinkedHashMap<String, Value>();
        for (var member : node.properties())
          members.put(member.getKey(), value(member.getValue(), count));
        yield new Value.Struct(members);
      }
      case NULL, MISSING, BINARY, POJO -> Value.Null.VALUE;
    };
  }

  private static Value number(JsonNode node) {
    if (!node.isIntegralNumber()) return Value.of(node.doubleValue());
    BigInteger whole = node.bigIntegerValue();
    return whole.bitLength() < 64 ? Value.of(whole.longValue()) : Value.of(whole.doubleValue());
  }
}
