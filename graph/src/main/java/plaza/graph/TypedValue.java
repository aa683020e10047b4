package plaza.graph;

import org.jspecify.annotations.Nullable;

/// A JSON-LD typed value, `{"@type": "DateTime", "@value": "2018-12-04T12:00:00Z"}` (clause 4.6.3,
/// annex C.6): it is kept and shown as it was written, and compared as what stands in `@value`.
///
/// @param type as it was written; null when none is given
public record TypedValue(@Nullable String type, Value value) {
  /// The typed value that a value is; null when it is a plain one.
  public static @Nullable TypedValue of(Value value) {
    if (!(value instanceof Value.Struct(var members))) return null;
    var held = members.get("@value");
    if (held == null) return null;
    var type = members.get("@type");
    // Compacted by the core context, `@type` is `type`.
    if (type == null) type = members.get("type");
    return new TypedValue(type instanceof Value.Text(var name) ? name : null, held);
  }

  /// Whether a value is a typed one, or an array that holds one.
  public static boolean isIn(Value value) {
    if (value instanceof Value.Struct(var members)) return members.containsKey("@value");
    if (!(value instanceof Value.Items(var items))) return false;
    for (var item : items) if (isIn(item)) return true;
    return false;
  }

  /// What a value is compared as; arrays are looked into.
  public static Value plain(Value value) {
    var typed = of(value);
    if (typed != null) return typed.value;
    return value instanceof Value.Items(var items) && isIn(value)
        ? new Value.Items(items.stream().map(TypedValue::plain).toList())
        : value;
  }

  /// The last part of the type's name: `DateTime` of `https://uri.etsi.org/ngsi-ld/DateTime`, and
  /// of `xsd:dateTime` `dateTime`.
  public String shortType() {
    if (type == null) return "";
    int end =
        Math.max(type.lastIndexOf('/'), Math.max(type.lastIndexOf('#'), type.lastIndexOf(':')));
    return type.substring(end + 1);
  }
}
