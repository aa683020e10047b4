package plaza.ngsild.distribute;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import plaza.graph.Value;
import plaza.ngsild.context.Context;
import plaza.ngsild.parse.Rewriting;

/// What a caller writes of one entity, as he wrote it, so that parts of it can go to several
/// places.
///
/// @param document without its `@context`
/// @param names of the attributes: expanded by written
public record Writing(Value.Struct document, Map<String, String> names, Context context) {
  public Writing {
    names = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(names));
  }

  public static Writing of(Value document, Context context) {
    var members = new LinkedHashMap<String, Value>();
    var names = new LinkedHashMap<String, String>();
    if (document instanceof Value.Struct(var given))
      given.forEach((name, value) -> {
        if (name.equals("@context")) return;
        members.put(name, value);
        if (!Rewriting.isOfEntity(name)) names.put(name, context.expand(name));
      });
    return new Writing(new Value.Struct(members), names, context);
  }

  Targets targets() {
    var datasets = new LinkedHashMap<String, Set<String>>();
    names.forEach((written, name) ->
        datasets
            .computeIfAbsent(name, _ -> new LinkedHashSet<>())
            .addAll(Datasets.of(member(written), context)));
    return new Targets(datasets);
  }

  /// Of a document that is itself an instance of an attribute.
  Set<String> dataset() {
    return Datasets.of(document, context);
  }

  private Value member(String written) {
    return document.members().getOrDefault(written, Value.Null.VALUE);
  }

  /// With these instances of attributes only.
  public Writing only(Targets targets) {
    var members = new LinkedHashMap<>(document.members());
    var kept = new LinkedHashMap<>(names);
    names.forEach((written, name) -> {
      var left = Datasets.only(member(written), context, id -> targets.has(name, id));
      if (left == null) {
        members.remove(written);
        kept.remove(written);
      } else members.put(written, left);
    });
    return new Writing(new Value.Struct(members), kept, context);
  }

  /// With no more entity types than a source was registered for (clause 4.3.6.1).
  ///
  /// @param types expanded; empty for any
  Writing typed(Set<String> types) {
    if (types.isEmpty()) return this;
    var key = document.members().containsKey("@type") ? "@type" : "type";
    var given = document.members().get(key);
    if (!(given instanceof Value.Items(var items))) return this;
    var kept = new ArrayList<Value>();
    for (var item : items)
      if (item instanceof Value.Text(var name) && types.contains(context.expand(name)))
        kept.add(item);
    if (kept.isEmpty() || kept.size() == items.size()) return this;
    var members = new LinkedHashMap<>(document.members());
    members.put(key, kept.size() == 1 ? kept.getFirst() : new Value.Items(kept));
    return new Writing(new Value.Struct(members), names, context);
  }

  /// The attributes in the caller's words.
  public static List<String> named(Iterable<String> attributes, Context context) {
    var names = new ArrayList<String>();
    for (var attribute : attributes) names.add(context.name(attribute));
    return names;
  }
}
