package plaza.ngsild.query;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.query.Condition;
import plaza.graph.query.GeoFilter;
import plaza.graph.query.Query;
import plaza.graph.query.Selector;
import plaza.ngsild.context.Context;
import plaza.ngsild.parse.Members;

/// Reads which entities a request is about, from URL parameters or a Query document (clauses
/// 5.7.2.3, 5.2.23).
public final class QueryParser {
  /// The parameters of a request.
  @FunctionalInterface
  public interface Parameters {
    @Nullable String get(String name);

    default List<String> list(String name) {
      var text = get(name);
      return text == null
          ? List.of()
          : Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    }
  }

  private QueryParser() {}

  /// From URL parameters: id, idPattern, type, attrs, q, georel and its companions, scopeQ.
  public static Query parse(Parameters parameters, Context context) {
    var ids = parameters.list("id");
    var idPattern = parameters.get("idPattern");
    var type = parameters.get("type");
    List<Selector> selectors =
        ids.isEmpty() && idPattern == null && type == null
            ? List.of()
            : List.of(Selections.selector(ids, idPattern, type, context));
    var georel = parameters.get("georel");
    if (georel == null
        && (parameters.get("geometry") != null || parameters.get("coordinates") != null))
      throw new Refusal.Invalid("geometry and coordinates need a georel beside them");
    return new Query(
        selectors,
        names(parameters.list("attrs"), "attrs", context),
        condition(
            parameters.get("q"),
            Set.copyOf(parameters.list("expandValues")),
            context,
            JoinParser.parse(parameters, context).level()),
        georel == null
            ? null
            : GeoQueries.parse(
                georel,
                parameters.get("geometry"),
                parameters.get("coordinates"),
                parameters.get("geoproperty"),
                context),
        parameters.get("scopeQ") == null ? null : Selections.scopes(parameters.get("scopeQ")));
  }

  /// From a Query document, or what a subscription says of its entities, q, geoQ and scopeQ.
  public static Query parse(Value.Struct document, Context context) {
    return parse(document, context, 0);
  }

  /// @param links how many links the paths of `q` may follow
  public static Query parse(Value.Struct document, Context context, int links) {
    var members = document.members();
    var scopeQ = text(members.get("scopeQ"), "scopeQ");
    return new Query(
        selectors(members.get("entities"), context),
        names(texts(members.get("attrs"), "attrs"), "attrs", context),
        condition(q(members), expandValues(members.get("expandValues")), context, links),
        geo(members.get("geoQ"), context),
        scopeQ == null ? null : Selections.scopes(scopeQ));
  }

