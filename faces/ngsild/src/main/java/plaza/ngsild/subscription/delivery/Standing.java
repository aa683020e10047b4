package plaza.ngsild.subscription.delivery;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import plaza.graph.Value;
import plaza.json.Json;

/// How the deliveries of one lane went so far (clause 5.2.14.2).
///
/// @param sent attempts, whatever came of them
/// @param failed attempts without success
/// @param lastSent when the last attempt began
/// @param succeeded what came of the last attempt
public record Standing(
    long sent,
    long failed,
    @Nullable Instant lastSent,
    @Nullable Instant lastSuccess,
    @Nullable Instant lastFailure,
    boolean succeeded) {
  public static final Standing NEW = new Standing(0, 0, null, null, null, true);

  Standing success(Instant began, Instant ended) {
    return new Standing(sent + 1, failed, began, ended, lastFailure, true);
  }

  Standing failure(Instant began, Instant ended) {
    return new Standing(sent + 1, failed + 1, began, lastSuccess, ended, false);
  }

  byte[] bytes() {
    var members = new LinkedHashMap<String, Value>();
    members.put("sent", Value.of(sent));
    members.put("failed", Value.of(failed));
    members.put("succeeded", Value.of(succeeded));
    if (lastSent != null) members.put("lastSent", Value.of(lastSent.toString()));
    if (lastSuccess != null) members.put("lastSuccess", Value.of(lastSuccess.toString()));
    if (lastFailure != null) members.put("lastFailure", Value.of(lastFailure.toString()));
    return Json.bytes(new Value.Struct(members));
  }

  static Standing parse(byte[] bytes) {
    if (!(Json.parse(new String(bytes, StandardCharsets.UTF_8)) instanceof Value.Struct kept))
      throw new IllegalStateException("the standing of a lane is no object");
    return new Standing(
        number(kept, "sent"),
        number(kept, "failed"),
        moment(kept, "lastSent"),
        moment(kept, "lastSuccess"),
        moment(kept, "lastFailure"),
        kept.members().get("succeeded") instanceof Value.Flag(boolean set) && set);
  }

  private static long number(Value.Struct kept, String name) {
    return kept.members().get(name) instanceof Value.Whole(long number) ? number : 0;
  }

  private static @Nullable Instant moment(Value.Struct kept, String name) {
    return kept.members().get(name) instanceof Value.Text(var text) ? Instant.parse(text) : null;
  }
}
