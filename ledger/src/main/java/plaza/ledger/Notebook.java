package plaza.ledger;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import plaza.graph.Address;
import plaza.graph.change.Write;
import plaza.ledger.store.Commit;
import plaza.ledger.store.Note;
import plaza.ledger.store.Store;

/// What one owner remembers beside the graph: how far a link has read, what it could not use.
///
/// Notes have no history, are in no feed and show through no face. Here they are as durable as a
/// write, and those given with a write exist exactly when the write does.
public final class Notebook {
  private final Ledger ledger;
  private final Store store;
  private final String owner;

  Notebook(Ledger ledger, Store store, String owner) {
    this.ledger = ledger;
    this.store = store;
    this.owner = owner;
  }

  public Optional<byte[]> find(String key) {
    return store.note(owner, key);
  }

  /// Notes whose key begins with a prefix and comes after another key, in key order.
  public List<Note> list(String prefix, String after, int limit) {
    return store.notes(owner, prefix, after, limit);
  }

  /// Like [Ledger#submit], with notes in the same commit.
  public CompletableFuture<Receipt> submit(Actor actor, Write write, List<Note> notes) {
    return ledger.submit(actor, write, List.of(new Commit.Kept(owner, notes)));
  }

  /// Like [Ledger#write], with notes in the same commit.
  public Receipt write(Actor actor, Write write, List<Note> notes) {
    return Ledger.await(submit(actor, write, notes));
  }

  /// Waits until the notes are durable, all or none.
  ///
  /// @param address of the tenant they are about
  public Receipt keep(Actor actor, Address address, List<Note> notes) {
    return Ledger.await(ledger.keep(actor, address, new Commit.Kept(owner, notes)));
  }
}
