package plaza.links;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.links.kind.Settings;
import plaza.links.mapping.Vocabulary;

/// What an operator says of a link.
///
/// @param name 1 to 64 small letters, digits and `-`
/// @param kind such as `mqtt` or `poll`
/// @param tenant of the city it writes to
/// @param settings of its kind
/// @param mapping JSLT
/// @param vocabulary what the mapping's short names stand for
/// @param freshness how old its newest reading may be; null for what does not age, such as
///   districts
/// @param deadLetterLimit beyond it the oldest dead letter goes
public record LinkDefinition(
    String name,
    String kind,
    String tenant,
    Value.Struct settings,
    String mapping,
    Vocabulary vocabulary,
    @Nullable Duration freshness,
    int deadLetterLimit) {
  public static final int DEAD_LETTERS = 10_000;
  private static final int MOST_DEAD_LETTERS = 100_000;
  private static final Set<String> MEMBERS =
      Set.of(
          "name",
          "kind",
          "tenant",
          "settings",
          "mapping",
          "context",
          "freshness",
          "deadLetterLimit");
  private static final String PREFIX = "@vocab";

  public LinkDefinition {
    if (!name.matches("[a-z0-9][a-z0-9-]{0,63}"))
      throw new Refusal.Invalid(
          "a link's name has 1 to 64 small letters, digits or '-', not '" + name + "'");
    if (tenant.equals(Address.SYSTEM_TENANT))
      throw new Refusal.Invalid("a link writes to a city, not to tenant " + tenant);
    Address.tenant(tenant);
    if (freshness != null && !freshness.isPositive())
      throw new Refusal.Invalid("freshness must be longer than nothing, not " + freshness);
    if (deadLetterLimit < 1 || deadLetterLimit > MOST_DEAD_LETTERS)
      throw new Refusal.Invalid(
          "deadLetterLimit must be 1 to " + MOST_DEAD_LETTERS + ", not " + deadLetterLimit);
  }

  public String id() {
    return id(name);
  }

  static String id(String name) {
    return "urn:plaza:link:" + name;
  }

  /// Reads JSON such as `{"name":"bikes","kind":"poll","settings":{"url":"https://…"},
  /// "mapping":"{…}","context":{"@vocab":"https://…/","Bike":"https://…"},"freshness":"PT10M"}`.
  ///
  /// @throws Refusal.Invalid naming the member that is wrong
  public static LinkDefinition read(Value json) {
    if (!(json instanceof Value.Struct struct))
      throw new Refusal.Invalid("a link's definition must be a JSON object");
    for (var member : struct.members().keySet())
      if (!MEMBERS.contains(member))
        throw new Refusal.Invalid(
            "a link's definition has no '" + member + "'; it has " + new TreeSet<>(MEMBERS));
    var texts = new Settings(struct);
    return new LinkDefinition(
        texts.text("name"),
        texts.text("kind"),
        texts.text("tenant", Address.DEFAULT_TENANT),
        struct.members().getOrDefault("settings", Value.Struct.EMPTY)
                instanceof Value.Struct settings
            ? settings
            : refuseSettings(),
        texts.text("mapping"),
        vocabulary(new LinkedHashMap<>(texts.map("context"))),
        texts.findText("freshness").map(LinkDefinition::duration).orElse(null),
        texts.whole("deadLetterLimit", 1, MOST_DEAD_LETTERS, DEAD_LETTERS));
  }

  private static Value.Struct refuseSettings() {
    throw new Refusal.Invalid("a link's settings must be a JSON object");
  }

  private static Vocabulary vocabulary(LinkedHashMap<String, String> context) {
    var prefix = context.remove(PREFIX);
    return new Vocabulary(prefix == null ? Names.DEFAULT_VOCAB : prefix, context);
  }

  private static Duration duration(String text) {
    try {
      return Settings.parse(text);
    } catch (DateTimeParseException _) {
      throw new Refusal.Invalid(
          "freshness must be a time such as 10m or PT10M, not '" + text + "'");
    }
  }

  /// As [#read] takes it.
  public Value.Struct write() {
    var context = new LinkedHashMap<String, Value>();
    context.put(PREFIX, Value.of(vocabulary.prefix()));
    vocabulary.names().forEach((name, iri) -> context.put(name, Value.of(iri)));
    var members = new LinkedHashMap<String, Value>();
    members.put("name", Value.of(name));
    members.put("kind", Value.of(kind));
    members.put("tenant", Value.of(tenant));
    members.put("settings", settings);
    members.put("mapping", Value.of(mapping));
    members.put("context", new Value.Struct(context));
    if (freshness != null) members.put("freshness", Value.of(freshness.toString()));
    members.put("deadLetterLimit", Value.of(deadLetterLimit));
    return new Value.Struct(members);
  }

  LinkDefinition with(Value.Struct newSettings) {
    return new LinkDefinition(
        name, kind, tenant, newSettings, mapping, vocabulary, freshness, deadLetterLimit);
  }
}
