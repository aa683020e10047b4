package plaza.ngsild.http;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Entity;
import plaza.ngsild.distribute.Errand;
import plaza.ngsild.distribute.Writing;
import plaza.ngsild.http.Provision.Form;
import plaza.ngsild.http.Provision.Here;
import plaza.ngsild.parse.Fragment;
import plaza.ngsild.source.Operation;

/// Every change of one entity, as sources are asked to do it. Each method says whether sources were
/// concerned; then the call has been answered.
final class Errands {
  private static final String ENTITIES = "/entities";
  private static final String TEMPORAL = "/temporal/entities";

  private final Desk desk;
  private final Provision provision;

  Errands(Desk desk) {
    this.desk = desk;
    this.provision = new Provision(desk);
  }

  private boolean isLocal(Call call) {
    return desk.federation.distributor(call, call.writeAddress()) == null;
  }

  /// Clause 5.6.1.
  boolean create(Call call, Entity entity, Here here) {
    if (isLocal(call)) return false;
    return provision.handle(
        call,
        call.writeAddress(),
        Errand.creation(
            Operation.CREATE_ENTITY,
            ENTITIES,
            entity.id(),
            entity.types(),
            Provision.parameters(call, "options", "format"),
            Writing.of(call.document(), call.context())),
        Form.ENTITY,
        EntityRoutes.location(EntityRoutes.PATH, entity.id()),
        here);
  }

  /// Clause 5.6.11.
  boolean record(Call call, Entity entity, Here here) {
    if (isLocal(call)) return false;
    return provision.handle(
        call,
        call.writeAddress(),
        Errand.creation(
            Operation.UPSERT_TEMPORAL,
            TEMPORAL,
            entity.id(),
            entity.types(),
            Map.of(),
            Writing.of(call.document(), call.context())),
        Form.ENTITY,
        EntityRoutes.location(TemporalRoutes.PATH, entity.id()),
        here);
  }

  /// Clause 5.6.18.
  boolean replace(Call call, Fragment fragment, Here here) {
    return entity(
        call,
        Operation.REPLACE_ENTITY,
        "PUT",
        "",
        fragment.types(),
        Form.ENTITY,
        here,
        "options",
        "format",
        "type");
  }

  /// Clause 5.6.17.
  boolean merge(Call call, Fragment fragment, Here here) {
    return entity(
        call,
        Operation.MERGE_ENTITY,
        "PATCH",
        "",
        fragment.types(),
        Form.ENTITY,
        here,
        "options",
        "format",
        "type",
        "observedAt",
        "lang");
  }

  /// Clause 5.6.3.
  boolean append(Call call, Fragment fragment, Here here) {
    return entity(
        call,
        Operation.APPEND_ATTRS,
        "POST",
        "/attrs",
        fragment.types(),
        Form.ATTRIBUTES,
        here,
        "options",
        "format",
        "type");
  }

  /// Clause 5.6.2.
  boolean update(Call call, Fragment fragment, Here here) {
    return entity(
        call,
        Operation.UPDATE_ENTITY,
        "PATCH",
        "/attrs",
        fragment.types(),
        Form.ATTRIBUTES,
        here,
        "options",
        "format",
        "type");
  }

  private boolean entity(
      Call call,
      Operation operation,
      String method,
      String tail,
      List<String> types,
      Form form,
      Here here,
      String... parameters) {
    if (isLocal(call)) return false;
    var address = desk.existing(call.writeAddress());
    return provision.handle(
        call,
        address,
        Errand.entity(
            operation,
            method,
            ENTITIES,
            call.id(),
            tail,
            provision.types(call, address, call.id(), types),
            Provision.parameters(call, parameters),
            Writing.of(call.document(), call.context())),
        form,
        null,
        here);
  }

  /// Clause 5.6.12.
  boolean add(Call call, Fragment fragment, Here here) {
    if (isLocal(call)) return false;
    var address = desk.existing(call.writeAddress());
    return provision.handle(
        call,
        address,
        Errand.entity(
            Operation.APPEND_ATTRS_TEMPORAL,
            "POST",
            TEMPORAL,
            call.id(),
            "/attrs",
            provision.types(call, address, call.id(), fragment.types()),
            Map.of(),
            Writing.of(call.document(), call.context())),
        Form.ATTRIBUTES,
        null,
        here);
  }

  /// Clauses 5.6.6 and 5.6.16.
  ///
  /// @param temporal whether its evolution goes
  boolean delete(Call call, boolean temporal, Here here) {
    if (isLocal(call)) return false;
    var address = desk.existing(call.writeAddress());
    return provision.handle(
        call,
        address,
        Errand.entity(
            temporal ? Operation.DELETE_TEMPORAL : Operation.DELETE_ENTITY,
            "DELETE",
            temporal ? TEMPORAL : ENTITIES,
            call.id(),
            "",
            provision.types(call, address, call.id(), List.of()),
            Provision.parameters(call, "type"),
            null),
        Form.ENTITY,
        null,
        here);
  }

  /// Clauses 5.6.4 and 5.6.19.
  ///
  /// @param attribute expanded name
  boolean attribute(Call call, Operation operation, String attribute, Here here) {
    if (isLocal(call)) return false;
    return attribute(
        call,
        operation,
        operation == Operation.REPLACE_ATTRS ? "PUT" : "PATCH",
        ENTITIES,
        attribute,
        "",
        Writing.of(call.document(), call.context()),
        here,
        "options",
        "format",
        "type");
  }

  /// Clauses 5.6.5 and 5.6.13.
  ///
  /// @param attribute expanded name
  boolean deleteAttribute(Call call, boolean temporal, String attribute, Here here) {
    if (isLocal(call)) return false;
    return attribute(
        call,
        temporal ? Operation.DELETE_ATTRS_TEMPORAL : Operation.DELETE_ATTRS,
        "DELETE",
        temporal ? TEMPORAL : ENTITIES,
        attribute,
        "",
        null,
        here,
        "datasetId",
        "deleteAll",
        "type");
  }

  /// Clauses 5.6.14 and 5.6.15.
  ///
  /// @param attribute expanded name
  boolean instance(Call call, String attribute, String instanceId, boolean deleted, Here here) {
    if (isLocal(call)) return false;
    return attribute(
        call,
        deleted ? Operation.DELETE_ATTR_INSTANCE_TEMPORAL : Operation.UPDATE_ATTR_INSTANCE_TEMPORAL,
        deleted ? "DELETE" : "PATCH",
        TEMPORAL,
        attribute,
        EntityRoutes.location("", instanceId),
        deleted ? null : Writing.of(call.document(), call.context()),
        here);
  }

  private boolean attribute(
      Call call,
      Operation operation,
      String method,
      String root,
      String attribute,
      String after,
      @Nullable Writing body,
      Here here,
      String... parameters) {
    Address address = desk.existing(call.writeAddress());
    return provision.handle(
        call,
        address,
        Errand.attribute(
            operation,
            method,
            root,
            call.id(),
            attribute,
            after,
            provision.types(call, address, call.id(), List.of()),
            Provision.parameters(call, parameters),
            body),
        Form.ATTRIBUTES,
        null,
        here);
  }
}
