package plaza.ngsild.query;

import java.util.List;
import java.util.Map;
import java.util.Set;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Value;

/// What a Query document may say (table 5.2.23-1), whether or not the rest of the request makes use
/// of it.
public final class QueryDocument {
  private static final Set<String> LISTS = Set.of("attrs", "omit", "pick", "containedBy");
  private static final Set<String> TEXTS =
      Set.of("q", "scopeQ", "csf", "lang", "join", "entityMapLifetime");
  private static final Set<String> FLAGS = Set.of("entityMap", "splitEntities");
  private static final Set<String> OBJECTS = Set.of("geoQ", "temporalQ", "aggrParams", "ordering");

  /// Of temporal queries only.
  private static final List<String> OF_TIME = List.of("temporalQ", "aggrParams");

  private QueryDocument() {}

  /// @param temporal whether it is about evolutions
  public static void require(Map<String, Value> members, boolean temporal) {
    if (!Value.of("Query").equals(members.get("type")))
      throw new Refusal.Invalid("the body needs \"type\": \"Query\"");
    if (!temporal)
      for (var name : OF_TIME)
        if (members.containsKey(name))
          throw new Refusal.Invalid(name + " is of temporal queries; leave it out");
    members.forEach((name, value) -> {
      if (LISTS.contains(name)) requireTexts(value, name);
      else if (TEXTS.contains(name)) QueryParser.text(value, name);
      else if (FLAGS.contains(name) && !(value instanceof Value.Flag))
        throw new Refusal.Invalid(name + " must be true or false");
      else if (OBJECTS.contains(name) && !(value instanceof Value.Struct))
        throw new Refusal.Invalid(name + " must be an object");
    });
    requireUris(members, "containedBy");
    requireUris(members, "datasetId");
    if (members.get("ordering") instanceof Value.Struct(var ordering))
      requireTexts(ordering.getOrDefault("orderBy", Value.Null.VALUE), "ordering: orderBy");
  }

  private static void requireUris(Map<String, Value> members, String name) {
    var value = members.get(name);
    if (value == null) return;
    requireTexts(value, name);
    for (var id : QueryParser.texts(value, name)) if (!id.equals("@none")) Names.uri(id, name);
  }

  private static void requireTexts(Value value, String name) {
    if (!(value instanceof Value.Items))
      throw new Refusal.Invalid(name + " must be an array of strings that is not empty");
    QueryParser.texts(value, name);
  }
}
