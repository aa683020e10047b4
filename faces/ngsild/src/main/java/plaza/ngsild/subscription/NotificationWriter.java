package plaza.ngsild.subscription;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.json.JsonWriter;
import plaza.ngsild.represent.EntityWriter;
import plaza.ngsild.represent.LinkedEntities;
import plaza.ngsild.subscription.delivery.Message;

/// Writes notifications (clauses 5.3.1, 5.8.6, 6.3.8).
final class NotificationWriter {
  private final Subscription subscription;
  private final Manner manner;
  private final LinkedEntities linked;
  private final @Nullable String snapshot;
  private final boolean geo;
  private final boolean linkedData;

  private NotificationWriter(
      Subscription subscription, LinkedEntities linked, @Nullable String snapshot) {
    this.subscription = subscription;
    this.snapshot = snapshot;
    this.manner = subscription.definition().manner();
    this.linked = linked;
    this.geo = manner.destination().accept() == Accept.GEO_JSON;
    this.linkedData = manner.destination().accept() == Accept.JSON_LD;
  }

  /// @param id the same for every attempt to tell the same, so that a receiver can know a
  ///   repetition
  static Message write(
      Subscription subscription,
      String id,
      Collection<Telling> tellings,
      Sights sights,
      Instant at) {
    var manner = subscription.definition().manner();
    var told =
        tellings.stream()
            .map(telling -> telling.in(manner.conformance(), manner.context()))
            .toList();
    var snapshot = sights.snapshot(subscription);
    var roots = told.stream().filter(telling -> !telling.isDeleted()).map(Telling::entity).toList();
    try {
      return new NotificationWriter(subscription, sights.linked(subscription, roots), snapshot)
          .message(id, told, at);
    } catch (Refusal.TooLarge tooOftenInLine) {
      return new NotificationWriter(subscription, LinkedEntities.NONE, snapshot)
          .message(id, told, at);
    }
  }

  private Message message(String id, List<Telling> tellings, Instant at) {
    var bytes = new ByteArrayOutputStream(1024);
    try (var out = new JsonWriter(bytes)) {
      out.startObject()
          .member("id", id)
          .member("type", "Notification")
          .member("subscriptionId", subscription.id())
          .member("notifiedAt", at.toString())
          .name("data");
      if (geo) out.startObject().member("type", "FeatureCollection").name("features");
      out.startArray();
      for (var telling : tellings) write(telling, out);
      for (var found : linked.flat()) write(found, out);
      out.endArray();
      if (geo) {
        if (manner.contextInBody()) writer(out).context();
        out.endObject();
      }
      if (linkedData) writer(out).context();
      out.endObject();
    }
    return new Message(
        manner.destination().accept().mediaType(),
        manner.headers(manner.contextInBody(), subscription.layer().tenant(), snapshot),
        bytes.toByteArray());
  }

  private EntityWriter writer(JsonWriter out) {
    return new EntityWriter(manner.context(), manner.representation(), out, linked);
  }

  private void write(Telling telling, JsonWriter out) {
    if (telling.isDeleted() || !telling.deleted().isEmpty() || manner.showChanges()) {
      out.value(new ChangeView(manner, linked).of(telling, geo, linkedData));
      return;
    }
    if (geo) writer(out).writeFeature(telling.entity(), Names.LOCATION, false);
    else writer(out).write(telling.entity(), linkedData);
  }

  /// An entity that another links to, after those that changed (clause 4.5.23.3).
  private void write(LinkedEntities.Found found, JsonWriter out) {
    var shown = manner.representation().with(found.projection());
    var writer = new EntityWriter(manner.context(), shown, out);
    if (geo) writer.writeFeature(found.entity(), Names.LOCATION, false);
    else writer.write(found.entity(), linkedData);
  }
}
