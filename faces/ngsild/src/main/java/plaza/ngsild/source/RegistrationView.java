package plaza.ngsild.source;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plaza.graph.Value;
import plaza.ngsild.context.Context;

/// A registration as it is shown to who may see it.
public final class RegistrationView {
  private final RegistrationRecord record;
  private final List<Part> relevant;
  private final Use use;
  private final boolean masked;

  /// @param relevant the elements of its information that show
  /// @param masked whether contextSourceInfo, which may hold secrets, is hidden
  RegistrationView(RegistrationRecord record, List<Part> relevant, Use use, boolean masked) {
    this.record = record;
    this.relevant = relevant;
    this.use = use;
    this.masked = masked;
  }

  public String id() {
    return record.id();
  }

  /// @param context names are shown by it
  /// @param system whether createdAt and modifiedAt show
  public Value.Struct show(Context context, boolean system) {
    var members = new LinkedHashMap<String, Value>();
    members.put("id", Value.of(record.id()));
    members.put("type", Value.of("ContextSourceRegistration"));
    members.putAll(Documents.shown(document(), context));
    if (masked) members.remove("contextSourceInfo");
    use.show(members);
    if (system) {
      put(members, "createdAt", record.createdAt());
      put(members, "modifiedAt", record.modifiedAt());
    }
    return new Value.Struct(members);
  }

  /// Clause 5.10.2.5: without the elements of information that have nothing to do with the request.
  private Value.Struct document() {
    var document = record.document();
    var all = record.understood().information();
    if (relevant.size() == all.size()
        || !(document.members().get("information") instanceof Value.Items(var elements)))
      return document;
    var shown = new ArrayList<Value>();
    for (int i = 0; i < all.size(); i++) {
      var one = all.get(i);
      if (relevant.stream().anyMatch(part -> part.information().equals(one)))
        shown.add(elements.get(i));
    }
    var members = new LinkedHashMap<>(document.members());
    members.put("information", new Value.Items(shown));
    return new Value.Struct(members);
  }

  private static void put(Map<String, Value> members, String name, @Nullable Instant at) {
    if (at != null) members.put(name, Value.of(at.toString()));
  }
}
