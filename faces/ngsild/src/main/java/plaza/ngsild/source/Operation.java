package plaza.ngsild.source;

import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import plaza.graph.Refusal;

/// The operations a source can be said to offer, by the names of clause 4.20.
public enum Operation {
  CREATE_ENTITY("createEntity"),
  UPDATE_ENTITY("updateEntity"),
  APPEND_ATTRS("appendAttrs"),
  UPDATE_ATTRS("updateAttrs"),
  DELETE_ATTRS("deleteAttrs"),
  DELETE_ENTITY("deleteEntity"),
  CREATE_BATCH("createBatch"),
  UPSERT_BATCH("upsertBatch"),
  UPDATE_BATCH("updateBatch"),
  DELETE_BATCH("deleteBatch"),
  UPSERT_TEMPORAL("upsertTemporal"),
  APPEND_ATTRS_TEMPORAL("appendAttrsTemporal"),
  DELETE_ATTRS_TEMPORAL("deleteAttrsTemporal"),
  UPDATE_ATTR_INSTANCE_TEMPORAL("updateAttrInstanceTemporal"),
  DELETE_ATTR_INSTANCE_TEMPORAL("deleteAttrInstanceTemporal"),
  DELETE_TEMPORAL("deleteTemporal"),
  MERGE_ENTITY("mergeEntity"),
  REPLACE_ENTITY("replaceEntity"),
  REPLACE_ATTRS("replaceAttrs"),
  MERGE_BATCH("mergeBatch"),
  PURGE_ENTITY("purgeEntity"),
  RETRIEVE_ENTITY("retrieveEntity"),
  QUERY_ENTITY("queryEntity"),
  QUERY_BATCH("queryBatch"),
  RETRIEVE_TEMPORAL("retrieveTemporal"),
  QUERY_TEMPORAL("queryTemporal"),
  RETRIEVE_ENTITY_TYPES("retrieveEntityTypes"),
  RETRIEVE_ENTITY_TYPE_DETAILS("retrieveEntityTypeDetails"),
  RETRIEVE_ENTITY_TYPE_INFO("retrieveEntityTypeInfo"),
  RETRIEVE_ATTR_TYPES("retrieveAttrTypes"),
  RETRIEVE_ATTR_TYPE_DETAILS("retrieveAttrTypeDetails"),
  RETRIEVE_ATTR_TYPE_INFO("retrieveAttrTypeInfo"),
  CREATE_SUBSCRIPTION("createSubscription"),
  UPDATE_SUBSCRIPTION("updateSubscription"),
  RETRIEVE_SUBSCRIPTION("retrieveSubscription"),
  QUERY_SUBSCRIPTION("querySubscription"),
  DELETE_SUBSCRIPTION("deleteSubscription"),
  RETRIEVE_ENTITY_MAP("retrieveEntityMap"),
  UPDATE_ENTITY_MAP("updateEntityMap"),
  DELETE_ENTITY_MAP("deleteEntityMap"),
  CREATE_ENTITY_MAP_QUERY_ENTITY("createEntityMapQueryEntity"),
  CREATE_ENTITY_MAP_QUERY_TEMPORAL("createEntityMapQueryTemporal"),
  RETRIEVE_CONTEXT_SOURCE_IDENTITY("retrieveContextSourceIdentity");

  /// As the standard writes it.
  public final String word;

  Operation(String word) {
    this.word = word;
  }

  private static final Set<Operation> DISCOVERY =
      EnumSet.range(RETRIEVE_ENTITY_TYPES, RETRIEVE_ATTR_TYPE_INFO);
  private static final Set<Operation> SUBSCRIPTIONS =
      EnumSet.range(CREATE_SUBSCRIPTION, DELETE_SUBSCRIPTION);
  private static final Set<Operation> MAPS =
      EnumSet.range(RETRIEVE_ENTITY_MAP, CREATE_ENTITY_MAP_QUERY_ENTITY);

  /// What a source offers unless its registration says otherwise.
  public static final Set<Operation> FEDERATION =
      all(
          EnumSet.of(RETRIEVE_ENTITY, QUERY_ENTITY, QUERY_BATCH, RETRIEVE_CONTEXT_SOURCE_IDENTITY),
          DISCOVERY,
          SUBSCRIPTIONS,
          MAPS);

  private static final Set<Operation> ASSOCIATION =
      all(
          EnumSet.of(RETRIEVE_ENTITY, QUERY_ENTITY, QUERY_BATCH, RETRIEVE_CONTEXT_SOURCE_IDENTITY),
          DISCOVERY,
          SUBSCRIPTIONS);
  private static final Set<Operation> UPDATE =
      all(EnumSet.of(UPDATE_ENTITY, UPDATE_ATTRS, REPLACE_ENTITY, REPLACE_ATTRS));

  /// All an auxiliary source may offer (clause 5.9.2.4).
  static final Set<Operation> RETRIEVE = all(EnumSet.of(RETRIEVE_ENTITY, QUERY_ENTITY));

  private static final Set<Operation> REDIRECTION =
      all(
          EnumSet.of(
              CREATE_ENTITY,
              UPDATE_ENTITY,
              APPEND_ATTRS,
              UPDATE_ATTRS,
              DELETE_ATTRS,
              DELETE_ENTITY,
              MERGE_ENTITY,
              REPLACE_ENTITY,
              REPLACE_ATTRS),
          EnumSet.of(RETRIEVE_ENTITY, QUERY_ENTITY, PURGE_ENTITY, RETRIEVE_CONTEXT_SOURCE_IDENTITY),
          DISCOVERY,
          MAPS);

  private static final Map<String, Set<Operation>> BY_NAME = byName();

  @SafeVarargs
  private static Set<Operation> all(Set<Operation>... parts) {
    var all = EnumSet.noneOf(Operation.class);
    for (var part : parts) all.addAll(part);
    return Collections.unmodifiableSet(all);
  }

  private static Map<String, Set<Operation>> byName() {
    var names = new HashMap<String, Set<Operation>>();
    for (var one : values()) names.put(one.word, Set.of(one));
    names.put("federationOps", FEDERATION);
    names.put("associationOps", ASSOCIATION);
    names.put("updateOps", UPDATE);
    names.put("retrieveOps", RETRIEVE);
    names.put("redirectionOps", REDIRECTION);
    return Map.copyOf(names);
  }

  /// All that a list of operations and groups of operations names.
  static Set<Operation> named(List<String> names) {
    var operations = EnumSet.noneOf(Operation.class);
    for (var name : names) {
      var some = BY_NAME.get(name);
      if (some == null)
        throw new Refusal.Invalid(
            "operations: '"
                + name
                + "' is no operation or group of operations such as retrieveEntity or"
                + " federationOps");
      operations.addAll(some);
    }
    return Collections.unmodifiableSet(operations);
  }
}
