package plaza.ngsild.subscription;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import plaza.graph.Names;
import plaza.json.JsonWriter;
import plaza.ngsild.represent.EntityWriter;
import plaza.ngsild.subscription.delivery.Header;
import plaza.ngsild.subscription.delivery.Message;

/// Writes notifications (clauses 5.3.1, 5.8.6, 6.3.8).
final class NotificationWriter {
  private NotificationWriter() {}

  /// @param id the same for every attempt, so that a receiver can know a repetition
  static Message write(
      Subscription subscription, String id, Collection<Telling> tellings, Instant at) {
    var manner = subscription.definition().manner();
    var accept = manner.destination().accept();
    var bytes = new ByteArrayOutputStream(1024);
    try (var out = new JsonWriter(bytes)) {
      out.startObject()
          .member("id", id)
          .member("type", "Notification")
          .member("subscriptionId", subscription.id())
          .member("notifiedAt", at.toString())
          .name("data");
      boolean geo = accept == Accept.GEO_JSON;
      boolean linkedData = accept == Accept.JSON_LD;
      if (geo) out.startObject().member("type", "FeatureCollection").name("features");
      out.startArray();
      for (var telling : tellings) write(telling, manner, geo, linkedData, out);
      out.endArray();
      if (geo) {
        if (manner.contextInBody()) context(manner, out);
        out.endObject();
      }
      if (linkedData) context(manner, out);
      out.endObject();
    }
    return new Message(accept.mediaType(), headers(manner), bytes.toByteArray());
  }

  private static void context(Manner manner, JsonWriter out) {
    new EntityWriter(manner.context(), manner.representation(), out).context();
  }

  private static void write(
      Telling telling, Manner manner, boolean geo, boolean linkedData, JsonWriter out) {
    if (telling.isDeleted() || !telling.deleted().isEmpty() || manner.showChanges()) {
      out.value(new ChangeView(manner).of(telling, geo, linkedData));
      return;
    }
    var writer = new EntityWriter(manner.context(), manner.representation(), out);
    if (geo) writer.writeFeature(telling.entity(), Names.LOCATION, false);
    else writer.write(telling.entity(), linkedData);
  }

  private static List<Header> headers(Manner manner) {
    if (manner.contextInBody()) return manner.destination().headers();
    var headers = new ArrayList<>(manner.destination().headers());
    headers.add(
        new Header(
            "Link",
            "<"
                + manner.link()
                + ">; rel=\"http://www.w3.org/ns/json-ld#context\"; type=\"application/ld+json\""));
    return headers;
  }
}
