package plaza.ngsild.snapshot;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.ledger.store.Note;

/// A snapshot as a note, to be found again after a restart.
final class SnapshotRecord {
  private SnapshotRecord() {}

  static Note note(Snapshot snapshot) {
    var members = new LinkedHashMap<String, Value>();
    members.put("id", Value.of(snapshot.id()));
    members.put("tenant", Value.of(snapshot.tenant()));
    members.put("branch", Value.of(snapshot.branch()));
    members.put("owner", Value.of(snapshot.owner()));
    members.put("wishes", new Value.Struct(snapshot.wishes()));
    members.put("status", Value.of(snapshot.status().label));
    members.put("queries", results(snapshot.queries()));
    members.put("temporalQueries", results(snapshot.temporalQueries()));
    members.put("createdAt", Value.of(snapshot.createdAt().toString()));
    members.put("modifiedAt", Value.of(snapshot.modifiedAt().toString()));
    members.put("expiresAt", Value.of(snapshot.expiresAt().toString()));
    members.put("lastUsedAt", Value.of(snapshot.lastUsedAt().toString()));
    return new Note(snapshot.branch(), Json.bytes(new Value.Struct(members)));
  }

  private static Value results(List<Snapshot.Result> results) {
    return new Value.Items(
        results.stream()
            .<Value>map(one -> {
              var members = new LinkedHashMap<String, Value>();
              members.put("status", Value.of(one.status().label));
              if (one.problem() != null) members.put("problem", Value.of(one.problem()));
              return new Value.Struct(members);
            })
            .toList());
  }

  static Snapshot read(byte[] bytes) {
    if (!(Json.parse(bytes) instanceof Value.Struct(var members)))
      throw new IllegalStateException("a note of a snapshot is no object");
    return new Snapshot(
        text(members, "id"),
        text(members, "tenant"),
        text(members, "branch"),
        text(members, "owner"),
        members.get("wishes") instanceof Value.Struct(var wishes) ? wishes : Map.of(),
        Snapshot.Status.of(text(members, "status")),
        results(members.get("queries")),
        results(members.get("temporalQueries")),
        Instant.parse(text(members, "createdAt")),
        Instant.parse(text(members, "modifiedAt")),
        Instant.parse(text(members, "expiresAt")),
        Instant.parse(text(members, "lastUsedAt")));
  }

  private static List<Snapshot.Result> results(@Nullable Value value) {
    if (!(value instanceof Value.Items(var items))) return List.of();
    return items.stream()
        .map(item -> {
          var members = ((Value.Struct) item).members();
          return new Snapshot.Result(
              Snapshot.Status.of(text(members, "status")),
              members.get("problem") instanceof Value.Text(var problem) ? problem : null);
        })
        .toList();
  }

  private static String text(Map<String, Value> members, String name) {
    return ((Value.Text) Objects.requireNonNull(members.get(name), name)).text();
  }
}
