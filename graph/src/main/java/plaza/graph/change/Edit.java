package plaza.graph.change;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import plaza.graph.Attribute;
import plaza.graph.Entity;

/// One thing a caller asks to be done to one entity. [Editor] says what it comes to.
public sealed interface Edit {
  String entityId();

  /// Clause 5.6.1: refused when the entity exists.
  record Create(Entity entity) implements Edit {
    @Override
    public String entityId() {
      return entity.id();
    }
  }

  /// Create, or replace what is there (batch upsert in replace mode, clause 5.6.8).
  record Put(Entity entity) implements Edit {
    @Override
    public String entityId() {
      return entity.id();
    }
  }

  /// Clause 5.6.18: refused when the entity does not exist.
  record Replace(Entity entity) implements Edit {
    @Override
    public String entityId() {
      return entity.id();
    }
  }

  /// Clause 5.6.3: adds instances, and types and scopes; what exists is overwritten or, if not
  /// `overwrite`, left and reported.
  ///
  /// @param create whether an absent entity is created from this (batch upsert in update mode)
  record Append(Entity fragment, boolean overwrite, boolean create) implements Edit {
    @Override
    public String entityId() {
      return fragment.id();
    }
  }

  /// Clause 5.6.2: replaces whole instances, adds those that are not there, removes those that are
  /// to go.
  ///
  /// @param types added to the entity's
  /// @param scopes replace the entity's, if it has any; null asks nothing
  /// @param expiresAt when the entity ends from now on, [Entity#NEVER] for not at all; null asks
  ///   nothing
  record Update(
      String entityId,
      List<String> types,
      @Nullable List<String> scopes,
      List<Attribute> attributes,
      List<Instance> gone,
      @Nullable Instant expiresAt)
      implements Edit {
    public Update {
      types = List.copyOf(types);
      scopes = scopes == null ? null : List.copyOf(scopes);
      attributes = List.copyOf(attributes);
      gone = List.copyOf(gone);
    }

    public Update(
        String entityId,
        List<String> types,
        @Nullable List<String> scopes,
        List<Attribute> attributes,
        List<Instance> gone) {
      this(entityId, types, scopes, attributes, gone, null);
    }
  }

  /// Names one instance of an attribute.
  record Instance(String name, @Nullable String datasetId) {}

  /// Clause 5.6.17: merge-patch of a whole entity. Unknown attributes are added.
  ///
  /// @param types added to the entity's
  /// @param scopes replace the entity's unless null
  /// @param observedAt given to merged instances that had one and are not given their own
  /// @param language of bare texts that are merged into a LanguageProperty; null for no language
  /// @param expiresAt when the entity ends from now on, [Entity#NEVER] for not at all; null asks
  ///   nothing
  record Merge(
      String entityId,
      List<String> types,
      @Nullable List<String> scopes,
      List<AttributePatch> patches,
      @Nullable Instant observedAt,
      @Nullable String language,
      @Nullable Instant expiresAt)
      implements Edit {
    public Merge {
      types = List.copyOf(types);
      patches = List.copyOf(patches);
    }

    public Merge(
        String entityId,
        List<String> types,
        @Nullable List<String> scopes,
        List<AttributePatch> patches,
        @Nullable Instant observedAt,
        @Nullable String language) {
      this(entityId, types, scopes, patches, observedAt, language, null);
    }

    public Merge(
        String entityId,
        List<String> types,
        @Nullable List<String> scopes,
        List<AttributePatch> patches) {
      this(entityId, types, scopes, patches, null, null, null);
    }
  }

  /// Clause 5.6.4: partial update of one instance that exists: what the patch names is replaced
  /// whole (clause 5.5.8), and the kind of attribute stays.
  record Patch(String entityId, AttributePatch patch) implements Edit {}

  /// Clause 5.6.19: refused when the instance does not exist.
  record ReplaceAttribute(String entityId, Attribute attribute) implements Edit {}

  /// Clause 5.6.5.
  ///
  /// @param all every instance under the name, whatever its datasetId
  record DeleteAttribute(String entityId, String name, @Nullable String datasetId, boolean all)
      implements Edit {}

  /// Clause 5.6.6.
  record Delete(String entityId) implements Edit {}

  /// What a sensor reported: every instance enters the history; the newest by observedAt becomes
  /// the state, and a late one does not turn the city back. Creates the entity when absent.
  ///
  /// @param fragment id and types (and scopes), with any number of instances per attribute, each
  ///   with its observedAt; one without becomes the state
  record Observe(Entity fragment) implements Edit {
    @Override
    public String entityId() {
      return fragment.id();
    }
  }

  /// Changes nothing; refuses the write unless the entity has this version (If-Match). 0 stands for
  /// 'does not exist'. Useful in atomic writes, before the other edits.
  record Expect(String entityId, long version) implements Edit {}

  /// Clause 4.22: removes what has ended, and nothing else; an entity that is not there is no
  /// fault.
  record Expire(String entityId) implements Edit {}

  /// What takes something out of an entity's records, or puts it right, for good: the history
  /// first, and what the entity says now where that rested on it. The ledger works it out, for it
  /// needs the history; it goes with no other edit but [Expect] and erasures of other entities.
  sealed interface Erasure extends Edit {}

  /// Clause 5.6.16: the entity as if it had never been.
  record EraseEvolution(String entityId) implements Erasure {}

  /// Clause 5.6.13: every instance under a name, of one datasetId or of all.
  record EraseAttribute(String entityId, String name, @Nullable String datasetId, boolean all)
      implements Erasure {}

  /// Clause 5.6.15.
  record EraseInstance(String entityId, String name, String instanceId) implements Erasure {}

  /// Clause 5.6.14: the instance keeps its id and its createdAt.
  ///
  /// @param attribute of the same name
  record CorrectInstance(String entityId, String instanceId, Attribute attribute)
      implements Erasure {}
}
