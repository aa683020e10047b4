package plaza.access.record;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import plaza.access.audit.AuditChain;
import plaza.access.audit.Event;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.change.Edit;
import plaza.graph.change.Write;
import plaza.graph.query.Query;
import plaza.ledger.Actor;
import plaza.ledger.Ledger;
import plaza.ledger.Reader;

/// All shelves of this room and their way to the ledger.
///
/// Made before the ledger, because the ledger asks the policy and the policy looks at the shelves;
/// opened once the ledger stands.
public final class Archive {
  private static final System.Logger LOG = System.getLogger(Archive.class.getName());

  /// This room, where it acts for itself.
  private static final Actor ROOM = Actor.of("urn:plaza:access").through("access");

  private final InstantSource clock;
  private final List<Shelf<?>> shelves = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicLong rightsVersion = new AtomicLong();
  private volatile @Nullable Open open;

  private record Open(Ledger ledger, AuditChain chain) {}

  public Archive(InstantSource clock) {
    this.clock = clock;
  }

  void register(Shelf<?> shelf) {
    shelves.add(shelf);
  }

  /// Loads every shelf. Nothing may be asked of them before.
  public void open(Ledger ledger, Reader reader) {
    for (var shelf : shelves)
      reader.each(
          ROOM,
          Address.SYSTEM,
          Query.type(shelf.type()),
          entity -> {
            shelf.load(entity);
            return true;
          });
    open =
        new Open(ledger, new AuditChain(ledger, reader, "access", Address.SYSTEM, "access", clock));
    rightsVersion.incrementAndGet();
  }

  public AuditChain chain() {
    return opened().chain();
  }

  /// Grows with every change that may alter somebody's rights.
  public long rightsVersion() {
    return rightsVersion.get();
  }

  void rightsChanged() {
    rightsVersion.incrementAndGet();
  }

  /// Held while a record is read, changed and written, so that no change is lost.
  ReentrantLock lock() {
    return lock;
  }

  /// Returns when the edits and their audit entry are on disk.
  void write(Actor actor, Event event, Edit edit) {
    chain().append(actor, event, List.of(edit));
  }

  /// Takes a removed record out of the history too, for good. Doing it twice changes nothing.
  void erase(String id) {
    try {
      var _ =
          opened().ledger().write(ROOM, Write.atomic(Address.SYSTEM, new Edit.EraseEvolution(id)));
    } catch (Refusal.NotFound _) {
      // It was erased before, or never written.
    }
  }

  /// An entry of its own, about something that changed no record.
  public void note(Actor actor, Event event) {
    chain().append(actor, event, List.of());
  }

  /// Without waiting and without an audit entry: for what may be lost in a crash.
  void submit(Edit edit) {
    try {
      var _ = opened().ledger().submit(ROOM, Write.atomic(Address.SYSTEM, edit));
    } catch (Refusal full) {
      LOG.log(System.Logger.Level.DEBUG, "Not kept this time: " + full.getMessage());
    }
  }

  private Open opened() {
    var now = open;
    if (now == null)
      throw new IllegalStateException("the access room was asked before it was opened");
    return now;
  }
}
