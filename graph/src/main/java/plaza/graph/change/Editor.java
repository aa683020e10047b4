package plaza.graph.change;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Scopes;
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
      case Edit.Update update -> update(existing(edit), update);
      case Edit.Merge merge -> merge(existing(edit), merge);
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
      case Edit.Expire(var id) ->
          before == null
              ? new Result(null, new Outcome.Done(id, false, List.of()))
              : expire(before);
      case Edit.Erasure _ ->
          throw new IllegalArgumentException("an erasure needs the history, which I do not know");
    };
  }

  private Entity existing(Edit edit) {
    if (before != null) return before;
    throw new Refusal.NotFound(edit.entityId() + " does not exist");
  }

  private Result create(Entity entity) {
    for (var attribute : entity.attributes()) set(attribute);
    recordScopes(List.of(), entity.scopes());
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
      if (by.find(attribute.name(), attribute.datasetId()).isEmpty()) remove(attribute);
    for (var attribute : by.attributes()) set(attribute);
    return done(entity.endingOnly(by.expiresAt()), by.types(), by.scopes());
  }

  private Result append(Entity entity, Entity fragment, boolean overwrite) {
    for (var attribute : fragment.attributes())
      if (overwrite || indexOf(attribute.name(), attribute.datasetId()) < 0) set(attribute);
      else
        notUpdated.add(
            new NotUpdated(attribute.name(), "it exists already and overwriting was not asked"));
    var scopes =
        overwrite
            ? orElse(fragment.scopes(), entity)
            : union(entity.scopes(), fragment.scopes(), new LinkedHashSet<>());
    return done(
        entity.ending(fragment.expiresAt()), union(entity.types(), fragment.types()), scopes);
  }

  private Result update(Entity entity, Edit.Update update) {
    for (var attribute : update.attributes()) set(attribute);
    for (var instance : update.gone()) {
      int at = indexOf(instance.name(), instance.datasetId());
      if (at >= 0) remove(attributes.get(at));
    }
    // Clause 5.6.2: scopes are replaced where there are some, and otherwise left alone.
    var given = update.scopes();
    var scopes = given == null || entity.scopes().isEmpty() ? entity.scopes() : given;
    return done(entity.ending(update.expiresAt()), union(entity.types(), update.types()), scopes);
  }

  private Result merge(Entity entity, Edit.Merge merge) {
    for (var patch : merge.patches()) {
      int at = indexOf(patch.name(), patch.datasetId());
      if (patch.delete()) {
        if (at >= 0) remove(attributes.get(at));
      } else {
        var current = at < 0 ? null : attributes.get(at);
        set(Merger.merged(current, patch, merge.observedAt(), merge.language()));
      }
    }
    var scopes = merge.scopes();
    return done(
        entity.ending(merge.expiresAt()),
        union(entity.types(), merge.types()),
        scopes == null ? entity.scopes() : scopes);
  }

  private Result patch(Entity entity, AttributePatch patch) {
    requireInstance(entity, patch.name(), patch.datasetId());
    var current = attributes.get(indexOf(patch.name(), patch.datasetId()));
    if (patch.delete()) remove(current);
    else set(Merger.patched(current, patch));
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
    recordScopes(entity.scopes(), List.of());
    return new Result(
        new Change(
            Change.Kind.DELETED,
            entity.stamped(entity.createdAt(), now, version),
            recorded,
            entity.attributes()),
        new Outcome.Done(entity.id(), false, List.of()));
  }

  private Result expire(Entity entity) {
    if (entity.unexpired(now).isEmpty()) return delete(entity);
    for (var attribute : entity.attributes()) {
      if (attribute.isExpired(now)) {
        remove(attribute);
        continue;
      }
      var subs = Attribute.unexpired(attribute.subAttributes(), now);
      if (!subs.equals(attribute.subAttributes())) set(attribute.with(subs));
    }
    return done(entity, entity.types(), entity.scopes());
  }

  private Result observe(Entity fragment) {
    boolean scoped = false;
    for (var reading : fragment.attributes()) {
      if (reading.name().equals(Names.SCOPE)) {
        recorded.add(reading.stamped(now, now));
        scoped = true;
        continue;
      }
      int at = indexOf(reading.name(), reading.datasetId());
      var current = at < 0 ? null : attributes.get(at);
      var currentAt = current == null ? null : current.observedAt();
      if (currentAt != null
          && reading.observedAt() != null
          && currentAt.isAfter(reading.observedAt())) recorded.add(reading.stamped(now, now));
      else set(reading);
    }
    if (before == null) {
      if (!scoped) recordScopes(List.of(), fragment.scopes());
      var after =
          new Entity(
              fragment.id(),
              fragment.types(),
              fragment.scopes(),
              attributes,
              now,
              now,
              fragment.expiresAt(),
              version);
      return new Result(
          new Change(Change.Kind.CREATED, after, recorded, List.of()),
          new Outcome.Done(fragment.id(), true, List.of()));
    }
    return done(
        before.ending(fragment.expiresAt()),
        union(before.types(), fragment.types()),
        orElse(fragment.scopes(), before),
        scoped);
  }

  private Result done(Entity entity, List<String> types, List<String> scopes) {
    return done(entity, types, scopes, false);
  }

  /// @param scoped whether the history has the scopes already
  private Result done(Entity entity, List<String> types, List<String> scopes, boolean scoped) {
    if (!scoped) recordScopes(entity.scopes(), scopes);
    var outcome = new Outcome.Done(entity.id(), false, notUpdated);
    if (recorded.isEmpty()
        && types.equals(entity.types())
        && scopes.equals(entity.scopes())
        && (before == null || Objects.equals(entity.expiresAt(), before.expiresAt())))
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

  private void recordScopes(List<String> old, List<String> scopes) {
    if (!old.equals(scopes)) recorded.add(Scopes.changed(old, scopes, now));
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
    List<Attribute> subs = List.of();
    if (!given.subAttributes().isEmpty()) {
      subs = new ArrayList<>();
      for (var sub : given.subAttributes()) subs.add(stamp(subAttribute(current, sub), sub));
    }
    var created = current == null || current.createdAt() == null ? now : current.createdAt();
    return new Attribute(
        given.name(),
        given.datasetId(),
        given.content(),
        given.observedAt(),
        given.unitCode(),
        subs,
        created,
        now,
        given.deletedAt(),
        given.expiresAt());
  }

  private static @Nullable Attribute subAttribute(@Nullable Attribute of, Attribute like) {
    if (of != null) for (var sub : of.subAttributes()) if (sub.sameInstanceAs(like)) return sub;
    return null;
  }

  private void remove(Attribute current) {
    attributes.remove(current);
    recorded.add(current.deleted(now));
    replaced.add(current);
  }

  private int indexOf(String name, @Nullable String datasetId) {
    for (int i = 0; i < attributes.size(); i++) {
      var attribute = attributes.get(i);
      if (attribute.name().equals(name) && Objects.equals(attribute.datasetId(), datasetId))
        return i;
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

  private static List<String> orElse(List<String> scopes, Entity entity) {
    return scopes.isEmpty() ? entity.scopes() : scopes;
  }

  private static List<String> union(List<String> one, List<String> other) {
    return union(one, other, new TreeSet<>());
  }

  private static List<String> union(List<String> one, List<String> other, Set<String> all) {
    if (one.containsAll(other)) return one;
    all.addAll(one);
    all.addAll(other);
    return List.copyOf(all);
  }
}
