package plaza.ngsild.subscription;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import plaza.ngsild.distribute.Distributor;
import plaza.ngsild.source.Ask;
import plaza.ngsild.source.Match;
import plaza.ngsild.source.Mode;
import plaza.ngsild.source.Operation;
import plaza.ngsild.source.Registration;
import plaza.ngsild.source.Source;

/// Keeps each subscription also at the context sources that may have something to tell (clauses
/// 5.8.1.4, 5.8.2.4, 5.8.5.4): made when a registration begins to match, changed with either, taken
/// away when it ends.
///
/// Which copies there should be follows from subscriptions and registrations alone; which there
/// are, [Mappings] knows over restarts.
final class Copies implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Copies.class.getName());
  private static final Duration ROUND = Duration.ofSeconds(1);
  private static final long UNSETTLED = -1;

  private final Distributor distributor;
  private final Roster roster;
  private final Copier copier;
  private final Mappings mappings;
  private final Map<String, Registered> tenants = new HashMap<>();
  private final Map<String, Map<Key, Copy>> wanted = new ConcurrentHashMap<>();
  private final Map<String, Long> seen = new HashMap<>();
  private @Nullable Thread keeper;
  private boolean reconciled;

  /// @param lane key of the subscription's lane
  /// @param source short for the registration's id
  record Key(String lane, String source) {
    static Key of(String lane, Registration registration) {
      return new Key(lane, source(registration.id()));
    }

    /// What is left at a place where the source is no more.
    Key leftAt(Source place) {
      return new Key(lane, source(source + " " + place.endpoint() + " " + place.tenant()));
    }

    private static String source(String text) {
      return UUID.nameUUIDFromBytes(text.getBytes(UTF_8)).toString().substring(0, 8);
    }

    @Override
    public String toString() {
      return lane + "-" + source;
    }
  }

  /// What should be at a source.
  record Copy(Subscription subscription, Match match) {}

  /// The registrations of a tenant when they were last looked at.
  private record Registered(Set<Registration> registrations) {
    static Registered of(List<Registration> registrations) {
      Set<Registration> set = Collections.newSetFromMap(new IdentityHashMap<>());
      set.addAll(registrations);
      return new Registered(set);
    }

    boolean isStill(List<Registration> now) {
      return now.size() == registrations.size() && registrations.containsAll(now);
    }
  }

  Copies(Distributor distributor, Roster roster, Copier copier, Mappings mappings) {
    this.distributor = distributor;
    this.roster = roster;
    this.copier = copier;
    this.mappings = mappings;
  }

  void start() {
    keeper = Thread.ofVirtual().name("subscription-copies").start(this::keep);
  }

  /// The copy that a notification from a source is about.
  Optional<Copy> find(Key key) {
    return Optional.ofNullable(wanted.getOrDefault(key.lane(), Map.of()).get(key));
  }

  private void keep() {
    try {
      while (true) {
        Thread.sleep(ROUND);
        try {
          round();
        } catch (RuntimeException e) {
          LOG.log(System.Logger.Level.WARNING, "Copies of subscriptions wait for a round", e);
        }
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  private void round() {
    var mailings = roster.mailings();
    var changed = new HashSet<String>();
    var idle = new HashSet<String>();
    for (var mailing : mailings.values()) {
      var tenant = mailing.subscription().layer().tenant();
      if (!idle.contains(tenant) && !changed.contains(tenant)) look(tenant, idle, changed);
    }
    for (var key : Set.copyOf(seen.keySet()))
      if (!mailings.containsKey(key)) {
        seen.remove(key);
        want(key, List.of(), null);
      }
    mailings.forEach((key, mailing) -> {
      var subscription = mailing.subscription();
      var tenant = subscription.layer().tenant();
      var version = seen.get(key);
      boolean same = version != null && version == subscription.version();
      // Where nobody is registered there is nothing to do, and nothing was done.
      if ((same && !changed.contains(tenant)) || (version == null && idle.contains(tenant))) return;
      // Until it is done, for the next round to see when it fails.
      seen.put(key, UNSETTLED);
      try {
        want(key, matches(subscription), subscription);
        seen.put(key, subscription.version());
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "Copies of " + subscription.id() + " wait", e);
      }
    });
    if (!reconciled) removeStrays();
    reconciled = true;
    copier.round();
  }

  /// What was to go from a source before a restart and may still be there.
  private void removeStrays() {
    mappings
        .all()
        .forEach((key, mapping) -> {
          if (find(key).isEmpty())
            copier
                .registered(mapping)
                .or(mapping::registration)
                .ifPresent(registration -> copier.remove(key, mapping.tenant(), registration));
        });
  }

  private void look(String tenant, Set<String> idle, Set<String> changed) {
    var known = tenants.get(tenant);
    if (distributor.isIdle(tenant)) {
      idle.add(tenant);
      if (known != null) {
        tenants.remove(tenant);
        changed.add(tenant);
      }
      return;
    }
    var now = distributor.registry().list(tenant);
    if (known != null && known.isStill(now)) return;
    tenants.put(tenant, Registered.of(now));
    changed.add(tenant);
  }

  private List<Match> matches(Subscription subscription) {
    var reach = subscription.definition().reach();
    var layer = subscription.layer();
    if (subscription.definition().sources() != null || reach.local() || !layer.isMain())
      return List.of();
    var query = subscription.definition().watch().query();
    var passage = copier.passage(subscription);
    if (passage.isEmpty()) return List.of();
    var ask =
        new Ask(
            Set.of(Operation.CREATE_SUBSCRIPTION),
            query.selectors(),
            List.copyOf(reach.watched()),
            reach.datasetIds(),
            query.scope(),
            query.geo(),
            null,
            reach.csf(),
            passage.get().passed());
    return distributor.registry().matching(layer.tenant(), ask).stream()
        .filter(match -> match.registration().mode() != Mode.AUXILIARY)
        .toList();
  }

  private void want(String lane, List<Match> matches, @Nullable Subscription subscription) {
    var now = new HashMap<Key, Copy>();
    if (subscription != null)
      for (var match : matches)
        now.put(Key.of(lane, match.registration()), new Copy(subscription, match));
    var before = now.isEmpty() ? wanted.remove(lane) : wanted.put(lane, Map.copyOf(now));
    if (before != null)
      before.forEach((key, copy) -> {
        if (!now.containsKey(key))
          copier.remove(key, copy.subscription().layer().tenant(), copy.match().registration());
      });
    now.forEach(copier::put);
  }

  @Override
  public void close() {
    var thread = keeper;
    if (thread != null) thread.interrupt();
    copier.close();
  }
}
