package plaza.json;

import java.io.OutputStream;
import java.math.BigDecimal;
import plaza.graph.Value;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.io.SerializedString;

/// Writes JSON while it arises, so that a large answer is never held as a tree. Not for two threads
/// at once. Closing it ends the text and closes the stream.
public final class JsonWriter implements AutoCloseable {
  private final JsonGenerator out;

  public JsonWriter(OutputStream to) {
    this.out = Json.generator(to);
  }

  public JsonWriter startObject() {
    out.writeStartObject();
    return this;
  }

  public JsonWriter endObject() {
    out.writeEndObject();
    return this;
  }

  public JsonWriter startArray() {
    out.writeStartArray();
    return this;
  }

  public JsonWriter endArray() {
    out.writeEndArray();
    return this;
  }

  public JsonWriter name(String name) {
    out.writeName(name);
    return this;
  }

  public JsonWriter text(String text) {
    out.writeString(text);
    return this;
  }

  public JsonWriter number(long number) {
    out.writeNumber(number);
    return this;
  }

  public JsonWriter number(double number) {
    out.writeNumber(number);
    return this;
  }

  /// An exact number, digit by digit: no binary fraction comes between.
  public JsonWriter number(BigDecimal number) {
    out.writeNumber(number.toPlainString());
    return this;
  }

  public JsonWriter flag(boolean set) {
    out.writeBoolean(set);
    return this;
  }

  public JsonWriter nothing() {
    out.writeNull();
    return this;
  }

  public JsonWriter value(Value value) {
    Json.write(value, out);
    return this;
  }

  /// A member whose value is a text.
  public JsonWriter member(String name, String text) {
    out.writeName(name);
    out.writeString(text);
    return this;
  }

  /// Text that is written often, encoded once. It stands where it is put, as it is: whoever makes
  /// one answers for its being JSON there.
  public static final class Piece {
    private final SerializedString text;

    public Piece(String text) {
      this.text = new SerializedString(text);
    }
  }

  public JsonWriter piece(Piece piece) {
    out.writeRaw(piece.text);
    return this;
  }

  /// Sends what is written so far on to the stream.
  public void flush() {
    out.flush();
  }

  @Override
  public void close() {
    out.close();
  }
}
