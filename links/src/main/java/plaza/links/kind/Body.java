package plaza.links.kind;

import static java.nio.charset.StandardCharsets.UTF_8;

import plaza.graph.Value;
import plaza.json.Json;

/// What a message says, and how a mapping sees it.
public sealed interface Body {
  /// As it came, for a dead letter.
  byte[] bytes();

  /// JSON text, not yet read: the mapping's `payload`.
  @SuppressWarnings("ArrayRecordComponent") // as it came; never compared
  record Document(byte[] bytes) implements Body {}

  /// Text: the mapping's `payload`, a string.
  @SuppressWarnings("ArrayRecordComponent")
  record Text(byte[] bytes) implements Body {}

  /// A row of a table: the mapping's `row`, an object.
  record Row(Value.Struct row) implements Body {
    @Override
    public byte[] bytes() {
      return Json.bytes(row);
    }
  }

  /// What cannot be read at all.
  ///
  /// @param reason a whole sentence
  @SuppressWarnings("ArrayRecordComponent")
  record Unreadable(byte[] bytes, String reason) implements Body {
    public Unreadable(String text, String reason) {
      this(text.getBytes(UTF_8), reason);
    }
  }
}
