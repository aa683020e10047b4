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
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.query.Query;
import plaza.graph.query.Selector;
import plaza.ngsild.context.Context;
import plaza.ngsild.parse.DateTimes;
import plaza.ngsild.query.QueryParser;
import plaza.ngsild.represent.LanguageFilter;
import plaza.ngsild.represent.Projection;
import plaza.ngsild.represent.Representation;

/// Reads subscription documents (clauses 5.2.12 to 5.2.15, 5.2.33) and refuses what they must not
/// say.
final class DefinitionParser {
  private final ContextShelf contexts;

  DefinitionParser(ContextShelf contexts) {
    this.contexts = contexts;
  }

  /// @param context the document's names are read with it
  /// @param origin where this server was reached, for the URL of a context that it serves itself
  Definition parse(Value.Struct document, Context context, String origin) {
    var members = document.members();
    var type = members.get("type");
    if (type != null
        && !(type instanceof Value.Text(var name)
            && (name.equals("Subscription") || name.equals(Names.NGSI_LD + "Subscription"))))
      throw new Refusal.Invalid("the \"type\" of a subscription must be \"Subscription\"");
    if (members.containsKey("temporalQ"))
      throw new Refusal.Invalid("temporalQ belongs to subscriptions to context sources only");
    var watched = texts(members, "watchedAttributes");
    var interval = duration(members.get("timeInterval"), "timeInterval");
    var throttling = duration(members.get("throttling"), "throttling");
    var query = query(members, context);
    check(members, watched, interval, throttling);
    return new Definition(
        new Watch(
            query,
            Set.copyOf(QueryParser.names(watched, "watchedAttributes", context)),
            triggers(texts(members, "notificationTrigger"))),
        manner(members, context, origin),
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

  private static Query query(Map<String, Value> members, Context context) {
    var selectors = new ArrayList<Selector>();
    for (var selector : QueryParser.selectors(members.get("entities"), context))
      // Clause 5.2.33: id takes precedence over idPattern.
      selectors.add(
          selector.ids().isEmpty()
              ? selector
              : new Selector(selector.ids(), null, selector.types()));
    var expand = QueryParser.text(members.get("expandValues"), "expandValues");
    var expanded =
        expand == null ? Set.<String>of() : Set.copyOf(new HashSet<>(List.of(expand.split(","))));
    QueryParser.condition(QueryParser.text(members.get("csf"), "csf"), Set.of(), context);
    var scopes = QueryParser.text(members.get("scopeQ"), "scopeQ");
    return new Query(
        selectors,
        List.of(),
        QueryParser.condition(QueryParser.text(members.get("q"), "q"), expanded, context),
        QueryParser.geo(members.get("geoQ"), context),
        scopes == null ? null : plaza.ngsild.query.Selections.scopes(scopes));
  }

  private static Set<Trigger> triggers(List<String> names) {
    if (names.isEmpty()) return Trigger.DEFAULT;
    var triggers = EnumSet.noneOf(Trigger.class);
    for (var name : names) triggers.addAll(Trigger.named(name));
    return triggers;
  }

  private Manner manner(Map<String, Value> members, Context context, String origin) {
    if (!(members.get("notification") instanceof Value.Struct(var notification)))
      throw new Refusal.Invalid("a subscription needs a notification with an endpoint");
    if (!(notification.get("endpoint") instanceof Value.Struct(var endpoint)))
      throw new Refusal.Invalid("the notification needs an endpoint with a uri");
    var join = QueryParser.text(notification.get("join"), "notification: join");
    if (join != null && !join.equals("@none"))
      throw new Refusal.Unsupported(
          "notification: join '" + join + "' is not offered; leave it out, or use \"@none\"");
    var format = format(notification);
    boolean changes = flag(notification.get("showChanges"), "notification: showChanges", false);
    if (changes && format == Representation.Format.SIMPLIFIED)
      throw new Refusal.Invalid("showChanges cannot be true with the simplified representation");
    var lang = QueryParser.text(members.get("lang"), "lang");
    var datasetIds = texts(members, "datasetId");
    for (var id : datasetIds) if (!id.equals("@none")) Names.uri(id, "datasetId");
    var named = QueryParser.text(members.get("jsonldContext"), "jsonldContext");
    if (named != null) Names.uri(named, "jsonldContext");
    var sending = named == null ? context : contexts.of(Value.of(named));
    return new Manner(
        Destination.parse(endpoint),
        new Representation(
            format,
            flag(notification.get("sysAttrs"), "notification: sysAttrs", false),
            projection(notification, context),
            lang == null ? null : LanguageFilter.parse(lang),
            datasetIds.isEmpty() ? null : Set.copyOf(datasetIds)),
        changes,
        sending,
        named == null ? link(sending, origin) : named);
  }

  /// A receiver can follow absolute URLs only.
  static String link(Context context, String origin) {
    var link = context.link();
    return link.startsWith("/") ? origin + link : link;
  }

  private static Representation.Format format(Map<String, Value> notification) {
    var name = QueryParser.text(notification.get("format"), "notification: format");
    return switch (name) {
      case null -> Representation.Format.NORMALIZED;
      case "normalized" -> Representation.Format.NORMALIZED;
      case "concise" -> Representation.Format.CONCISE;
      case "simplified", "keyValues" -> Representation.Format.SIMPLIFIED;
      default ->
          throw new Refusal.Invalid(
              "notification: format must be normalized, concise, simplified or keyValues, not '"
                  + name
                  + "'");
    };
  }

  /// `attributes` is the old word for `pick` (clause 5.2.14.1).
  private static Projection projection(Map<String, Value> notification, Context context) {
    var attributes = texts(notification, "attributes");
    var pick = texts(notification, "pick");
    var omit = texts(notification, "omit");
    if (!attributes.isEmpty()) {
      if (!pick.isEmpty() || !omit.isEmpty())
        throw new Refusal.Invalid("notification: use attributes, or pick and omit, not both");
      for (var name : attributes)
        if (isEntityMember(name))
          throw new Refusal.Invalid("notification: attributes cannot name " + name + "; use pick");
      return Projection.attributes(members(attributes, "attributes", context));
    }
    var omitted = members(omit, "omit", context);
    if (pick.isEmpty()) return new Projection(null, omitted);
    var picked = members(pick, "pick", context);
    for (var name : picked)
      if (omitted.contains(name))
        throw new Refusal.Invalid("notification: pick and omit both name " + name);
    return new Projection(picked, omitted);
  }

  private static Set<String> members(List<String> written, String what, Context context) {
    var names = new HashSet<String>();
    for (var name : written)
      if (isEntityMember(name)) names.add(name);
      else names.addAll(QueryParser.names(List.of(name), "notification: " + what, context));
    return names;
  }

  static boolean isEntityMember(String name) {
    return switch (name) {
      case "id", "type", "scope", "createdAt", "modifiedAt", "expiresAt" -> true;
      default -> false;
    };
  }

  /// An array of texts; refuses a bare text and an empty array.
  private static List<String> texts(Map<String, Value> members, String name) {
    var value = members.get(name);
    if (value == null) return List.of();
    if (!(value instanceof Value.Items))
      throw new Refusal.Invalid(name + " must be an array of strings");
    return QueryParser.texts(value, name);
  }

  private static boolean flag(@Nullable Value value, String what, boolean otherwise) {
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
