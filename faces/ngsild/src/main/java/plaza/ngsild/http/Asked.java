package plaza.ngsild.http;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.query.Query;
import plaza.ngsild.parse.EntityParser;
import plaza.ngsild.query.JoinParser;
import plaza.ngsild.query.QueryDocument;
import plaza.ngsild.query.QueryParser;
import plaza.ngsild.source.SourceFilter;

/// What a query asks for, of entities or of evolutions, in its URL or in its document (clauses
/// 5.7.2, 5.7.4, 5.2.23).
///
/// @param parameters what the URL says, else the document
/// @param local whether nobody else is asked
record Asked(Call call, Query query, QueryParser.Parameters parameters, boolean local) {
  /// What the document of a query by POST says, and its URL does not.
  private static final Set<String> OF_DOCUMENT =
      Set.of(
          "id",
          "idPattern",
          "type",
          "q",
          "georel",
          "geometry",
          "coordinates",
          "geoproperty",
          "scopeQ",
          "expandValues",
          "jsonKeys");

  private static final Set<String> OF_EVERY_QUERY =
      with(
          OF_DOCUMENT,
          "attrs",
          "limit",
          "offset",
          "count",
          "options",
          "format",
          "pick",
          "omit",
          "lang",
          "datasetId",
          "local",
          "csf",
          "entityMap",
          "entityMapLifetime",
          "splitEntities",
          "orderBy",
          "collation");

  /// The parameters all queries know, and more.
  static Set<String> known(String... more) {
    return with(OF_EVERY_QUERY, more);
  }

  private static Set<String> with(Set<String> known, String... more) {
    return Stream.concat(known.stream(), Stream.of(more)).collect(Collectors.toUnmodifiableSet());
  }

  static Asked inUrl(Call call, Set<String> known) {
    call.allow(known);
    return new Asked(call, query(call), call, isLocal(call));
  }

  /// The query of a URL.
  static Query query(Call call) {
    var query = QueryParser.parse(call, call.context());
    if ("*".equals(call.get("type"))) requireNotElsewhere(call);
    requireSound(call, call.get("csf"));
    if (!isLocal(call)) QueryParser.requireNarrow(query);
    return query;
  }

  /// @param temporal whether it is about evolutions
  /// @param said what the document says as a URL would
  static Asked inDocument(
      Call call,
      Set<String> known,
      boolean temporal,
      Function<Map<String, Value>, QueryParser.Parameters> said) {
    call.allow(known, OF_DOCUMENT);
    var members = EntityParser.object(call.document());
    QueryDocument.require(members, temporal);
    var inBody = said.apply(members);
    QueryParser.Parameters parameters =
        name -> {
          var inUrl = call.get(name);
          if (inUrl != null) return inUrl;
          return switch (name) {
            case "orderBy", "collation", "orderFrom", "orderGeometry" -> ordering(members, name);
            default -> inBody.get(name);
          };
        };
    var query =
        QueryParser.parse(
            new Value.Struct(members),
            call.context(),
            JoinParser.parse(parameters, call.context()).level());
    requireSound(call, QueryParser.text(members.get("csf"), "csf"));
    boolean local = isLocal(call, members);
    if (!local) QueryParser.requireNarrow(query);
    return new Asked(call, query, parameters, local);
  }

  private static @Nullable String ordering(Map<String, Value> document, String name) {
    return document.get("ordering") instanceof Value.Struct ordering
        ? Ordering.members(ordering).get(name)
        : null;
  }

  /// Clause 5.7.2.4: a broken filter of sources is refused even where there are none.
  private static void requireSound(Call call, @Nullable String csf) {
    if (csf != null) SourceFilter.parse(csf, call.context());
  }

  /// Table 6.4.3.2-1: `type=*` is local, whatever else is said.
  private static boolean isLocal(Call call) {
    return call.flag("local") || "*".equals(call.get("type"));
  }

  /// Table 5.2.33-1: the type `*` is local, and nothing may say otherwise.
  private static boolean isLocal(Call call, Map<String, Value> document) {
    boolean everyType =
        document.get("entities") instanceof Value.Items(var items)
            && items.stream()
                .anyMatch(item ->
                    item instanceof Value.Struct(var selector)
                        && Value.of("*").equals(selector.get("type")));
    if (everyType) requireNotElsewhere(call);
    return everyType || call.flag("local");
  }

  private static void requireNotElsewhere(Call call) {
    if ("false".equals(call.get("local")))
      throw new Refusal.Invalid("the type * asks this broker alone; leave out local=false");
  }
}
