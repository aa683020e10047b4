package plaza.ngsild.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import plaza.graph.Value;
import plaza.graph.change.Outcome;
import plaza.json.Json;

/// What became of a batch, as BatchOperationResult (clauses 5.2.16, 5.2.17).
final class BatchResults {
  /// An entity that could not even be read.
  record Unread(String entityId, Problem problem) {}

  private final List<String> succeeded = new ArrayList<>();
  private final List<String> created = new ArrayList<>();
  private final List<Value> errors = new ArrayList<>();

  BatchResults(List<Outcome> outcomes, List<Unread> unread) {
    for (var outcome : outcomes)
      switch (outcome) {
        case Outcome.Done done -> {
          succeeded.add(done.entityId());
          if (done.created()) created.add(done.entityId());
        }
        case Outcome.Refused(var id, var refusal) -> errors.add(error(id, Problem.of(refusal)));
      }
    for (var one : unread) errors.add(error(one.entityId(), one.problem()));
  }

  private static Value error(String id, Problem problem) {
    Map<String, Value> members = new LinkedHashMap<>();
    members.put("entityId", Value.of(id));
    members.put("error", problem.details());
    return new Value.Struct(members);
  }

  boolean hasErrors() {
    return !errors.isEmpty();
  }

  List<String> created() {
    return created;
  }

  void sendPartial(Call call) {
    Map<String, Value> members = new LinkedHashMap<>();
    members.put("success", Value.of(succeeded));
    members.put("errors", new Value.Items(errors));
    call.exchange().send(207, Media.JSON.type, Json.bytes(new Value.Struct(members)));
  }
}
