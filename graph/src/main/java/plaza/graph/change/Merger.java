package plaza.graph.change;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Value;

/// What a fragment makes of an attribute instance: patched on the first level (clause 5.5.8) or
/// merged to any depth (clause 5.5.12).
final class Merger {
  private Merger() {}

  /// Each member the patch names is replaced whole.
  static Attribute patched(Attribute current, AttributePatch patch) {
    var given = content(current, patch, null);
    if (given != null) requireSameKind(current, given);
    var subs = new ArrayList<>(current.subAttributes());
    for (var sub : patch.subAttributes()) {
      subs.removeIf(old -> isMeant(old, sub));
      if (!sub.delete()) subs.add(created(sub));
    }
    return with(current, patch, given == null ? current.content() : given, null, subs);
  }

  private static void requireSameKind(Attribute current, Content given) {
    if (!given.getClass().equals(current.content().getClass()))
      throw new Refusal.Invalid(
          current.name()
              + " is a "
              + current.content().getClass().getSimpleName()
              + " and cannot become a "
              + given.getClass().getSimpleName()
              + " by an update; replace the attribute instead");
  }

  /// JSON objects, language maps and sub-attributes are merged member by member.
  ///
  /// @param current null when the instance is new
  /// @param observedAt for instances that had one and are not given their own
  /// @param language of bare texts for a LanguageProperty
  static Attribute merged(
      @Nullable Attribute current,
      AttributePatch patch,
      @Nullable Instant observedAt,
      @Nullable String language) {
    if (current == null) return created(patch);
    var subs = new ArrayList<>(current.subAttributes());
    boolean takenAway = patch.takesAway() && takeAway(current, patch, subs);
    var given = takenAway ? null : content(current, patch, language);
    if (patch.bareTerms() != null && given != null) requireSameKind(current, given);
    for (var sub : patch.subAttributes()) {
      int at = -1;
      for (int i = 0; i < subs.size(); i++) if (isMeant(subs.get(i), sub)) at = i;
      if (sub.delete()) {
        if (at >= 0) subs.remove(at);
      } else if (at >= 0) subs.set(at, merged(subs.get(at), sub, null, language));
      else subs.add(created(sub));
    }
    return with(
        current,
        patch,
        given == null ? current.content() : merged(current.content(), given),
        observedAt,
        subs);
  }

  /// A bare object of nulls means the members of an object value where there is one, and else the
  /// sub-attributes of those names.
  ///
  /// @return whether it was no object value
  private static boolean takeAway(
      Attribute current, AttributePatch patch, List<Attribute> subAttributes) {
    if (current.content() instanceof Content.Property(Value.Struct _)
        || current.content() instanceof Content.JsonProperty) return false;
    var names = Objects.requireNonNull(patch.bareTerms());
    subAttributes.removeIf(sub -> sub.datasetId() == null && names.contains(sub.name()));
    return true;
  }

  private static boolean isMeant(Attribute attribute, AttributePatch patch) {
    return attribute.name().equals(patch.name())
        && Objects.equals(attribute.datasetId(), patch.datasetId());
  }

  private static Attribute created(AttributePatch patch) {
    if (patch.content() == null)
      throw new Refusal.Invalid(
          "the new attribute " + patch.name() + " needs a value, object or the like");
    return new Attribute(
        patch.name(),
        patch.datasetId(),
        withoutNulls(patch.content()),
        patch.observedAt(),
        patch.unitCode(),
        patch.subAttributes().stream().filter(sub -> !sub.delete()).map(Merger::created).toList(),
        null,
        null,
        null,
        patch.expiresAt());
  }

  private static Attribute with(
      Attribute current,
      AttributePatch patch,
      Content content,
      @Nullable Instant observedAt,
      List<Attribute> subAttributes) {
    return new Attribute(
        current.name(),
        current.datasetId(),
        content,
        pick(
            patch,
            "observedAt",
            patch.observedAt(),
            current.observedAt() != null && observedAt != null ? observedAt : current.observedAt()),
        pick(patch, "unitCode", patch.unitCode(), current.unitCode()),
        subAttributes,
        current.createdAt(),
        current.modifiedAt(),
        null,
        pick(patch, "expiresAt", patch.expiresAt(), current.expiresAt()));
  }

