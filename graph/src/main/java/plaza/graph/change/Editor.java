package plaza.graph.change;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Entity;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.change.Outcome.NotUpdated;

/// What an edit comes to: a pure function of the entity as it is, the edit and the time.
public final class Editor {
  private final @Nullable Entity before;
  private final Instant now;
  private final long version;
  private final List<Attribute> recorded = new ArrayList<>();
  private final List<Attribute> replaced = new ArrayList<>();
  private final List<NotUpdated> notUpdated = new ArrayList<>();
  private final List<Attribute> attributes;

  /// @param change null when the edit changed nothing
  public record Result(@Nullable Change change, Outcome.Done outcome) {}

  private Editor(@Nullable Entity before, Instant now, long version) {
    this.before = before;
    this.now = now;
    this.version = version;
    this.attributes = before == null ? new ArrayList<>() : new ArrayList<>(before.attributes());
  }

  /// @param before the entity as it is; null when it does not exist
  /// @param now the time of the write
  /// @param version the feed position of the write
  /// @throws Refusal when the edit cannot be done to this entity
  public static Result apply(@Nullable Entity before, Edit edit, Instant now, long version) {
    return new Editor(before, now, version).apply(edit);
  }

  private Result apply(Edit edit) {
    return switch (edit) {
      case Edit.Create(var entity) -> {
        if (before != null)
          throw new Refusal.AlreadyExists(
              entity.id() + " exists already; update it, or choose another id");
        yield create(entity);
      }
      case Edit.Put(var entity) -> before == null ? create(entity) : replace(before, entity);
      case Edit.Replace(var entity) -> replace(existing(edit), entity);
      case Edit.Append(var fragment, boolean overwrite, boolean create) ->
          before == null && create ? create(fragment) : append(existing(edit), fragment, overwrite);
      case Edit.Update(_, var types, var scopes, var given) ->
          update(existing(edit), types, scopes, given);
      case Edit.Merge(_, var types, var scopes, var patches) ->
          merge(existing(edit), types, scopes, patches);
      case Edit.Patch(_, var patch) -> patch(existing(edit), patch);
      case Edit.ReplaceAttribute(_, var attribute) -> {
        var entity = existing(edit);
        requireInstance(entity, attribute.name(), attribute.datasetId());
        set(attribute);
        yield done(entity, entity.types(), entity.scopes());
      }
      case Edit.DeleteAttribute(_, var name, var datasetId, boolean all) ->
          deleteAttribute(existing(edit), name, datasetId, all);
      case Edit.Delete _ -> delete(existing(edit));
      case Edit.Observe(var fragment) -> observe(fragment);
      case Edit.Expect(var id, long wanted) -> {
        long found = before == null ? 0 : before.version();
        if (found != wanted)
          throw new Refusal.Conflict(
              id
                  + " has changed since it was read: it is at version "
                  + found
                  + ", not "
                  + wanted
                  + "; read it again");
        yield new Result(null, new Outcome.Done(id, false, List.of()));
      }
    };
  }

  private Entity existing(Edit edit) {
    if (before != null) return before;
    throw new Refusal.NotFound(edit.entityId() + " does not exist");
  }

  private Result create(Entity entity) {
    for (var attribute : entity.attributes()) set(attribute);
    var after =
        new Entity(
            entity.id(),
            entity.types(),
            entity.scopes(),
            attributes,
            now,
            now,
            entity.expiresAt(),
            version);
    return new Result(
        new Change(Change.Kind.CREATED, after, recorded, List.of()),
        new Outcome.Done(entity.id(), true, List.of()));
  }

  private Result replace(Entity entity, Entity by) {
    for (var attribute : entity.attributes())
      if (by.attributes().stream().noneMatch(attribute::sameInstanceAs)) remove(attribute);
    for (var attribute : by.attributes()) set(attribute);
    return done(
        new Entity(
            entity.id(),
            entity.types(),
            entity.scopes(),
            entity.attributes(),
            entity.createdAt(),
            entity.modifiedAt(),
            by.expiresAt(),
            entity.version()),
        by.types(),
        by.scopes());
  }

