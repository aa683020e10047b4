package plaza.ngsild.subscription;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.ledger.Actor;
import plaza.ledger.Reader;
import plaza.ngsild.context.Context;
import plaza.ngsild.context.ContextUnavailable;
import plaza.ngsild.distribute.Distributor;
import plaza.ngsild.distribute.Passage;
import plaza.ngsild.source.Registration;

/// Makes, changes and takes away copies of subscriptions at sources. One source after the other
/// waits for nobody else; what a source does not take is tried again, ever more seldom.
final class Copier implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Copier.class.getName());
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  private final Distributor distributor;
  private final Reader reader;
  private final ContextShelf contexts;
  private final Sights sights;
  private final RemoteSubscriptions remote;
  private final Mappings mappings;
  private final Supplier<String> root;
  private final InstantSource clock;
  private final Map<Copies.Key, Task> tasks = new ConcurrentHashMap<>();
  private final Map<Copies.Key, Value.Struct> there = new ConcurrentHashMap<>();
  private final Map<URI, Thread> busy = new ConcurrentHashMap<>();

  /// @param copy what should be there; null when it is to go
  private record Task(
      Copies.@Nullable Copy copy,
      String tenant,
      Registration registration,
      int failures,
      Instant notBefore) {
    Task later(Instant now) {
      var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, 10));
      return new Task(
          copy,
          tenant,
          registration,
          failures + 1,
          now.plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause));
    }
  }

  /// @param root the URL at which sources reach this server; empty while they cannot. Not what the
  ///   subscriber's request named: whoever may see little could have it all sent elsewhere
  Copier(
      Distributor distributor,
      Reader reader,
      ContextShelf contexts,
      Sights sights,
      RemoteSubscriptions remote,
      Mappings mappings,
      Supplier<String> root,
      InstantSource clock) {
    this.distributor = distributor;
    this.reader = reader;
    this.contexts = contexts;
    this.sights = sights;
    this.remote = remote;
    this.mappings = mappings;
    this.root = root;
    this.clock = clock;
  }

  void put(Copies.Key key, Copies.Copy copy) {
    tasks.put(
        key,
        new Task(
            copy,
            copy.subscription().layer().tenant(),
            copy.match().registration(),
            0,
            Instant.MIN));
  }

  /// Goes on over restarts. What is at a source that is registered no more is given up at last: the
  /// source may be gone for good.
  void remove(Copies.Key key, String tenant, Registration registration) {
    tasks.put(key, new Task(null, tenant, registration, 0, Instant.MIN));
  }

  /// Begins what is due and not held up by what is under way at the same source.
  void round() {
    var now = clock.instant();
    Map<URI, List<Copies.Key>> due = new HashMap<>();
    tasks.forEach((key, task) -> {
      var endpoint = task.registration.source().endpoint();
      if (!task.notBefore.isAfter(now) && !busy.containsKey(endpoint))
        due.computeIfAbsent(endpoint, _ -> new ArrayList<>()).add(key);
    });
    due.forEach((endpoint, keys) -> {
      var thread =
          Thread.ofVirtual()
              .name("subscription-copier")
              .unstarted(() -> {
                try {
                  keys.forEach(this::work);
                } finally {
                  busy.remove(endpoint);
                }
              });
      // Known before it runs: one that is done at once must not be put down as busy for good.
      busy.put(endpoint, thread);
      thread.start();
    });
  }

  private void work(Copies.Key key) {
    var task = tasks.get(key);
    if (task == null || Thread.currentThread().isInterrupted()) return;
    boolean done;
    try {
      done = task.copy == null ? removed(key, task) : made(key, task.copy);
    } catch (Refusal | ContextUnavailable e) {
      LOG.log(
          System.Logger.Level.DEBUG,
          "The copy {0} of a subscription waits: {1}",
          key,
          e.getMessage());
      done = false;
    }
    if (!done && task.copy == null) mappings.leave(key, clock.instant());
    if (done || givenUp(key, task)) tasks.remove(key, task);
    else tasks.replace(key, task, task.later(clock.instant()));
  }

  /// The source of a copy as it is registered now, if it still is, and where it was.
  Optional<Registration> registered(Mappings.Mapping mapping) {
    return distributor
        .registry()
        .find(mapping.tenant(), mapping.registrationId())
        .filter(now ->
            mapping.registration().map(Registration::source).stream()
                .allMatch(now.source()::isWhere));
  }

  /// A source that is registered at another place now needs a copy there, and the one where it was
  /// is to go.
  private void leave(Copies.Key key, Mappings.Mapping mapping, Registration before) {
    var left = key.leftAt(before.source());
    mappings.keep(left, mapping);
    mappings.forget(key);
    there.remove(key);
    remove(left, mapping.tenant(), before);
  }

  private boolean givenUp(Copies.Key key, Task task) {
    if (task.copy != null) return false;
    var since = mappings.find(key).map(Mappings.Mapping::leaving).orElse(null);
    var most = distributor.limits().removals();
    if (since == null
        || !since.plus(most).isBefore(clock.instant())
        || mappings.find(key).flatMap(this::registered).isPresent()) return false;
    LOG.log(
        System.Logger.Level.WARNING,
        "The copy {0} of a subscription stays at {1}, which is registered no more and did not take"
            + " its deletion for {2}",
        RemoteSubscriptions.id(key),
        task.registration.source().endpoint(),
        most);
    mappings.forget(key);
    return true;
  }

  private boolean made(Copies.Key key, Copies.Copy copy) {
    var record = record(copy.subscription()).orElse(null);
    if (record == null) return true;
    var address = root.get();
    if (address.isEmpty()) return false;
    var registration = copy.match().registration();
    mappings
        .find(key)
        .ifPresent(mapping ->
            mapping
                .registration()
                .filter(before -> !before.source().isWhere(registration.source()))
                .ifPresent(before -> leave(key, mapping, before)));
    var written = contexts.of(record.context());
    var names = names(registration, written);
    var document =
        names == written
            ? record.document()
            : new Translation(written, names).of(record.document());
    var wanted =
        new CopyDocument(document, names, copy.match())
            .of(
                RemoteSubscriptions.id(key),
                remote.uri(key, address),
                names == written && filters(copy));
    var known = there.get(key);
    if (wanted.equals(known)) return true;
    var passage = passage(copy.subscription().layer().tenant(), record, names);
    boolean sent = remote.put(passage, registration, key, wanted, known);
    if (sent) there.put(key, wanted);
    return sent;
  }

  private boolean removed(Copies.Key key, Task task) {
    var names = contexts.of(Value.of(List.of()));
    var alias = distributor.alias(task.tenant);
    var passage = new Passage(task.tenant, alias, List.of(), names, _ -> null);
    boolean gone = remote.remove(passage, task.registration, key);
    if (gone) there.remove(key);
    return gone;
  }

  /// The names the source wants, or the subscriber's.
  private Context names(Registration registration, Context written) {
    var wanted = registration.source().info("jsonldContext");
    return wanted.isEmpty() || wanted.get().equals(written.link())
        ? written
        : contexts.of(Value.of(wanted.get()));
  }

  /// Whether the source has all there is to decide with, and the subscriber may know it all.
  private boolean filters(Copies.Copy copy) {
    return !splits(copy) && sights.of(copy.subscription()).isUnlimited();
  }

  static boolean splits(Copies.Copy copy) {
    var split = copy.subscription().definition().reach().split();
    if (split != null) return split;
    return copy.match().parts().stream()
        .anyMatch(part -> !part.information().attributes().isEmpty());
  }

  /// With the brokers that the subscription has passed; empty when it is not there any more.
  Optional<Passage> passage(Subscription subscription) {
    return record(subscription)
        .map(record ->
            passage(subscription.layer().tenant(), record, contexts.of(record.context())));
  }

  private Passage passage(String tenant, SubscriptionRecord record, Context names) {
    return new Passage(tenant, distributor.alias(tenant), record.via(), names, _ -> null);
  }

  private Optional<SubscriptionRecord> record(Subscription subscription) {
    var layer = subscription.layer();
    return reader
        .findAll(
            Actor.SYSTEM,
            Address.tenant(layer.tenant()),
            Set.of(Kind.ENTITIES.entityId(layer.branch(), subscription.id())))
        .values()
        .stream()
        .findFirst()
        .map(SubscriptionRecord::of)
        .filter(record -> Objects.equals(record.key(), subscription.key()));
  }

  @Override
  public void close() {
    busy.values().forEach(Thread::interrupt);
  }
}
