package plaza.ngsild.subscription;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import plaza.graph.Value;
import plaza.graph.query.Selector;
import plaza.graph.query.TypeSelection;
import plaza.ngsild.context.Context;
import plaza.ngsild.source.Match;

/// A subscription as it is made at a context source: reduced to what the source was registered for,
/// telling this server, which tells the subscriber (clause 5.8.1.4).
///
/// How the subscriber wants to see entities, and what he gave for himself alone, stays here.
final class CopyDocument {
  private static final List<String> KEPT =
      List.of(
          "entities",
          "notificationTrigger",
          "isActive",
          "expiresAt",
          "throttling",
          "timeInterval",
          "datasetId",
          "splitEntities");
  private static final List<String> FILTERS = List.of("q", "geoQ", "scopeQ", "expandValues");

  private final Value.Struct document;
  private final Context context;
  private final Match match;

  /// @param document in the names of the context
  CopyDocument(Value.Struct document, Context context, Match match) {
    this.document = document;
    this.context = context;
    this.match = match;
  }

  /// @param filtering whether the source may decide what meets the filters
  Value.Struct of(String id, String notifyUri, boolean filtering) {
    Map<String, Value> members = new LinkedHashMap<>();
    members.put("id", Value.of(id));
    members.put("type", Value.of("Subscription"));
    for (var name : KEPT) copy(name, members);
    if (filtering) for (var name : FILTERS) copy(name, members);
    var selectors = selectors();
    if (!selectors.isEmpty()) members.put("entities", new Value.Items(selectors));
    var watched = watched();
    if (!watched.isEmpty() && !members.containsKey("timeInterval"))
      members.put("watchedAttributes", Value.of(watched));
    if ((!members.containsKey("entities") && watched.isEmpty())
        || match.registration().source().management().localOnly())
      members.put("localOnly", Value.of(true));
    members.put("notification", notification(notifyUri));
    return new Value.Struct(members);
  }

  private void copy(String name, Map<String, Value> members) {
    var value = document.members().get(name);
    if (value != null) members.put(name, value);
  }

  private Value notification(String uri) {
    Map<String, Value> members = new LinkedHashMap<>();
    members.put("format", Value.of("normalized"));
    members.put("sysAttrs", Value.of(true));
    if (document.members().get("notification") instanceof Value.Struct(var given)
        && given.get("showChanges") != null) members.put("showChanges", given.get("showChanges"));
    Map<String, Value> endpoint = new LinkedHashMap<>();
    endpoint.put("uri", Value.of(uri));
    endpoint.put("accept", Value.of("application/ld+json"));
    members.put("endpoint", new Value.Struct(endpoint));
    return new Value.Struct(members);
  }

  /// Empty where the source may have any entity that is wanted.
  private List<Value> selectors() {
    var selectors = new LinkedHashSet<Value>();
    for (var part : match.parts()) {
      if (part.selectors().isEmpty()) return List.of();
      for (var selector : part.selectors()) selectors.add(selector(selector));
    }
    return new ArrayList<>(selectors);
  }

  private Value selector(Selector selector) {
    Map<String, Value> members = new LinkedHashMap<>();
    if (selector.ids().size() == 1) members.put("id", Value.of(selector.ids().getFirst()));
    else if (!selector.ids().isEmpty()) members.put("id", Value.of(selector.ids()));
    if (selector.idPattern() != null)
      members.put("idPattern", Value.of(selector.idPattern().pattern()));
    members.put("type", Value.of(selector.types() == null ? "*" : types(selector.types(), false)));
    return new Value.Struct(members);
  }

  /// Clause 4.17.
  private String types(TypeSelection types, boolean inside) {
    return switch (types) {
      case TypeSelection.Is(var type) -> context.name(type);
      case TypeSelection.AllOf(var parts) -> joined(parts, ";", inside);
      case TypeSelection.AnyOf(var parts) -> joined(parts, "|", inside);
    };
  }

  private String joined(List<TypeSelection> parts, String sign, boolean inside) {
    var text = parts.stream().map(part -> types(part, true)).collect(Collectors.joining(sign));
    return inside && parts.size() > 1 ? "(" + text + ")" : text;
  }

  /// Names by the context; empty for all.
  private List<String> watched() {
    var names = new LinkedHashSet<String>();
    for (var part : match.parts()) {
      if (part.attributes().isEmpty()) return List.of();
      for (var name : part.attributes()) names.add(context.name(name));
    }
    return List.copyOf(names);
  }
}