  private Result append(Entity entity, Entity fragment, boolean overwrite) {
    for (var attribute : fragment.attributes())
      if (overwrite || indexOf(attribute.name(), attribute.datasetId()) < 0) set(attribute);
      else
        notUpdated.add(
            new NotUpdated(attribute.name(), "it exists already and overwriting was not asked"));
    return done(entity, union(entity.types(), fragment.types()), orElse(fragment.scopes(), entity));
  }

  private Result update(
      Entity entity, List<String> types, List<String> scopes, List<Attribute> given) {
    for (var attribute : given)
      if (indexOf(attribute.name(), attribute.datasetId()) >= 0) set(attribute);
      else notUpdated.add(new NotUpdated(attribute.name(), "the entity has no such attribute"));
    return done(entity, union(entity.types(), types), orElse(scopes, entity));
  }

  private Result merge(
      Entity entity,
      List<String> types,
      @Nullable List<String> scopes,
      List<AttributePatch> patches) {
    for (var patch : patches) {
      int at = indexOf(patch.name(), patch.datasetId());
      if (patch.delete()) {
        if (at >= 0) remove(attributes.get(at));
      } else set(merged(at < 0 ? null : attributes.get(at), patch));
    }
    return done(entity, union(entity.types(), types), scopes == null ? entity.scopes() : scopes);
  }

  private Result patch(Entity entity, AttributePatch patch) {
    requireInstance(entity, patch.name(), patch.datasetId());
    var current = attributes.get(indexOf(patch.name(), patch.datasetId()));
    if (patch.delete()) remove(current);
    else set(merged(current, patch));
    return done(entity, entity.types(), entity.scopes());
  }

  private Result deleteAttribute(
      Entity entity, String name, @Nullable String datasetId, boolean all) {
    var gone = all ? entity.instances(name) : entity.find(name, datasetId).stream().toList();
    if (gone.isEmpty()) requireInstance(entity, name, datasetId);
    gone.forEach(this::remove);
    return done(entity, entity.types(), entity.scopes());
  }

  private Result delete(Entity entity) {
    for (var attribute : entity.attributes()) recorded.add(attribute.deleted(now));
    return new Result(
        new Change(
            Change.Kind.DELETED,
            entity.stamped(entity.createdAt(), now, version),
            recorded,
            entity.attributes()),
        new Outcome.Done(entity.id(), false, List.of()));
  }

  private Result observe(Entity fragment) {
    for (var reading : fragment.attributes()) {
      if (reading.observedAt() == null)
        throw new Refusal.Invalid(
            fragment.id() + ": the reading of " + reading.name() + " needs an observedAt");
      int at = indexOf(reading.name(), reading.datasetId());
      var current = at < 0 ? null : attributes.get(at);
      var currentAt = current == null ? null : current.observedAt();
      if (currentAt != null && currentAt.isAfter(reading.observedAt()))
        recorded.add(reading.stamped(now, now));
      else set(reading);
    }
    if (before == null) {
      var after =
          new Entity(
              fragment.id(),
              fragment.types(),
              fragment.scopes(),
              attributes,
              now,
              now,
              null,
              version);
      return new Result(
          new Change(Change.Kind.CREATED, after, recorded, List.of()),
          new Outcome.Done(fragment.id(), true, List.of()));
    }
    return done(before, union(before.types(), fragment.types()), orElse(fragment.scopes(), before));
  }

  private Result done(Entity entity, List<String> types, List<String> scopes) {
    var outcome = new Outcome.Done(entity.id(), false, notUpdated);
    if (recorded.isEmpty() && types.equals(entity.types()) && scopes.equals(entity.scopes()))
      return new Result(null, outcome);
    var after =
        new Entity(
            entity.id(),
            types,
            scopes,
            attributes,
            entity.createdAt(),
            now,
            entity.expiresAt(),
            version);
    return new Result(new Change(Change.Kind.UPDATED, after, recorded, replaced), outcome);
  }

  private void set(Attribute given) {
    int at = indexOf(given.name(), given.datasetId());
    var current = at < 0 ? null : attributes.get(at);
    var stamped = stamp(current, given);
    recorded.add(stamped);
    if (current == null) attributes.add(stamped);
    else {
      // Several readings may pass through one edit: only what was there before it was replaced.
      if (wasThereBefore(current)) replaced.add(current);
      attributes.set(at, stamped);
    }
  }

