package plaza.ngsild.subscription;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.ngsild.context.Context;
import plaza.ngsild.context.Contexts;
import plaza.ngsild.subscription.delivery.Courier;
import plaza.ngsild.subscription.delivery.Reply;

/// Passes the notifications of sources on to subscribers (clause 5.8.6): entities made whole where
/// they are split, reduced to what the subscriber may see and asked for, said in his terms.
///
/// They are not kept here. The source is told whether the subscriber has them, so that it can try
/// again.
public final class Incoming {
  private static final int MOST_ENTITIES = 1_000;

  private final Copies copies;
  private final Secret secret;
  private final Sights sights;
  private final Courier courier;
  private final Contexts contexts;
  private final InstantSource clock;

  Incoming(
      Copies copies,
      Secret secret,
      Sights sights,
      Courier courier,
      Contexts contexts,
      InstantSource clock) {
    this.copies = copies;
    this.secret = secret;
    this.sights = sights;
    this.courier = courier;
    this.contexts = contexts;
    this.clock = clock;
  }

  /// @param token from the address the source was given
  /// @param context the notification's names are read with it
  /// @throws Refusal.NotFound when there is no such subscription any more; [Refusal.Unavailable]
  ///   when the subscriber could not be reached
  public void take(String token, Value.Struct notification, Context context)
      throws InterruptedException {
    var copy = copies.find(key(token)).orElseThrow(Incoming::unknown);
    var subscription = copy.subscription();
    var now = clock.instant();
    if (!subscription.isLive(now)) return;
    var tellings = new ArrayList<Telling>();
    for (var document : entities(notification)) {
      var telling = telling(copy, document, context);
      if (telling != null) tellings.add(telling);
    }
    var id = id(token, notification);
    for (int from = 0; from < tellings.size(); from += Mailing.ENTITIES) {
      var some = tellings.subList(from, Math.min(from + Mailing.ENTITIES, tellings.size()));
      send(subscription, from == 0 ? id : id + "-" + from, some);
    }
  }

  private static Refusal unknown() {
    return new Refusal.NotFound("there is no subscription that this notification could be for");
  }

  private Copies.Key key(String token) {
    var parts = token.split("-", -1);
    if (parts.length != 3) throw unknown();
    var key = new Copies.Key(parts[0], parts[1]);
    if (!secret.isSeal(parts[2], key.toString())) throw unknown();
    return key;
  }

  /// The same for the same notification, so that a receiver can know a repetition.
  private static String id(String token, Value.Struct notification) {
    var theirs = String.valueOf(notification.members().get("id"));
    return "urn:ngsi-ld:Notification:"
        + UUID.nameUUIDFromBytes(
            (token + theirs).getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private static List<Value.Struct> entities(Value.Struct notification) {
    if (!(notification.members().get("data") instanceof Value.Items(var items)))
      throw new Refusal.Invalid("a notification needs its entities in data, an array");
    if (items.size() > MOST_ENTITIES)
      throw new Refusal.TooLarge(
          "a notification may hold at most " + MOST_ENTITIES + " entities, not " + items.size());
    var entities = new ArrayList<Value.Struct>();
    for (var item : items) {
      if (!(item instanceof Value.Struct entity))
        throw new Refusal.Invalid("the data of a notification must be entities");
      entities.add(entity);
    }
    return entities;
  }

  /// Null for what the subscriber did not ask for or may not see.
  private @Nullable Telling telling(Copies.Copy copy, Value.Struct document, Context context) {
    var subscription = copy.subscription();
    var own = document.members().get("@context");
    var told =
        Arrival.of(document.members(), own == null ? context : contexts.of(own), clock.instant());
    var entity = told.entity();
    if (!copy.match().covers(entity.id(), entity.types())
        || entity.types().stream().anyMatch(Names::isPrivate)) return null;
    if (!told.isDeleted() && Copier.splits(copy))
      told = told.as(sights.whole(subscription, entity, told.deleted()));
    var sight = sights.of(subscription);
    var seen = sight.of(told.entity()).orElse(null);
    if (seen == null) return null;
    if (!told.isDeleted()
        && !subscription.definition().watch().isMetBy(seen, sights.neighbours(subscription)))
      return null;
    var whole = told.entity();
    var gone = told.deleted().stream().filter(instance -> sight.accepts(whole, instance)).toList();
    return new Telling(told.kind(), seen, gone, told.previous());
  }

  private void send(Subscription subscription, String id, List<Telling> tellings)
      throws InterruptedException {
    var began = clock.instant();
    var message = NotificationWriter.write(subscription, id, tellings, sights, began);
    var endpoint = subscription.definition().manner().destination().endpoint();
    var reply = courier.sendOnce(endpoint, message);
    courier.find(subscription.key()).ifPresent(lane -> lane.attempted(reply, began));
    if (!(reply instanceof Reply.Accepted))
      throw new Refusal.Unavailable("the subscriber could not be told; try again later");
  }
}
