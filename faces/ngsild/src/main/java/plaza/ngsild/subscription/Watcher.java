package plaza.ngsild.subscription;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import plaza.graph.Names;
import plaza.graph.change.Change;
import plaza.graph.query.Sight;
import plaza.ledger.Branches;
import plaza.ledger.Feed;
import plaza.ledger.store.FeedEntry;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Note;
import plaza.ngsild.source.Announcements;
import plaza.ngsild.subscription.delivery.Courier;
import plaza.ngsild.subscription.delivery.Due;

/// The one consumer of the feed for all subscriptions: finds whom each change concerns and keeps
/// that, together with its place in the feed, before anybody is told.
final class Watcher implements Feed.Consumer {
  private final Roster roster;
  private final Sights sights;
  private final Courier courier;
  private final InstantSource clock;
  private final Consumer<Layer> ended;
  private final List<Kept> kept = new ArrayList<>();
  // Until the notes are kept: the roster says it only once, however often they are tried.
  private final Set<String> over = new LinkedHashSet<>();
  private final Set<Layer> discarded = new LinkedHashSet<>();

  private record Kept(String lane, Due due) {}

  /// The changes of one entry that concern one subscription, in messages.
  private static final class Concern {
    final List<List<Integer>> parts = new ArrayList<>();
    final Set<String> entities = new HashSet<>();

    /// One message tells of an entity once, and of not too many.
    void add(int index, String entityId) {
      if (parts.isEmpty() || entities.size() == Mailing.ENTITIES || !entities.add(entityId)) {
        parts.add(new ArrayList<>());
        entities.clear();
        entities.add(entityId);
      }
      parts.getLast().add(index);
    }
  }

  /// @param ended is told of branches that were discarded; must return at once
  Watcher(
      Roster roster, Sights sights, Courier courier, InstantSource clock, Consumer<Layer> ended) {
    this.roster = roster;
    this.sights = sights;
    this.courier = courier;
    this.clock = clock;
    this.ended = ended;
  }

  @Override
  public List<Note> accept(List<FeedEntry> entries) {
    kept.clear();
    var notes = new ArrayList<Note>();
    Map<String, Sight> known = new HashMap<>();
    for (var entry : entries) watch(entry, known, notes);
    return notes;
  }

  private void watch(FeedEntry entry, Map<String, Sight> known, List<Note> notes) {
    Map<String, Concern> concerns = new LinkedHashMap<>();
    for (int i = 0; i < entry.changes().size(); i++) {
      var change = entry.changes().get(i);
      if (SubscriptionRecord.isOne(change.entity())) {
        var closing = roster.follow(entry.layer(), change);
        if (closing != null) over.add(closing);
        if (change.kind() != Change.Kind.DELETED) begin(entry.layer(), i, change, concerns);
      } else if (Announcements.areAbout(change)) {
        announce(entry, i, change, concerns);
      } else if (Branches.discarded(entry.layer(), change).isPresent()) {
        var branch = Branches.discarded(entry.layer(), change).orElseThrow();
        discarded.add(branch);
        over.addAll(roster.discard(branch));
      } else if (!roster.watchlist().isEmpty(entry.layer()) && !isPrivate(change))
        watch(entry, i, change, known, concerns);
    }
    concerns.forEach((lane, concern) -> {
      for (int part = 0; part < concern.parts.size(); part++) {
        var changes = concern.parts.get(part).stream().mapToInt(Integer::intValue).toArray();
        var due = new Due(entry.position(), part, changes, entry);
        notes.add(Courier.note(lane, due));
        kept.add(new Kept(lane, due));
      }
    });
  }

  /// Clauses 5.11.2.4, 5.11.3.4: who subscribes to registrations, or changes that, is told of all
  /// that match.
  private void begin(Layer layer, int index, Change change, Map<String, Concern> concerns) {
    var subscription = roster.find(layer, change.entity());
    if (subscription == null
        || subscription.definition().sources() == null
        || !subscription.isLive(clock.instant())) return;
    concerns
        .computeIfAbsent(subscription.key(), _ -> new Concern())
        .add(index, change.entity().id());
  }

  /// Clause 5.11.7.
  private void announce(FeedEntry entry, int index, Change change, Map<String, Concern> concerns) {
    var now = clock.instant();
    for (var subscription : roster.toSources(entry.layer())) {
      var ask = subscription.definition().sources();
      if (ask == null
          || subscription.definition().interval() != null
          || !subscription.isLive(now)
          || entry.at().isBefore(subscription.createdAt())) continue;
      if (Announcements.of(change, ask, sights.of(subscription)).isPresent())
        concerns
            .computeIfAbsent(subscription.key(), _ -> new Concern())
            .add(index, change.entity().id());
    }
  }

  private void watch(
      FeedEntry entry,
      int index,
      Change change,
      Map<String, Sight> known,
      Map<String, Concern> concerns) {
    var now = clock.instant();
    var seen = new IdentityHashMap<Sight, Optional<Happening>>(2);
    for (var subscription : roster.watchlist().candidates(entry.layer(), change)) {
      if (subscription.definition().interval() != null
          || !subscription.isLive(now)
          || entry.at().isBefore(subscription.createdAt())) continue;
      var sight =
          known.computeIfAbsent(
              subscription.layer() + " " + subscription.owner(), _ -> sights.of(subscription));
      var happening =
          seen.computeIfAbsent(sight, s -> Optional.ofNullable(Happening.of(change, s)));
      if (happening.isPresent() && accepts(subscription, happening.get()))
        concerns
            .computeIfAbsent(subscription.key(), _ -> new Concern())
            .add(index, change.entity().id());
    }
  }

  private boolean accepts(Subscription subscription, Happening happening) {
    var watch = subscription.definition().watch();
    // What others know of the entity is asked when it is told: nobody else may wait for that.
    return subscription.definition().reach().splits()
        ? watch.mayAccept(happening)
        : watch.accepts(happening, sights.neighbours(subscription));
  }

  private static boolean isPrivate(Change change) {
    for (var type : change.entity().types()) if (Names.isPrivate(type)) return true;
    return false;
  }

  @Override
  public void kept() {
    for (var one : kept) courier.add(one.lane(), one.due());
    over.forEach(courier::close);
    discarded.forEach(ended);
    over.clear();
    discarded.clear();
  }
}
