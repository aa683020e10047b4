package plaza.ngsild.distribute;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import plaza.graph.Value;
import plaza.ngsild.parse.Normalized;
import plaza.ngsild.parse.Normalized.Fresh;
import plaza.ngsild.source.Operation;

/// How a change is put to a source: in the normalized representation, which all sources support
/// (clause 4.3.6.1), wherever that leaves its meaning alone.
///
/// What is merged into attributes that are there stays as the caller wrote it: what it says less
/// than the whole is taken from there.
record Plain(Operation operation, Map<String, String> given) {
  private enum Way {
    /// Whole attributes that are what the document says.
    WHOLE,
    /// Whole attributes; a bare value takes the kind that is there.
    UPDATE,
    /// The body is one whole attribute.
    ATTRIBUTE,
    /// Less than whole attributes.
    AS_WRITTEN
  }

  Plain {
    given = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(given));
  }

  private Way way() {
    return switch (operation) {
      case CREATE_ENTITY, REPLACE_ENTITY, CREATE_BATCH -> Way.WHOLE;
      case UPSERT_BATCH -> options().contains("update") ? Way.UPDATE : Way.WHOLE;
      case UPDATE_ENTITY, APPEND_ATTRS, UPDATE_BATCH, UPSERT_TEMPORAL, APPEND_ATTRS_TEMPORAL ->
          Way.UPDATE;
      case REPLACE_ATTRS -> Way.ATTRIBUTE;
      default -> Way.AS_WRITTEN;
    };
  }

  private List<String> options() {
    return List.of(given.getOrDefault("options", "").split(",", -1));
  }

  private boolean isSimplified() {
    var format = given.get("format");
    if (format != null) return format.equals("simplified") || format.equals("keyValues");
    return options().contains("simplified") || options().contains("keyValues");
  }

  Value.Struct body(Value.Struct written) {
    if (isSimplified()) return way() == Way.WHOLE ? Normalized.simplified(written) : written;
    return switch (way()) {
      case WHOLE -> Normalized.entity(written, Fresh.YES);
      case UPDATE -> Normalized.entity(written, Fresh.NO);
      case ATTRIBUTE -> Normalized.attribute(written);
      case AS_WRITTEN -> written;
    };
  }

  /// Of the URL, without what the body no longer is. `options` is what every version knows.
  Map<String, String> parameters() {
    if (!given.containsKey("options") && !given.containsKey("format")) return given;
    var left = new LinkedHashMap<>(given);
    left.remove("format");
    var options = Normalized.optionsOf(given.get("options"));
    if (isSimplified() && way() != Way.WHOLE)
      options = options == null ? "keyValues" : options + ",keyValues";
    if (options == null) left.remove("options");
    else left.put("options", options);
    return left;
  }
}
