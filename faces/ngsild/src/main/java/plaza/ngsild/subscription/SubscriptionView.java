package plaza.ngsild.subscription;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plaza.graph.Value;
import plaza.ngsild.context.Context;
import plaza.ngsild.subscription.delivery.Standing;

/// A subscription as it is shown to who may see it.
public final class SubscriptionView {
  private final SubscriptionRecord record;
  private final Context written;
  private final Standing standing;
  private final boolean masked;
  private final Instant now;

  /// @param written the context of the record's document
  /// @param masked whether what only the owner should read is hidden
  SubscriptionView(
      SubscriptionRecord record, Context written, Standing standing, boolean masked, Instant now) {
    this.record = record;
    this.written = written;
    this.standing = standing;
    this.masked = masked;
    this.now = now;
  }

  public String id() {
    return record.id();
  }

  /// @param context names are shown by it
  /// @param system whether createdAt and modifiedAt show
  public Value.Struct show(Context context, boolean system) {
    var document =
        context == written
            ? record.document()
            : new Translation(written, context).of(record.document());
    var members = new LinkedHashMap<String, Value>();
    members.put("id", Value.of(record.id()));
    members.put("type", Value.of("Subscription"));
    members.putAll(document.members());
    members.putIfAbsent("isActive", Value.of(true));
    members.putIfAbsent("jsonldContext", Value.of(MannerParser.link(written, record.origin())));
    members.put("status", Value.of(status()));
    if (document.members().get("notification") instanceof Value.Struct notification)
      members.put("notification", notification(notification));
    if (system) {
      put(members, "createdAt", record.createdAt());
      put(members, "modifiedAt", record.modifiedAt());
    }
    return new Value.Struct(members);
  }

  private String status() {
    var members = record.document().members();
    if (members.get("expiresAt") instanceof Value.Text(var text)
        && !now.isBefore(plaza.ngsild.parse.DateTimes.parse(text, "expiresAt"))) return "expired";
    return members.get("isActive") instanceof Value.Flag(boolean active) && !active
        ? "paused"
        : "active";
  }

  /// Clause 5.2.14.2: with how the deliveries went.
  private Value notification(Value.Struct notification) {
    var members = new LinkedHashMap<>(notification.members());
    if (masked) members.computeIfPresent("endpoint", (_, endpoint) -> masked(endpoint));
    if (standing.sent() == 0) return new Value.Struct(members);
    members.put("status", Value.of(standing.succeeded() ? "ok" : "failed"));
    members.put("timesSent", Value.of(standing.sent()));
    if (standing.failed() > 0) members.put("timesFailed", Value.of(standing.failed()));
    put(members, "lastNotification", standing.lastSent());
    put(members, "lastSuccess", standing.lastSuccess());
    put(members, "lastFailure", standing.lastFailure());
    return new Value.Struct(members);
  }

  /// Without what may hold the receiver's secrets: receiverInfo, and user and password in the URI.
  private static Value masked(Value endpoint) {
    if (!(endpoint instanceof Value.Struct(var given))) return endpoint;
    var members = new LinkedHashMap<>(given);
    members.remove("receiverInfo");
    members.computeIfPresent(
        "uri",
        (_, uri) ->
            uri instanceof Value.Text(var text)
                ? Value.of(text.replaceFirst("^([^:/]+://)[^/]*@", "$1"))
                : uri);
    return new Value.Struct(members);
  }

  private static void put(Map<String, Value> members, String name, @Nullable Instant at) {
    if (at != null) members.put(name, Value.of(at.toString()));
  }
}
