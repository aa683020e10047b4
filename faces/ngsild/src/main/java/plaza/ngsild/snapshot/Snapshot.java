package plaza.ngsild.snapshot;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Value;
import plaza.ledger.Actor;

/// What is known of one snapshot (clause 5.2.41).
///
/// @param branch where its entities are
/// @param owner who made it
/// @param wishes the members its maker gave: queries, priority, endpoint, receiverInfo
/// @param lastUsedAt since the server started it is newer in [Snapshots]
public record Snapshot(
    String id,
    String tenant,
    String branch,
    String owner,
    Map<String, Value> wishes,
    Status status,
    List<Result> queries,
    List<Result> temporalQueries,
    Instant createdAt,
    Instant modifiedAt,
    Instant expiresAt,
    Instant lastUsedAt) {
  static final int USUAL_PRIORITY = 5;

  public enum Status {
    PREPARING("preparing"),
    SUCCESS("success"),
    PARTIAL("partial"),
    FAILURE("failure"),
    EMPTY("empty");

    final String label;

    Status(String label) {
      this.label = label;
    }

    static Status of(String label) {
      for (var status : values()) if (status.label.equals(label)) return status;
      throw new IllegalStateException("no snapshot has the status " + label);
    }
  }

  /// How one query went (clause 5.2.42).
  ///
  /// @param problem null unless it failed
  public record Result(Status status, @Nullable String problem) {
    Value document() {
      var members = new LinkedHashMap<String, Value>();
      members.put("resultStatus", Value.of(status.label));
      if (problem != null)
        members.put(
            "problemDetails",
            new Value.Struct(
                Map.of(
                    "type",
                    Value.of("https://uri.etsi.org/ngsi-ld/errors/InternalError"),
                    "title",
                    Value.of("The query failed"),
                    "detail",
                    Value.of(problem))));
      return new Value.Struct(members);
    }
  }

  public Snapshot {
    wishes = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(wishes));
    queries = List.copyOf(queries);
    temporalQueries = List.copyOf(temporalQueries);
  }

  public Address address() {
    return Address.tenant(tenant).branch(branch);
  }

  boolean isOf(Actor actor) {
    return owner.equals(actor.id());
  }

  int priority() {
    return wishes.get("snapshotPriority") instanceof Value.Whole(long number)
        ? (int) number
        : USUAL_PRIORITY;
  }

  Snapshot with(Status newStatus, List<Result> newQueries, List<Result> newTemporal, Instant at) {
    return new Snapshot(
        id,
        tenant,
        branch,
        owner,
        wishes,
        newStatus,
        newQueries,
        newTemporal,
        createdAt,
        at,
        expiresAt,
        lastUsedAt);
  }

  Snapshot with(Map<String, Value> newWishes, Instant newExpiresAt, Instant at) {
    return new Snapshot(
        id,
        tenant,
        branch,
        owner,
        newWishes,
        status,
        queries,
        temporalQueries,
        createdAt,
        at,
        newExpiresAt,
        lastUsedAt);
  }

  Snapshot usedAt(Instant at) {
    return new Snapshot(
        id,
        tenant,
        branch,
        owner,
        wishes,
        status,
        queries,
        temporalQueries,
        createdAt,
        modifiedAt,
        expiresAt,
        at);
  }

  /// As answers have it (tables 5.2.41-1 and 5.2.41-2).
  public Value.Struct document() {
    var members = new LinkedHashMap<String, Value>();
    members.put("id", Value.of(id));
    members.put("type", Value.of("Snapshot"));
    members.putAll(wishes);
    members.putIfAbsent("snapshotPriority", Value.of(USUAL_PRIORITY));
    members.put("snapshotStatus", Value.of(status.label));
    if (!queries.isEmpty()) members.put("snapshotQueriesDetails", results(queries));
    if (!temporalQueries.isEmpty())
      members.put("snapshotTemporalQueriesDetails", results(temporalQueries));
    members.put("createdAt", Value.of(createdAt.toString()));
    members.put("modifiedAt", Value.of(modifiedAt.toString()));
    members.put("expiresAt", Value.of(expiresAt.toString()));
    members.put("lastUsedAt", Value.of(lastUsedAt.toString()));
    return new Value.Struct(members);
  }

  static Value results(List<Result> results) {
    return new Value.Items(results.stream().map(Result::document).toList());
  }
}
