package plaza.json;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;
import plaza.graph.Refusal;
import plaza.graph.Value;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/// Reads and writes JSON (RFC 8259). Duplicate names are refused; so is what is larger or deeper
/// than the limits.
public final class Json {
  /// Nesting of arrays and objects that is still read.
  public static final int MAX_DEPTH = 200;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(400)
                  .maxStringLength(20_000_000)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private static final JsonFactory LENIENT =
      FACTORY.rebuild().disable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private static final Pattern TWICE = Pattern.compile("Duplicate Object property (\".*\")");

  private Json() {}

  /// @throws Refusal.Invalid saying where the text stops being JSON; [Refusal.TooLarge] when it is
  ///   too deep or has too long a number or text
  public static Value parse(byte[] utf8) {
    try (var parser = FACTORY.createParser(ObjectReadContext.empty(), utf8)) {
      return parse(parser);
    } catch (JacksonException e) {
      throw refusal(e);
    }
  }

  /// As [#parse(byte[])], but of a name that stands twice in an object the last one counts, as most
  /// readers of JSON have it (RFC 8259 clause 4). For documents that strangers published and nobody
  /// here can mend.
  public static Value parsePublished(String text) {
    try (var parser = LENIENT.createParser(ObjectReadContext.empty(), text)) {
      return parse(parser);
    } catch (JacksonException e) {
      throw refusal(e);
    }
  }

  /// As [#parse(byte[])].
  public static Value parse(String text) {
    try (var parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      return parse(parser);
    } catch (JacksonException e) {
      throw refusal(e);
    }
  }

  public static byte[] bytes(Value value) {
    var out = new ByteArrayOutputStream(1024);
    try (var generator = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
      write(value, generator);
    }
    return out.toByteArray();
  }

  public static String text(Value value) {
    var out = new StringWriter(1024);
    try (var generator = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
      write(value, generator);
    }
    return out.toString();
  }

  static JsonGenerator generator(OutputStream out) {
    return FACTORY.createGenerator(ObjectWriteContext.empty(), out);
  }

  private static Value parse(JsonParser parser) {
    var token = parser.nextToken();
    if (token == null) throw new Refusal.Invalid("the JSON text is empty");
    var value = value(parser, token);
    if (parser.nextToken() != null)
      throw new Refusal.Invalid("there is more after the end of the JSON text");
    return value;
  }

  private static Value value(JsonParser parser, JsonToken token) {
    return switch (token) {
      case VALUE_STRING -> new Value.Text(parser.getString());
      case VALUE_NUMBER_INT ->
          switch (parser.getNumberType()) {
            case INT, LONG -> new Value.Whole(parser.getLongValue());
            default -> new Value.Decimal(parser.getDoubleValue());
          };
      case VALUE_NUMBER_FLOAT -> new Value.Decimal(parser.getDoubleValue());
      case VALUE_TRUE -> new Value.Flag(true);
      case VALUE_FALSE -> new Value.Flag(false);
      case VALUE_NULL -> Value.Null.VALUE;
      case START_ARRAY -> items(parser);
      case START_OBJECT -> struct(parser);
      default -> throw new IllegalStateException("a value cannot begin with " + token);
    };
  }

  private static Value items(JsonParser parser) {
    var items = new ArrayList<Value>();
    for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken())
      items.add(value(parser, token));
    return new Value.Items(items);
  }

  private static Value struct(JsonParser parser) {
    var members = new LinkedHashMap<String, Value>();
    for (var name = parser.nextName(); name != null; name = parser.nextName())
      members.put(name, value(parser, parser.nextToken()));
    return new Value.Struct(members);
  }

  static void write(Value value, JsonGenerator generator) {
    switch (value) {
      case Value.Text(var text) -> generator.writeString(text);
      case Value.Whole(long number) -> generator.writeNumber(number);
      case Value.Decimal(double number) -> generator.writeNumber(number);
      case Value.Flag(boolean set) -> generator.writeBoolean(set);
      case Value.Null _ -> generator.writeNull();
      case Value.Items(List<Value> items) -> {
        generator.writeStartArray();
        for (var item : items) write(item, generator);
        generator.writeEndArray();
      }
      case Value.Struct(var members) -> {
        generator.writeStartObject();
        members.forEach((name, member) -> {
          generator.writeName(name);
          write(member, generator);
        });
        generator.writeEndObject();
      }
    }
  }

  private static Refusal refusal(JacksonException e) {
    var where = e.getLocation();
    var at =
        where == null ? "" : " at line " + where.getLineNr() + ", column " + where.getColumnNr();
    var twice = TWICE.matcher(String.valueOf(e.getOriginalMessage()));
    if (twice.lookingAt())
      return new Refusal.Invalid(
          twice.group(1)
              + " stands twice in one JSON object"
              + at
              + "; keep one of them, since readers differ in which they take (RFC 8259 §4)");
    return e instanceof StreamConstraintsException
        ? new Refusal.TooLarge("the JSON text exceeds a limit" + at + ": " + e.getOriginalMessage())
        : new Refusal.Invalid("the text is not JSON" + at + ": " + said(e));
  }

  /// Without the parser's own notes, which stand behind in brackets.
  private static String said(JacksonException e) {
    var message = String.valueOf(e.getOriginalMessage());
    int notes = message.indexOf(" (start marker");
    return notes < 0 ? message : message.substring(0, notes);
  }
}
