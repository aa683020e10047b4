package plaza.ngsild.source;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plaza.graph.Value;
import plaza.json.Json;

/// How asking a source went so far (table 5.2.9-2).
///
/// @param sent requests, whatever came of them
/// @param failed requests without success
/// @param succeeded what came of the last one
record Use(
    long sent,
    long failed,
    @Nullable Instant lastSuccess,
    @Nullable Instant lastFailure,
    boolean succeeded) {
  static final Use NONE = new Use(0, 0, null, null, true);

  Use and(boolean success, Instant at) {
    return success
        ? new Use(sent + 1, failed, at, lastFailure, true)
        : new Use(sent + 1, failed + 1, lastSuccess, at, false);
  }

  /// Shows what there is to show.
  void show(Map<String, Value> members) {
    if (sent == 0) return;
    members.put("status", Value.of(succeeded ? "ok" : "failed"));
    members.put("timesSent", Value.of(sent));
    members.put("timesFailed", Value.of(failed));
    if (lastSuccess != null) members.put("lastSuccess", Value.of(lastSuccess.toString()));
    if (lastFailure != null) members.put("lastFailure", Value.of(lastFailure.toString()));
  }

  byte[] bytes() {
    var members = new java.util.LinkedHashMap<String, Value>();
    show(members);
    return Json.bytes(new Value.Struct(members));
  }

  static Use parse(byte[] bytes) {
    if (!(Json.parse(bytes) instanceof Value.Struct(var members)))
      throw new IllegalStateException("the use of a source is no object");
    return new Use(
        number(members.get("timesSent")),
        number(members.get("timesFailed")),
        moment(members.get("lastSuccess")),
        moment(members.get("lastFailure")),
        !Value.of("failed").equals(members.get("status")));
  }

  private static long number(@Nullable Value value) {
    return value instanceof Value.Whole(long number) ? number : 0;
  }

  private static @Nullable Instant moment(@Nullable Value value) {
    return value instanceof Value.Text(var text) ? Instant.parse(text) : null;
  }
}
