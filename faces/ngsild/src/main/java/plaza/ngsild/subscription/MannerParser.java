package plaza.ngsild.subscription;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.ngsild.context.Context;
import plaza.ngsild.query.JoinParser;
import plaza.ngsild.query.ProjectionParser;
import plaza.ngsild.query.QueryParser;
import plaza.ngsild.represent.Conformance;
import plaza.ngsild.represent.LanguageFilter;
import plaza.ngsild.represent.Projection;
import plaza.ngsild.represent.Representation;

/// Reads how a subscriber wants to be told (clauses 5.2.14.1 and 5.2.15, and what 5.2.12 says of
/// `lang`, `datasetId`, `jsonldContext` and `ngsildConformance`).
final class MannerParser {
  private final ContextShelf contexts;

  MannerParser(ContextShelf contexts) {
    this.contexts = contexts;
  }

  /// @param members of the subscription
  Manner parse(Map<String, Value> members, Context context, String origin) {
    if (!(members.get("notification") instanceof Value.Struct(var notification)))
      throw new Refusal.Invalid("a subscription needs a notification with an endpoint");
    if (!(notification.get("endpoint") instanceof Value.Struct(var endpoint)))
      throw new Refusal.Invalid("the notification needs an endpoint with a uri");
    var format = format(notification);
    boolean changes =
        DefinitionParser.flag(notification.get("showChanges"), "notification: showChanges", false);
    if (changes && format == Representation.Format.SIMPLIFIED)
      throw new Refusal.Invalid("showChanges cannot be true with the simplified representation");
    var join = JoinParser.parse(JoinParser.members(notification), context);
    var lang = QueryParser.text(members.get("lang"), "lang");
    var version = QueryParser.text(members.get("ngsildConformance"), "ngsildConformance");
    var named = QueryParser.text(members.get("jsonldContext"), "jsonldContext");
    if (named != null) Names.uri(named, "jsonldContext");
    var sending = named == null ? context : contexts.of(Value.of(named));
    return new Manner(
        Destination.parse(endpoint),
        new Representation(
            format,
            DefinitionParser.flag(notification.get("sysAttrs"), "notification: sysAttrs", false),
            projection(notification, context, join.level()),
            lang == null ? null : LanguageFilter.parse(lang),
            datasetIds(members, context)),
        join,
        changes,
        version == null ? Conformance.NOW : Conformance.parse(version, "ngsildConformance"),
        sending,
        named == null ? link(sending, origin) : named);
  }

  private static @Nullable Set<String> datasetIds(Map<String, Value> members, Context context) {
    var ids = DefinitionParser.texts(members, "datasetId");
    return ids.isEmpty()
        ? null
        : ids.stream().map(context::datasetId).collect(Collectors.toUnmodifiableSet());
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
  private static Projection projection(
      Map<String, Value> notification, Context context, int links) {
    var attributes = DefinitionParser.texts(notification, "attributes");
    var pick = DefinitionParser.texts(notification, "pick");
    var omit = DefinitionParser.texts(notification, "omit");
    if (!attributes.isEmpty()) {
      if (!pick.isEmpty() || !omit.isEmpty())
        throw new Refusal.Invalid("notification: use attributes, or pick and omit, not both");
      for (var name : attributes)
        if (isEntityMember(name))
          throw new Refusal.Invalid("notification: attributes cannot name " + name + "; use pick");
      return Projection.attributes(
          new HashSet<>(QueryParser.names(attributes, "notification: attributes", context)));
    }
    var both = new HashSet<>(pick);
    both.retainAll(omit);
    if (!both.isEmpty())
      throw new Refusal.Invalid("notification: pick and omit both name " + both.iterator().next());
    return ProjectionParser.parse(joined(pick), joined(omit), context, links);
  }

  private static @Nullable String joined(List<String> names) {
    return names.isEmpty() ? null : String.join(",", names);
  }

  static boolean isEntityMember(String name) {
    return switch (name) {
      case "id", "type", "scope", "createdAt", "modifiedAt", "expiresAt" -> true;
      default -> false;
    };
  }
}
