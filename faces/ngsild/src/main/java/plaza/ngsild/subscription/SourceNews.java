package plaza.ngsild.subscription;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.graph.query.Sight;
import plaza.json.JsonWriter;
import plaza.ngsild.source.Announcements;
import plaza.ngsild.source.Announcements.Announcement;
import plaza.ngsild.source.Ask;
import plaza.ngsild.subscription.delivery.Due;
import plaza.ngsild.subscription.delivery.Message;
import plaza.ngsild.subscription.delivery.Sender;

/// Writes what subscribers to registrations are told (clauses 5.3.2, 5.11.7).
final class SourceNews {
  private final Announcements announcements;
  private final Sights sights;
  private final InstantSource clock;

  SourceNews(Announcements announcements, Sights sights, InstantSource clock) {
    this.announcements = announcements;
    this.sights = sights;
    this.clock = clock;
  }

  /// One notification has one reason and tells of a registration once.
  Sender.Parcel pack(Subscription subscription, List<Due> waiting) {
    var sight = sights.of(subscription);
    var told = new ArrayList<Announcement>();
    var ids = new HashSet<String>();
    int used = 0;
    for (var due : waiting) {
      var news = news(subscription, sight, due);
      if (!told.isEmpty() && !fits(news, told, ids)) break;
      told.addAll(news);
      for (var one : news) ids.add(one.registration().id());
      used++;
    }
    if (told.isEmpty()) return new Sender.Parcel(null, used);
    var id = Mailing.id(subscription, waiting.subList(0, used));
    return new Sender.Parcel(write(subscription, id, told, clock.instant()), used);
  }

  /// All that match at a place of the feed; null when there is none.
  @Nullable Message all(Subscription subscription, String id, long version) {
    var all = all(subscription, sights.of(subscription), version);
    return all.isEmpty() ? null : write(subscription, id, all, clock.instant());
  }

  private List<Announcement> all(Subscription subscription, Sight sight, long version) {
    return announcements.all(subscription.layer().tenant(), ask(subscription), sight, version);
  }

  private static Ask ask(Subscription subscription) {
    return Objects.requireNonNull(subscription.definition().sources());
  }

  private List<Announcement> news(Subscription subscription, Sight sight, Due due) {
    var news = new ArrayList<Announcement>();
    var changes = Objects.requireNonNull(due.entry()).changes();
    for (int index : due.changes()) {
      var change = changes.get(index);
      // Its own record: it began, or was changed.
      if (SubscriptionRecord.isOne(change.entity()))
        news.addAll(all(subscription, sight, due.position().number()));
      else Announcements.of(change, ask(subscription), sight).ifPresent(news::add);
    }
    return news;
  }

  private static boolean fits(List<Announcement> news, List<Announcement> told, Set<String> ids) {
    if (news.size() + told.size() > Mailing.ENTITIES) return false;
    var reason = told.getFirst().reason();
    return news.stream()
        .allMatch(one -> one.reason() == reason && !ids.contains(one.registration().id()));
  }

  private static Message write(
      Subscription subscription, String id, List<Announcement> told, Instant at) {
    var manner = subscription.definition().manner();
    boolean linkedData = manner.destination().accept() == Accept.JSON_LD;
    var bytes = new ByteArrayOutputStream(1024);
    try (var out = new JsonWriter(bytes)) {
      out.startObject()
          .member("id", id)
          .member("type", "ContextSourceNotification")
          .member("subscriptionId", subscription.id())
          .member("notifiedAt", at.toString())
          .member("triggerReason", told.getFirst().reason().word)
          .name("data")
          .startArray();
      for (var one : told)
        out.value(one.registration().show(manner.context(), manner.representation().system()));
      out.endArray();
      if (linkedData) out.name("@context").value(manner.context().source());
      out.endObject();
    }
    // A registration is no GeoJSON feature.
    var accept = linkedData ? Accept.JSON_LD : Accept.JSON;
    return new Message(
        accept.mediaType(),
        manner.headers(linkedData, subscription.layer().tenant(), null),
        bytes.toByteArray());
  }
}
