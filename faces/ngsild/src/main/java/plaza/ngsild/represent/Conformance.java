package plaza.ngsild.represent;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Entity;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.ledger.store.Recorded;
import plaza.ngsild.context.Context;

/// Says entities in the terms of an older version of the standard (clause 4.3.6.8), for those who
/// know no newer.
///
/// @param minor of NGSI-LD 1
public record Conformance(int minor) {
  private static final Pattern VERSION = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})");
  private static final int NEWEST = 9;

  /// Nothing needs to be said otherwise.
  public static final Conformance NOW = new Conformance(NEWEST);

  /// @param version such as `1.5`
  public static Conformance parse(String version, String what) {
    var parts = VERSION.matcher(version);
    if (!parts.matches() || parts.group(1).equals("0"))
      throw new Refusal.Invalid(
          what + " must be a version of the standard such as 1.5, not '" + version + "'");
    boolean one = Integer.parseInt(parts.group(1)) == 1;
    return one ? new Conformance(Math.min(Integer.parseInt(parts.group(2)), NEWEST)) : NOW;
  }

  public boolean isNow() {
    return minor >= NEWEST;
  }

  /// @param context vocabulary terms are said by it where they become plain texts
  public Entity of(Entity entity, Context context) {
    if (isNow()) return entity;
    return new Entity(
        entity.id(),
        minor < 3 ? entity.types().subList(0, 1) : entity.types(),
        hasScopes() ? entity.scopes() : List.of(),
        of(entity.attributes(), context),
        entity.createdAt(),
        entity.modifiedAt(),
        null,
        entity.version());
  }

  public List<Attribute> of(List<Attribute> attributes, Context context) {
    if (isNow()) return attributes;
    var some = minor < 3 ? oneOfEach(attributes) : attributes;
    return some.stream()
        .filter(attribute -> !attribute.name().equals(Names.VALUE_TYPE))
        .map(attribute -> of(attribute, context))
        .toList();
  }

  /// Whether entities have scopes.
  public boolean hasScopes() {
    return minor >= 4;
  }

  /// Instances of one attribute over time: of one dataset only where the version knows no more
  /// (notes 2 and 3). Each keeps its moment, without which it would be no history.
  public List<Recorded> ofHistory(List<Recorded> history, Context context) {
    if (isNow()) return history;
    var one = minor < 3 ? datasetOf(history) : null;
    return history.stream()
        .filter(instance -> minor >= 3 || Objects.equals(instance.attribute().datasetId(), one))
        .map(instance ->
            new Recorded(
                of(instance.attribute(), context).observed(instance.attribute().observedAt()),
                instance.position(),
                instance.index()))
        .toList();
  }

  private static @Nullable String datasetOf(List<Recorded> history) {
    for (var instance : history) if (instance.attribute().datasetId() == null) return null;
    return history.isEmpty() ? null : history.getFirst().attribute().datasetId();
  }

  /// Notes 2 and 3: the default instance, or the first.
  private static List<Attribute> oneOfEach(List<Attribute> attributes) {
    var kept = new ArrayList<Attribute>();
    var names = new HashSet<String>();
    for (var attribute : attributes)
      if (attribute.datasetId() == null && names.add(attribute.name())) kept.add(attribute);
    for (var attribute : attributes) if (names.add(attribute.name())) kept.add(attribute);
    return kept;
  }

  private Attribute of(Attribute attribute, Context context) {
    boolean first = minor < 3;
    return new Attribute(
        attribute.name(),
        first ? null : attribute.datasetId(),
        of(attribute.content(), context),
        first ? null : attribute.observedAt(),
        first ? null : attribute.unitCode(),
        of(attribute.subAttributes(), context),
        attribute.createdAt(),
        attribute.modifiedAt(),
        attribute.deletedAt(),
        null);
  }

  private Content of(Content content, Context context) {
    return switch (content) {
      case Content.Property _, Content.GeoProperty _ -> content;
      case Content.LanguageProperty(var texts) ->
          minor < 4 ? new Content.Property(new Value.Struct(texts)) : content;
      case Content.JsonProperty(var json) -> minor < 8 ? new Content.Property(json) : content;
      case Content.VocabProperty(var terms, boolean many) ->
          minor < 8 ? new Content.Property(terms(terms, many, context)) : content;
      case Content.ListProperty(var values) ->
          minor < 8 ? new Content.Property(new Value.Items(values)) : content;
      case Content.Relationship(var objects, _, boolean many) ->
          minor < 8 ? new Content.Relationship(objects, List.of(), many) : content;
      case Content.ListRelationship(var objects, _) ->
          minor < 8 ? new Content.Relationship(objects, List.of(), true) : content;
    };
  }

  private static Value terms(List<String> terms, boolean many, Context context) {
    var said = terms.stream().map(context::compact).toList();
    return !many && said.size() == 1 ? Value.of(said.getFirst()) : Value.of(said);
  }
}
