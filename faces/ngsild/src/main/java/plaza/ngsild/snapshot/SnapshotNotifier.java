package plaza.ngsild.snapshot;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.ngsild.subscription.delivery.Endpoint;
import plaza.ngsild.subscription.delivery.Header;
import plaza.ngsild.subscription.delivery.Message;
import plaza.ngsild.subscription.delivery.Receiver;
import plaza.ngsild.subscription.delivery.Reply;

/// Tells whoever wants to know that a snapshot is ready or has changed (clauses 5.16.6, 5.3.4).
/// Tries a few times; a notification that cannot be delivered then is given up, as its status can
/// be asked for.
final class SnapshotNotifier {
  private static final System.Logger LOG = System.getLogger(SnapshotNotifier.class.getName());
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final List<Duration> PAUSES =
      List.of(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(30));

  private final Receiver receiver;

  SnapshotNotifier(Receiver receiver) {
    this.receiver = receiver;
  }

  /// Refuses an endpoint or headers that could never be used.
  void check(Snapshot snapshot) {
    if (!(snapshot.wishes().get("endpoint") instanceof Value.Text(var endpoint))) return;
    receiver.check(endpoint(endpoint), "application/json", headers(snapshot));
  }

  /// Does nothing when nobody wants to know. Comes back at once.
  void tell(Snapshot snapshot, Instant now) {
    if (!(snapshot.wishes().get("endpoint") instanceof Value.Text(var endpoint))) return;
    var message =
        new Message("application/json", headers(snapshot), Json.bytes(notification(snapshot, now)));
    Thread.ofVirtual()
        .name("snapshot-notifier")
        .start(() -> {
          try {
            send(endpoint(endpoint), message, snapshot);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private void send(Endpoint endpoint, Message message, Snapshot snapshot)
      throws InterruptedException {
    for (int i = 0; ; i++) {
      Reply reply;
      try {
        reply = receiver.send(endpoint, message);
      } catch (Refusal refusal) {
        LOG.log(System.Logger.Level.WARNING, "{0} is not told: {1}", snapshot.id(), refusal);
        return;
      }
      if (reply instanceof Reply.Accepted
          || (reply instanceof Reply.Refused refused && refused.forGood())) return;
      if (i == PAUSES.size()) {
        LOG.log(
            System.Logger.Level.WARNING,
            "{0} could not be told of {1}",
            endpoint.receiver(),
            snapshot.id());
        return;
      }
      Thread.sleep(PAUSES.get(i));
    }
  }

  private static Endpoint endpoint(String uri) {
    return new Endpoint(URI.create(uri), TIMEOUT, null);
  }

  private static List<Header> headers(Snapshot snapshot) {
    var headers = new ArrayList<Header>();
    headers.add(new Header("NGSILD-Snapshot", snapshot.id()));
    if (!snapshot.tenant().equals(plaza.graph.Address.DEFAULT_TENANT))
      headers.add(new Header("NGSILD-Tenant", snapshot.tenant()));
    if (snapshot.wishes().get("receiverInfo") instanceof Value.Items(var items))
      for (var item : items)
        if (item instanceof Value.Struct(var pair)
            && pair.get("key") instanceof Value.Text(var key)
            && pair.get("value") instanceof Value.Text(var value))
          headers.add(new Header(key, value));
    return headers;
  }

  private static Value notification(Snapshot snapshot, Instant now) {
    var members = new LinkedHashMap<String, Value>();
    members.put("id", Value.of("urn:ngsi-ld:SnapshotNotification:" + UUID.randomUUID()));
    members.put("type", Value.of("SnapshotNotification"));
    members.put("snapshotId", Value.of(snapshot.id()));
    members.put("notifiedAt", Value.of(now.toString()));
    members.put("expiresAt", Value.of(snapshot.expiresAt().toString()));
    members.put("snapshotPriority", Value.of(snapshot.priority()));
    members.put("snapshotStatus", Value.of(snapshot.status().label));
    members.put("snapshotQueriesDetails", Snapshot.results(snapshot.queries()));
    members.put("snapshotTemporalQueriesDetails", Snapshot.results(snapshot.temporalQueries()));
    return new Value.Struct(members);
  }
}
