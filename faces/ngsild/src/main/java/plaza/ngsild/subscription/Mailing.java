package plaza.ngsild.subscription;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import plaza.ngsild.subscription.delivery.Due;
import plaza.ngsild.subscription.delivery.Endpoint;
import plaza.ngsild.subscription.delivery.Sender;
import plaza.ngsild.subscription.delivery.Standing;

/// Sends the notifications of one subscription, as it is defined at that moment.
final class Mailing implements Sender {
  /// What one notification holds at most.
  static final int ENTITIES = 100;

  private final Sights sights;
  private final SourceNews sourceNews;
  private final InstantSource clock;
  private volatile Subscription subscription;

  Mailing(Subscription subscription, Sights sights, SourceNews sourceNews, InstantSource clock) {
    this.subscription = subscription;
    this.sights = sights;
    this.sourceNews = sourceNews;
    this.clock = clock;
  }

  Subscription subscription() {
    return subscription;
  }

  void update(Subscription newSubscription) {
    subscription = newSubscription;
  }

  /// Throttling counts from the last success; what fails has pauses of its own.
  @Override
  public @Nullable Instant earliest(Standing standing) {
    var now = subscription;
    if (!now.definition().active()) return null;
    var throttling = now.definition().throttling();
    var last = standing.lastSuccess();
    return throttling == null || last == null ? Instant.MIN : last.plus(throttling);
  }

  @Override
  public boolean gathers() {
    return subscription.definition().throttling() != null;
  }

  @Override
  public boolean isOver() {
    var now = subscription;
    return now.definition().isExpired(clock.instant())
        || sights.isGone(now.layer(), now.createdAt());
  }

  @Override
  public Endpoint endpoint() {
    return subscription.definition().manner().destination().endpoint();
  }

  /// One notification tells of an entity once. Unless throttled, a second change of the same entity
  /// goes into the next.
  @Override
  public Parcel pack(List<Due> waiting) {
    var now = subscription;
    if (now.definition().sources() != null) return sourceNews.pack(now, waiting);
    var sight = sights.of(now);
    boolean gathering = gathers();
    Map<String, Telling> tellings = new LinkedHashMap<>();
    int used = 0;
    for (var due : waiting) {
      var news = new ArrayList<Telling>(due.changes().length);
      var changes = Objects.requireNonNull(due.entry()).changes();
      for (int index : due.changes()) {
        var happening = Happening.of(changes.get(index), sight);
        if (happening == null) continue;
        var telling = telling(now, happening);
        // The query was met when it happened; with fewer rights since, it may not be any more.
        if ((sight.isUnlimited() && !now.definition().reach().splits())
            || now.definition().watch().isMetBy(telling.entity(), sights.neighbours(now)))
          news.add(telling);
      }
      if (!tellings.isEmpty() && !fits(news, tellings, gathering)) break;
      for (var telling : news)
        tellings.merge(telling.entity().id(), telling, (before, after) -> before.then(after));
      used++;
    }
    if (tellings.isEmpty()) return new Parcel(null, used);
    return new Parcel(
        NotificationWriter.write(
            now, id(now, waiting.subList(0, used)), tellings.values(), sights, clock.instant()),
        used);
  }

  /// Of a notification: the same for every attempt to tell the same, and another once it says more,
  /// so that who throws away what came before loses nothing.
  ///
  /// @param told at least one
  static String id(Subscription subscription, List<Due> told) {
    var first = told.getFirst();
    var last = told.getLast();
    return "urn:ngsi-ld:Notification:"
        + subscription.key()
        + "-"
        + place(first)
        + (told.size() == 1 ? "" : "_" + place(last));
  }

  private static String place(Due due) {
    return due.position().number() + (due.part() == 0 ? "" : "-" + due.part());
  }

  private Telling telling(Subscription now, Happening happening) {
    var telling = Telling.of(happening);
    return now.definition().reach().splits() && !telling.isDeleted()
        ? telling.as(sights.whole(now, happening.entity(), happening.deleted()))
        : telling;
  }

  private static boolean fits(
      List<Telling> news, Map<String, Telling> tellings, boolean gathering) {
    if (news.size() + tellings.size() > ENTITIES) return false;
    return gathering || news.stream().noneMatch(one -> tellings.containsKey(one.entity().id()));
  }
}