  /// The `q` of a document. It is percent-encoded in URLs only (clause 4.9); yet many have learned
  /// to write `%22` around texts in documents too. It is taken for that where no quote stands as
  /// itself: such a `q` can mean nothing else.
  public static @Nullable String q(Map<String, Value> members) {
    var q = text(members.get("q"), "q");
    if (q == null || !q.contains("%22") || q.indexOf('"') >= 0) return q;
    try {
      return URLDecoder.decode(q.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Refusal.Invalid("q: the percent-encoding of " + q + " is broken");
    }
  }

  /// A condition on entities alone, not on those they link to.
  public static @Nullable Condition condition(
      @Nullable String q, Set<String> expandValues, Context context) {
    return condition(q, expandValues, context, 0);
  }

  /// @param links how many links its paths may follow
  public static @Nullable Condition condition(
      @Nullable String q, Set<String> expandValues, Context context, int links) {
    return q == null ? null : QParser.parse(q, context, expandValues, links);
  }

  /// Table 5.2.23-1 has it as one text with commas; an array is taken too.
  private static Set<String> expandValues(@Nullable Value value) {
    var names = new HashSet<String>();
    for (var text : texts(value, "expandValues"))
      for (var name : text.split(",", -1)) names.add(name.strip());
    return names;
  }

  /// Clause 5.2.33.
  public static List<Selector> selectors(@Nullable Value entities, Context context) {
    if (entities == null) return List.of();
    if (!(entities instanceof Value.Items(var items)) || items.isEmpty())
      throw new Refusal.Invalid("entities must be an array with at least one selector");
    var selectors = new ArrayList<Selector>();
    for (var item : items) {
      if (!(item instanceof Value.Struct(var selector)))
        throw new Refusal.Invalid("entities: a selector must be an object");
      var type = text(selector.get("type"), "entities: type");
      if (type == null) throw new Refusal.Invalid("entities: a selector needs a type, or \"*\"");
      var ids = texts(selector.get("id"), "entities: id");
      var read =
          Selections.selector(
              ids, text(selector.get("idPattern"), "entities: idPattern"), type, context);
      // The id takes precedence over the pattern.
      selectors.add(ids.isEmpty() ? read : new Selector(read.ids(), null, read.types()));
    }
    return selectors;
  }

  /// Clause 5.2.13.
  public static @Nullable GeoFilter geo(@Nullable Value geoQ, Context context) {
    if (geoQ == null) return null;
    if (!(geoQ instanceof Value.Struct(var members)))
      throw new Refusal.Invalid("geoQ must be an object");
    var georel = text(members.get("georel"), "geoQ: georel");
    var geometry = text(members.get("geometry"), "geoQ: geometry");
    var coordinates = members.get("coordinates");
    if (georel == null || geometry == null || coordinates == null)
      throw new Refusal.Invalid("geoQ needs georel, geometry and coordinates");
    var property = text(members.get("geoproperty"), "geoQ: geoproperty");
    return GeoQueries.ofDocument(georel, geometry, coordinates, property, context);
  }

  /// Expanded names of attributes.
  public static List<String> names(List<String> written, String what, Context context) {
    var names = new LinkedHashSet<String>();
    for (var name : written) names.add(Members.name(name, what + ": an attribute name", context));
    return List.copyOf(names);
  }

  /// Clause 5.7.2.4: a query must be narrowed by type, attribute, q or place.
  public static void requireNarrow(Query query) {
    boolean narrow =
        query.attributes().stream().anyMatch(Paths::isOfAttribute)
            || query.geo() != null
            || query.selectors().stream().anyMatch(selector -> selector.types() != null)
            || (query.condition() != null && asksOfAttribute(query.condition()));
    if (!narrow)
      throw new Refusal.Invalid(
          "the query is too wide: give at least one of type, attrs, q and georel, or local=true");
  }

  private static boolean asksOfAttribute(Condition condition) {
    return switch (condition) {
      case Condition.And(var parts) -> parts.stream().anyMatch(QueryParser::asksOfAttribute);
      case Condition.Or(var parts) -> parts.stream().anyMatch(QueryParser::asksOfAttribute);
      case Condition.Linked(var path, _, _) -> Paths.isOfAttribute(path);
      case Condition.Exists(var path) -> Paths.isOfAttribute(path);
      case Condition.Test(var path, _, _) -> Paths.isOfAttribute(path);
    };
  }

  /// A member that must be a text when it is there.
  public static @Nullable String text(@Nullable Value value, String what) {
    return switch (value) {
      case null -> null;
      case Value.Text(var text) -> text;
      default -> throw new Refusal.Invalid(what + " must be a string");
    };
  }

  /// A member that must be a text or an array of texts when it is there.
  public static List<String> texts(@Nullable Value value, String what) {
    return switch (value) {
      case null -> List.of();
      case Value.Text(var text) -> List.of(text);
      case Value.Items(var items) when !items.isEmpty() ->
          items.stream()
              .map(item -> {
                var text = text(item, what);
                if (text == null) throw new IllegalStateException();
                return text;
              })
              .toList();
      default -> throw new Refusal.Invalid(what + " must be an array of strings that is not empty");
    };
  }
}