  private static <T> @Nullable T pick(
      AttributePatch patch, String name, @Nullable T given, @Nullable T current) {
    if (patch.removed().contains(name)) return null;
    return given == null ? current : given;
  }

  /// What the patch says; a bare value in the kind of what is there.
  private static @Nullable Content content(
      Attribute current, AttributePatch patch, @Nullable String language) {
    var terms = patch.bareTerms();
    if (terms == null
        || !(patch.content() instanceof Content.Property(var bare))
        || current.content() instanceof Content.Property) return patch.content();
    return switch (current.content()) {
      case Content.Property _ -> patch.content();
      case Content.JsonProperty _ -> new Content.JsonProperty(bare);
      case Content.VocabProperty _ -> new Content.VocabProperty(terms, bare instanceof Value.Items);
      case Content.Relationship(_, var types, _) ->
          new Content.Relationship(links(current, bare), types, bare instanceof Value.Items);
      case Content.ListRelationship(_, var types) ->
          new Content.ListRelationship(links(current, bare), types);
      case Content.ListProperty _ ->
          new Content.ListProperty(bare instanceof Value.Items(var items) ? items : List.of(bare));
      case Content.LanguageProperty _ ->
          new Content.LanguageProperty(
              java.util.Map.of(language == null ? "@none" : language, bare));
      case Content.GeoProperty _ ->
          throw new Refusal.Invalid(current.name() + " needs a GeoJSON geometry, not " + bare);
    };
  }

  private static List<String> links(Attribute current, Value bare) {
    var links = new ArrayList<String>();
    for (var item : bare instanceof Value.Items(var items) ? items : List.of(bare))
      if (item instanceof Value.Text(var uri))
        links.add(Names.uri(uri, "the object of " + current.name()));
      else throw new Refusal.Invalid(current.name() + " needs the URI of an entity, not " + item);
    return links;
  }

  private static Content merged(Content current, Content given) {
    if (current instanceof Content.Property(var old)
        && given instanceof Content.Property(var value))
      return new Content.Property(merged(old, value));
    if (current instanceof Content.JsonProperty(var old)
        && given instanceof Content.JsonProperty(var json))
      return new Content.JsonProperty(merged(old, json));
    if (current instanceof Content.LanguageProperty(var old)
        && given instanceof Content.LanguageProperty(var texts)) {
      var result = new LinkedHashMap<>(old);
      texts.forEach((language, text) -> {
        if (isNull(text)) result.remove(language);
        else result.put(language, text);
      });
      return new Content.LanguageProperty(result);
    }
    return withoutNulls(given);
  }

  /// RFC 7396 with NGSI-LD's null.
  private static Value merged(Value old, Value given) {
    if (!(old instanceof Value.Struct(var was) && given instanceof Value.Struct(var is)))
      return withoutNulls(given);
    var result = new LinkedHashMap<>(was);
    is.forEach((member, value) -> {
      if (isNull(value)) result.remove(member);
      else {
        var before = result.get(member);
        result.put(member, before == null ? withoutNulls(value) : merged(before, value));
      }
    });
    return new Value.Struct(result);
  }

  private static Content withoutNulls(Content content) {
    return switch (content) {
      case Content.Property(Value.Struct value) -> new Content.Property(withoutNulls(value));
      case Content.JsonProperty(Value.Struct json) -> new Content.JsonProperty(withoutNulls(json));
      case Content.LanguageProperty(var texts)
          when texts.values().stream().anyMatch(Merger::isNull) -> {
        var kept = new LinkedHashMap<>(texts);
        kept.values().removeIf(Merger::isNull);
        yield new Content.LanguageProperty(kept);
      }
      case Content.Property _,
          Content.JsonProperty _,
          Content.Relationship _,
          Content.GeoProperty _,
          Content.LanguageProperty _,
          Content.VocabProperty _,
          Content.ListProperty _,
          Content.ListRelationship _ ->
          content;
    };
  }

  private static Value withoutNulls(Value value) {
    if (!(value instanceof Value.Struct(var members))) return value;
    var kept = new LinkedHashMap<String, Value>();
    members.forEach((name, member) -> {
      if (!isNull(member)) kept.put(name, withoutNulls(member));
    });
    return new Value.Struct(kept);
  }

  private static boolean isNull(Value value) {
    return value instanceof Value.Text(var text) && text.equals(Names.NGSI_NULL);
  }
}
