package plaza.ngsild.source;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.query.Query;
import plaza.ledger.Actor;
import plaza.ledger.Ledger;
import plaza.ledger.Notebook;
import plaza.ledger.Policy;
import plaza.ledger.Reader;
import plaza.ledger.store.Note;
import plaza.ledger.store.Store;
import plaza.outbound.OutboundGuard;

/// Context sources, wired. [#start] once the ledger stands and before requests are answered;
/// [#close] before the ledger is closed.
public final class Registrations implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Registrations.class.getName());
  private static final Duration ROUND = Duration.ofSeconds(1);
  private static final int ROUNDS_PER_FLUSH = 10;

  private final Store store;
  private final Reader reader;
  private final Notebook notebook;
  private final Registry registry;
  private final RegistrationDesk desk;
  private final Identity identity;
  private final InstantSource clock;

  /// What was kept of how asking each source went, by key of the note.
  private final Map<String, Use> kept = new HashMap<>();

  private @Nullable Thread keeper;

  /// @param guard which endpoints may be registered
  /// @param random names registrations without an id; a `SecureRandom` outside of tests
  public Registrations(
      Store store,
      Ledger ledger,
      Reader reader,
      Policy policy,
      OutboundGuard guard,
      InstantSource clock,
      RandomGenerator random) {
    this.store = store;
    this.reader = reader;
    this.notebook = ledger.notebook("ngsild.sources");
    this.clock = clock;
    this.registry = new Registry(clock);
    this.desk = new RegistrationDesk(ledger, reader, policy, registry, guard, clock, random);
    this.identity = new Identity(ledger.notebook("ngsild.identity"), clock, random);
  }

  public Registry registry() {
    return registry;
  }

  public RegistrationDesk desk() {
    return desk;
  }

  /// For subscriptions to registrations.
  public Announcements announcements() {
    return new Announcements(reader, clock);
  }

  public Identity identity() {
    return identity;
  }

  /// Loads all registrations, and begins to delete those that expire.
  public void start() {
    for (var layer : store.layers()) if (layer.isMain()) load(layer.tenant());
    keeper = Thread.ofVirtual().name("context-sources").start(this::keep);
  }

  private void load(String tenant) {
    var records = new ArrayList<RegistrationRecord>();
    reader.each(
        Actor.SYSTEM,
        Address.tenant(tenant),
        Query.type(RegistrationRecord.TYPE),
        entity -> records.add(RegistrationRecord.of(entity)));
    records.sort(java.util.Comparator.comparingLong(RegistrationRecord::version));
    for (var record : records) {
      var key = key(tenant, record.id());
      notebook
          .find(key)
          .map(Use::parse)
          .ifPresent(use -> {
            kept.put(key, use);
            registry.use(tenant, record.id(), use);
          });
    }
    var understood = new ArrayList<Registration>();
    for (var record : records)
      try {
        understood.add(record.understood());
      } catch (RuntimeException e) {
        LOG.log(
            System.Logger.Level.ERROR,
            "Registration " + record.id() + " rests: its document cannot be understood any more",
            e);
      }
    registry.load(tenant, understood);
  }

  private void keep() {
    try {
      for (int round = 1; ; round++) {
        Thread.sleep(ROUND);
        try {
          deleteExpired();
          if (round % ROUNDS_PER_FLUSH == 0) flush();
        } catch (RuntimeException e) {
          LOG.log(System.Logger.Level.WARNING, "Keeping context sources failed; tried again", e);
        }
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  private void deleteExpired() {
    for (var tenant : registry.tenants())
      for (var id : registry.expired(tenant))
        try {
          desk.deleteExpired(Address.tenant(tenant), id);
        } catch (RuntimeException e) {
          LOG.log(System.Logger.Level.WARNING, id + " has expired and cannot be deleted yet", e);
        }
  }

  /// Keeps how asking the sources went, as far as it has changed.
  private synchronized void flush() {
    for (var tenant : registry.tenants()) {
      var notes = new ArrayList<Note>();
      var news = new HashMap<String, Use>();
      for (var registration : registry.list(tenant)) {
        var key = key(tenant, registration.id());
        var use = registry.use(tenant, registration.id());
        if (use.equals(kept.getOrDefault(key, Use.NONE))) continue;
        news.put(key, use);
        notes.add(new Note(key, use.bytes()));
      }
      if (!notes.isEmpty()) notebook.keep(Actor.SYSTEM, Address.tenant(tenant), List.copyOf(notes));
      kept.putAll(news);
    }
  }

  private static String key(String tenant, String id) {
    return tenant + " " + id;
  }

  @Override
  public void close() {
    var thread = keeper;
    if (thread == null) return;
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      flush();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "How asking context sources went is not kept", e);
    }
  }
}
