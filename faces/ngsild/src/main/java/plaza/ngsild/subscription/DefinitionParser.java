package plaza.ngsild.subscription;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.query.Query;
import plaza.graph.query.Selector;
import plaza.ngsild.context.Context;
import plaza.ngsild.parse.DateTimes;
import plaza.ngsild.query.QueryParser;
import plaza.ngsild.source.AskParser;
import plaza.ngsild.source.SourceFilter;

/// Reads subscription documents (clauses 5.2.12 to 5.2.15, 5.2.33) and refuses what they must not
/// say.
final class DefinitionParser {
  private final MannerParser manners;

  DefinitionParser(ContextShelf contexts) {
    this.manners = new MannerParser(contexts);
  }

  /// @param context the document's names are read with it
  /// @param origin where this server was reached, for the URL of a context that it serves itself
  Definition parse(Kind kind, Value.Struct document, Context context, String origin) {
    var members = document.members();
    if (kind == Kind.ENTITIES && members.containsKey("temporalQ"))
      throw new Refusal.Invalid("temporalQ belongs to subscriptions to context sources only");
    for (var text : new String[] {"description", "subscriptionName"})
      QueryParser.text(members.get(text), text);
    var watched = texts(members, "watchedAttributes");
    var interval = duration(members.get("timeInterval"), "timeInterval");
    var throttling = duration(members.get("throttling"), "throttling");
    var manner = manners.parse(members, context, origin);
    var query = query(members, context, manner.join().level());
    check(members, watched, interval, throttling);
    return new Definition(
        new Watch(
            query,
            Set.copyOf(QueryParser.names(watched, "watchedAttributes", context)),
            triggers(texts(members, "notificationTrigger"))),
        kind == Kind.SOURCES ? AskParser.parse(document, context) : null,
        manner,
        reach(members, context, watched, manner),
        flag(members.get("isActive"), "isActive", true),
        moment(members.get("expiresAt")),
        throttling,
        interval);
  }

  private static void check(
      Map<String, Value> members,
      List<String> watched,
      @Nullable Duration interval,
      @Nullable Duration throttling) {
    boolean local = flag(members.get("localOnly"), "localOnly", false);
    if (members.get("localOnly") instanceof Value.Flag && !local && asksForAll(members))
      throw new Refusal.Invalid(
          "entities of type \"*\" are local ones only: leave localOnly out, or make it true");
    boolean entities = members.containsKey("entities");
    if (!entities && watched.isEmpty() && !local)
      throw new Refusal.Invalid(
          "a subscription needs entities or watchedAttributes, unless localOnly is true");
    if (interval == null) return;
    if (!watched.isEmpty())
      throw new Refusal.Invalid("timeInterval and watchedAttributes exclude each other");
    if (throttling != null)
      throw new Refusal.Invalid("timeInterval and throttling exclude each other");
    if (!entities && !local)
      throw new Refusal.Invalid("timeInterval needs entities, unless localOnly is true");
  }

  private static Reach reach(
      Map<String, Value> members, Context context, List<String> watched, Manner manner) {
    boolean split = flag(members.get("splitEntities"), "splitEntities", false);
    var datasetIds = manner.representation().datasetIds();
    return new Reach(
        flag(members.get("localOnly"), "localOnly", false) || asksForAll(members),
        members.containsKey("splitEntities") ? (Boolean) split : null,
        SourceFilter.parse(QueryParser.text(members.get("csf"), "csf"), context),
        Set.copyOf(QueryParser.names(watched, "watchedAttributes", context)),
        datasetIds == null ? Set.of() : datasetIds);
  }

  /// Clause 5.2.33.
  private static boolean asksForAll(Map<String, Value> members) {
    return members.get("entities") instanceof Value.Items(var selectors)
        && selectors.stream()
            .anyMatch(one ->
                one instanceof Value.Struct(var selector)
                    && selector.get("type") instanceof Value.Text(var type)
                    && type.equals("*"));
  }

  /// @param links how many links its paths may follow (clause 5.7.2.4)
  private static Query query(Map<String, Value> members, Context context, int links) {
    var selectors = new ArrayList<Selector>();
    for (var selector : QueryParser.selectors(members.get("entities"), context))
      // Clause 5.2.33: id takes precedence over idPattern.
      selectors.add(
          selector.ids().isEmpty()
              ? selector
              : new Selector(selector.ids(), null, selector.types()));
    // Values stay as they were written unless this says otherwise: that is all jsonKeys asks for.
    var expanded = names(members, "expandValues");
    expanded.removeAll(names(members, "jsonKeys"));
    var scopes = QueryParser.text(members.get("scopeQ"), "scopeQ");
    return new Query(
        selectors,
        List.of(),
        QueryParser.condition(QueryParser.q(members), expanded, context, links),
        QueryParser.geo(members.get("geoQ"), context),
        scopes == null ? null : plaza.ngsild.query.Selections.scopes(scopes));
  }

  /// Clause 5.2.12: a comma separated list.
  private static Set<String> names(Map<String, Value> members, String name) {
    var text = QueryParser.text(members.get(name), name);
    var names = new HashSet<String>();
    if (text != null) for (var one : text.split(",")) names.add(one.strip());
    return names;
  }

  private static Set<Trigger> triggers(List<String> names) {
    if (names.isEmpty()) return Trigger.DEFAULT;
    var triggers = EnumSet.noneOf(Trigger.class);
    for (var name : names) triggers.addAll(Trigger.named(name));
    return triggers;
  }

  /// An array of texts; refuses a bare text and an empty array.
  static List<String> texts(Map<String, Value> members, String name) {
    var value = members.get(name);
    if (value == null) return List.of();
    if (!(value instanceof Value.Items))
      throw new Refusal.Invalid(name + " must be an array of strings");
    return QueryParser.texts(value, name);
  }

  static boolean flag(@Nullable Value value, String what, boolean otherwise) {
    return switch (value) {
      case null -> otherwise;
      case Value.Flag(boolean set) -> set;
      default -> throw new Refusal.Invalid(what + " must be true or false");
    };
  }

  private static @Nullable Instant moment(@Nullable Value value) {
    return value == null ? null : DateTimes.parse(value, "expiresAt");
  }

  private static @Nullable Duration duration(@Nullable Value value, String what) {
    var seconds = positive(value, what);
    return seconds == null ? null : Duration.ofNanos((long) (seconds * 1e9));
  }

  static @Nullable Double positive(@Nullable Value value, String what) {
    if (value == null) return null;
    double number = value.asNumber();
    if (!(number > 0)) throw new Refusal.Invalid(what + " must be a number greater than 0");
    // A century; longer waits would overflow, and nobody sees their end.
    return Math.min(number, 3e9);
  }
}
