package plaza.ngsild.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import plaza.graph.Value;
import plaza.graph.change.Outcome;
import plaza.json.Json;

/// What became of a batch, as BatchOperationResult (clauses 5.2.16, 5.2.17).
final class BatchResults {
  /// An entity that could not even be read.
  record Unread(String entityId, Problem problem) {}

  /// @param registrationId of the source that failed; null when it was here
  private record Failure(String entityId, Problem problem, @Nullable String registrationId) {}

  private final Set<String> succeeded = new LinkedHashSet<>();
  private final Set<String> created = new LinkedHashSet<>();
  private final List<Failure> failures = new ArrayList<>();
  private boolean elsewhere;

  BatchResults(List<Outcome> outcomes, List<Unread> unread) {
    for (var outcome : outcomes)
      switch (outcome) {
        case Outcome.Done done -> {
          succeeded.add(done.entityId());
          if (done.created()) created.add(done.entityId());
        }
        case Outcome.Refused(var id, var refusal) ->
            failures.add(new Failure(id, Problem.of(refusal), null));
      }
    for (var one : unread) fail(one.entityId(), one.problem(), null);
  }

  void fail(String entityId, Problem problem, @Nullable String registrationId) {
    failures.add(new Failure(entityId, problem, registrationId));
  }

  /// A source has done its part and says of no entity what became of it.
  void doneElsewhere() {
    elsewhere = true;
  }

  /// Adds the BatchOperationResult of a source.
  void merge(Value.Struct result, String registrationId) {
    elsewhere = true;
    if (result.members().get("success") instanceof Value.Items(var ids))
      for (var id : ids) if (id instanceof Value.Text(var text)) succeed(Set.of(text), Set.of());
    if (result.members().get("errors") instanceof Value.Items(var errors))
      for (var error : errors)
        if (error instanceof Value.Struct(var told)
            && told.get("entityId") instanceof Value.Text(var id)
            && told.get("error") instanceof Value.Struct problem)
          fail(id, new Problem(Problem.Type.SOURCE_FAILED, id, problem), registrationId);
  }

  /// The trouble, when nothing at all was done; null when something was.
  @Nullable Problem failure() {
    return elsewhere || !succeeded.isEmpty() || failures.isEmpty()
        ? null
        : failures.getFirst().problem;
  }

  /// Adds what sources did.
  void succeed(Set<String> ids, Set<String> createdIds) {
    succeeded.addAll(ids);
    created.addAll(createdIds);
  }

  /// Leaves out that entities are not held here, where that is nothing abnormal.
  void forgiveAbsence(Predicate<String> entityIds) {
    failures.removeIf(one ->
        one.registrationId == null
            && one.problem.type == Problem.Type.RESOURCE_NOT_FOUND
            && entityIds.test(one.entityId));
  }

  void addTo(BatchResults other) {
    other.succeed(succeeded, created);
    other.failures.addAll(failures);
  }

  /// As BatchEntityError (clause 5.2.17).
  static Value error(String id, Problem problem, @Nullable String registrationId) {
    Map<String, Value> members = new LinkedHashMap<>();
    members.put("entityId", Value.of(id));
    members.put("error", problem.details());
    if (registrationId != null) members.put("registrationId", Value.of(registrationId));
    return new Value.Struct(members);
  }

  boolean hasErrors() {
    return !failures.isEmpty();
  }

  boolean hasSucceeded(String entityId) {
    return succeeded.contains(entityId);
  }

  List<String> created() {
    return List.copyOf(created);
  }

  void sendPartial(Call call) {
    Map<String, Value> members = new LinkedHashMap<>();
    members.put("success", Value.of(List.copyOf(succeeded)));
    members.put(
        "errors",
        new Value.Items(
            failures.stream()
                .map(one -> error(one.entityId, one.problem, one.registrationId))
                .toList()));
    call.exchange().send(207, Media.JSON.type, Json.bytes(new Value.Struct(members)));
  }
}
