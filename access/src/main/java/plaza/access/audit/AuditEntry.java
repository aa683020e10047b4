package plaza.access.audit;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import plaza.graph.Value;

/// One link of an [AuditChain].
///
/// @param number 1 is the first
/// @param actor URI of who did it
/// @param action what was done, such as `keyIssued`
/// @param subject URI of what it was done to
/// @param details what else is worth knowing; never a secret
/// @param previous hash of the entry before; [#NONE] for the first
/// @param hash SHA-256 over all of the above, in hex
public record AuditEntry(
    long number,
    Instant at,
    String actor,
    String action,
    String subject,
    Value.Struct details,
    String previous,
    String hash) {
  public static final String NONE = "0".repeat(64);

  /// What is hashed: every part but the hash, as JSON with sorted names.
  Value.Struct content() {
    var content = new TreeMap<String, Value>();
    content.put("number", Value.of(number));
    content.put("at", Value.of(at.toString()));
    content.put("actor", Value.of(actor));
    content.put("action", Value.of(action));
    content.put("subject", Value.of(subject));
    content.put("details", sorted(details));
    content.put("previous", Value.of(previous));
    return new Value.Struct(content);
  }

  private static Value sorted(Value value) {
    return switch (value) {
      case Value.Struct(var members) -> {
        var sorted = new LinkedHashMap<String, Value>();
        members.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .forEach(member -> sorted.put(member.getKey(), sorted(member.getValue())));
        yield new Value.Struct(sorted);
      }
      case Value.Items(var items) ->
          new Value.Items(items.stream().map(AuditEntry::sorted).toList());
      case Value.Text _, Value.Whole _, Value.Decimal _, Value.Flag _, Value.Null _ -> value;
    };
  }
}
