package plaza.programme.record;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;
import plaza.graph.Value;
import plaza.json.Json;

/// One text for one value, so that hashes can be computed again by anyone: JSON without blanks,
/// members sorted by name at every depth (UTF-16 order, as RFC 8785), in UTF-8.
public final class Canonical {
  private Canonical() {}

  public static String text(Value value) {
    return Json.text(sorted(value));
  }

  public static String hash(Value value) {
    return hash(text(value));
  }

  /// SHA-256 in lower-case hexadecimal.
  public static String hash(String text) {
    return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static Value sorted(Value value) {
    return switch (value) {
      case Value.Struct(var members) -> {
        var sorted = new TreeMap<String, Value>();
        members.forEach((name, member) -> sorted.put(name, sorted(member)));
        yield new Value.Struct(sorted);
      }
      case Value.Items(var items) ->
          new Value.Items(items.stream().map(Canonical::sorted).toList());
      case Value.Text _, Value.Whole _, Value.Decimal _, Value.Flag _, Value.Null _ -> value;
    };
  }
}