  @SuppressWarnings("ReferenceEquality") // the very instance; an equal new one does not count
  private boolean wasThereBefore(Attribute attribute) {
    if (before == null) return false;
    for (var old : before.attributes()) if (old == attribute) return true;
    return false;
  }

  /// Keeps createdAt of what stays, at every depth; what says nothing new keeps its modifiedAt.
  private Attribute stamp(@Nullable Attribute current, Attribute given) {
    var subs =
        given.subAttributes().stream()
            .map(sub ->
                stamp(
                    current == null
                        ? null
                        : current.subAttributes().stream()
                            .filter(sub::sameInstanceAs)
                            .findFirst()
                            .orElse(null),
                    sub))
            .toList();
    var created = current == null || current.createdAt() == null ? now : current.createdAt();
    return given.with(subs).stamped(created, now);
  }

  private void remove(Attribute current) {
    attributes.remove(current);
    recorded.add(current.deleted(now));
    replaced.add(current);
  }

  private int indexOf(String name, @Nullable String datasetId) {
    for (int i = 0; i < attributes.size(); i++) {
      var attribute = attributes.get(i);
      if (attribute.name().equals(name)
          && java.util.Objects.equals(attribute.datasetId(), datasetId)) return i;
    }
    return -1;
  }

  private static void requireInstance(Entity entity, String name, @Nullable String datasetId) {
    if (entity.find(name, datasetId).isEmpty())
      throw new Refusal.NotFound(
          entity.id()
              + " has no attribute "
              + name
              + (datasetId == null ? "" : " with datasetId " + datasetId));
  }

  private static Attribute merged(@Nullable Attribute current, AttributePatch patch) {
    if (current == null) {
      if (patch.content() == null)
        throw new Refusal.Invalid(
            "the new attribute " + patch.name() + " needs a value, object or the like");
      return new Attribute(
          patch.name(),
          patch.datasetId(),
          patch.content(),
          patch.observedAt(),
          patch.unitCode(),
          mergedSubs(List.of(), patch.subAttributes()),
          null,
          null,
          null,
          null);
    }
    return new Attribute(
        current.name(),
        current.datasetId(),
        patch.content() == null ? current.content() : merged(current.content(), patch.content()),
        pick(patch, "observedAt", patch.observedAt(), current.observedAt()),
        pick(patch, "unitCode", patch.unitCode(), current.unitCode()),
        mergedSubs(current.subAttributes(), patch.subAttributes()),
        current.createdAt(),
        current.modifiedAt(),
        null,
        current.expiresAt());
  }

  private static <T> @Nullable T pick(
      AttributePatch patch, String name, @Nullable T given, @Nullable T current) {
    if (patch.removed().contains(name)) return null;
    return given == null ? current : given;
  }

  private static List<Attribute> mergedSubs(List<Attribute> current, List<AttributePatch> patches) {
    if (patches.isEmpty()) return current;
    var result = new ArrayList<>(current);
    for (var patch : patches) {
      int at = -1;
      for (int i = 0; i < result.size(); i++)
        if (result.get(i).name().equals(patch.name())
            && java.util.Objects.equals(result.get(i).datasetId(), patch.datasetId())) at = i;
      if (patch.delete()) {
        if (at >= 0) result.remove(at);
      } else if (at >= 0) result.set(at, merged(result.get(at), patch));
      else result.add(merged(null, patch));
    }
    return result;
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
    return given;
  }

  /// RFC 7396 with NGSI-LD's null, into objects only; a GeoJSON-like typed object is replaced.
  private static Value merged(Value old, Value given) {
    if (!(old instanceof Value.Struct(var was) && given instanceof Value.Struct(var is)))
      return given;
    var result = new LinkedHashMap<>(was);
    is.forEach((member, value) -> {
      if (isNull(value)) result.remove(member);
      else result.merge(member, value, Editor::merged);
    });
    return new Value.Struct(result);
  }

  private static boolean isNull(Value value) {
    return value instanceof Value.Text(var text) && text.equals(plaza.graph.Names.NGSI_NULL);
  }

  private static List<String> orElse(List<String> scopes, Entity entity) {
    return scopes.isEmpty() ? entity.scopes() : scopes;
  }

  private static List<String> union(List<String> one, List<String> other) {
    if (one.containsAll(other)) return one;
    var all = new TreeSet<>(one);
    all.addAll(other);
    return List.copyOf(all);
  }
}
