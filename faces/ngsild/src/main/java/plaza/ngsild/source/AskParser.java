package plaza.ngsild.source;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.query.Condition;
import plaza.graph.query.Query;
import plaza.ledger.store.Span;
import plaza.ngsild.context.Context;
import plaza.ngsild.query.QueryParser;
import plaza.ngsild.temporal.TemporalQuery;

/// Reads what registrations a request or a subscription is about (clauses 5.10.2, 5.11.2).
public final class AskParser {
  private static final Set<String> OF_ENTITIES = Set.of("id", "type", "scope");
  private static final Pattern BRACES = Pattern.compile("\\{[^{}]*\\}");

  private AskParser() {}

  /// From URL parameters. The attributes of `pick`, of `q` and of the geo-query count like those of
  /// `attrs`.
  public static Ask parse(QueryParser.Parameters parameters, Context context) {
    var query = QueryParser.parse(parameters, context);
    QueryParser.requireNarrow(query);
    var attributes = new LinkedHashSet<>(query.attributes());
    attributes.addAll(picked(parameters.get("pick"), context));
    if (query.condition() != null) collect(query.condition(), attributes);
    var geo = query.geo();
    if (geo != null && parameters.get("geoproperty") != null) attributes.add(geo.property());
    return ask(
        query,
        List.copyOf(attributes),
        parameters.get("timerel") == null ? null : span(parameters),
        SourceFilter.parse(parameters.get("csf"), context));
  }

  /// From a subscription to registrations. Its attributes count when it names both those watched
  /// and those to be notified.
  public static Ask parse(Value.Struct subscription, Context context) {
    var members = subscription.members();
    var query = QueryParser.parse(subscription, context);
    var watched = QueryParser.texts(members.get("watchedAttributes"), "watchedAttributes");
    var notified =
        members.get("notification") instanceof Value.Struct(var notification)
            ? QueryParser.texts(notification.get("attributes"), "notification: attributes")
            : List.<String>of();
    var names = new ArrayList<String>();
    if (!watched.isEmpty() && !notified.isEmpty()) {
      names.addAll(watched);
      names.addAll(notified);
    }
    return ask(
        query,
        QueryParser.names(names, "watchedAttributes", context),
        temporal(members),
        SourceFilter.parse(QueryParser.text(members.get("csf"), "csf"), context));
  }

  private static Ask ask(
      Query query, List<String> attributes, @Nullable Span span, @Nullable SourceFilter csf) {
    return new Ask(
        Set.of(),
        query.selectors(),
        attributes,
        Set.of(),
        query.scope(),
        query.geo(),
        span,
        csf,
        Set.of());
  }

  /// Table 6.8.3.2-1: attributes to be projected; those of linked entities are not of these.
  private static List<String> picked(@Nullable String pick, Context context) {
    if (pick == null) return List.of();
    var own = pick;
    for (var braces = BRACES.matcher(own); braces.find(); braces = BRACES.matcher(own))
      own = braces.replaceAll("");
    var names = new ArrayList<String>();
    for (var name : own.split("[,|]", -1))
      if (!OF_ENTITIES.contains(name.strip())) names.add(name.strip());
    return QueryParser.names(names, "pick", context);
  }

  /// Clause 5.10.2.4: of before and after, the moment itself must lie in the source's interval.
  private static Span span(QueryParser.Parameters parameters) {
    var asked = TemporalQuery.parse(parameters).span();
    var from = asked.from() == null ? asked.until() : asked.from();
    var until = asked.until() == null ? asked.from() : asked.until();
    return new Span(asked.clock(), from, until);
  }

  /// Clause 5.2.21.
  private static @Nullable Span temporal(Map<String, Value> members) {
    var temporal = members.get("temporalQ");
    if (temporal == null) return null;
    if (!(temporal instanceof Value.Struct(var given)) || given.get("timerel") == null)
      throw new Refusal.Invalid("temporalQ must be an object with timerel and timeAt");
    return span(name -> QueryParser.text(given.get(name), "temporalQ: " + name));
  }

  private static void collect(Condition condition, Set<String> names) {
    switch (condition) {
      case Condition.And(var parts) -> parts.forEach(part -> collect(part, names));
      case Condition.Or(var parts) -> parts.forEach(part -> collect(part, names));
      case Condition.Linked(var path, _, _) -> names.add(path.attribute());
      case Condition.Exists(var path) -> names.add(path.attribute());
      case Condition.Test(var path, _, _) -> names.add(path.attribute());
    }
    // What the system says of every entity (id, type, createdAt) is no attribute.
    names.removeIf(name -> name.indexOf(':') < 0);
  }
}
