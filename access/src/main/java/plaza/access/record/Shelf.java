package plaza.access.record;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import plaza.access.audit.Event;
import plaza.graph.Entity;
import plaza.graph.Refusal;
import plaza.graph.change.Edit;
import plaza.ledger.Actor;

/// All records of one kind, in memory; every change is durable before it shows.
public final class Shelf<T extends Kept> {
  private final Archive archive;
  private final String type;
  private final String noun;
  private final boolean bearsOnRights;
  private final Function<Entity, T> reading;
  private final ConcurrentHashMap<String, T> byId = new ConcurrentHashMap<>();
  private final List<Index<T>> indexes = new ArrayList<>();

  /// @param noun what a record is called in refusals, such as `person`
  /// @param bearsOnRights whether a change may alter what somebody may see or do
  public Shelf(
      Archive archive,
      String type,
      String noun,
      boolean bearsOnRights,
      Function<Entity, T> reading) {
    this.archive = archive;
    this.type = type;
    this.noun = noun;
    this.bearsOnRights = bearsOnRights;
    this.reading = reading;
    archive.register(this);
  }

  /// Records by a property of theirs, kept up with every change.
  public static final class Index<T extends Kept> {
    private final Function<T, String> property;
    private final ConcurrentHashMap<String, List<T>> records = new ConcurrentHashMap<>();

    private Index(Function<T, String> property) {
      this.property = property;
    }

    public List<T> list(String value) {
      return records.getOrDefault(value, List.of());
    }

    private void put(T record) {
      records.merge(
          property.apply(record),
          List.of(record),
          (old, added) -> {
            var joined = new ArrayList<>(old);
            joined.addAll(added);
            return List.copyOf(joined);
          });
    }

    /// In one step where the property stays, so that nobody finds the record missing meanwhile.
    private void replace(T old, T record) {
      if (property.apply(old).equals(property.apply(record))) {
        records.computeIfPresent(
            property.apply(record),
            (_, all) ->
                all.stream().map(one -> one.id().equals(record.id()) ? record : one).toList());
      } else {
        remove(old);
        put(record);
      }
    }

    private void remove(T record) {
      records.computeIfPresent(
          property.apply(record),
          (_, old) -> {
            var left = old.stream().filter(one -> !one.id().equals(record.id())).toList();
            return left.isEmpty() ? null : left;
          });
    }
  }

  public Index<T> index(Function<T, String> property) {
    var index = new Index<>(property);
    indexes.add(index);
    return index;
  }

  String type() {
    return type;
  }

  void load(Entity entity) {
    keep(reading.apply(entity));
  }

  public Optional<T> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  public T get(String id) {
    return find(id)
        .orElseThrow(() -> new Refusal.NotFound("there is no " + noun + " '" + id + "'"));
  }

  public Collection<T> list() {
    return List.copyOf(byId.values());
  }

  /// @param make called when nobody else changes any record, so that it may look for rivals
  public T add(Actor actor, java.util.function.Supplier<T> make, Function<T, Event> event) {
    archive.lock().lock();
    try {
      var record = make.get();
      if (byId.containsKey(record.id()))
        throw new Refusal.AlreadyExists("there is a " + noun + " '" + record.id() + "' already");
      archive.write(actor, event.apply(record), new Edit.Create(record.entity()));
      keep(record);
      return record;
    } finally {
      archive.lock().unlock();
    }
  }

  /// @param next what becomes of the record; may refuse. The same record: nothing is written.
  public T change(Actor actor, String id, UnaryOperator<T> next, Function<T, Event> event) {
    archive.lock().lock();
    try {
      var old = get(id);
      var record = next.apply(old);
      if (record.equals(old)) return old;
      archive.write(actor, event.apply(record), new Edit.Put(record.entity()));
      keep(record);
      return record;
    } finally {
      archive.lock().unlock();
    }
  }

  /// Does nothing when it is gone already.
  public void remove(Actor actor, String id, Event event) {
    archive.lock().lock();
    try {
      var old = byId.get(id);
      if (old == null) return;
      archive.write(actor, event, new Edit.Delete(id));
      byId.remove(id);
      indexes.forEach(index -> index.remove(old));
      if (bearsOnRights) archive.rightsChanged();
    } finally {
      archive.lock().unlock();
    }
  }

  /// Removes a record and what it ever was. Ends what a crash left half done when it is gone
  /// already.
  public void erase(Actor actor, String id, Event event) {
    archive.lock().lock();
    try {
      remove(actor, id, event);
      archive.erase(id);
    } finally {
      archive.lock().unlock();
    }
  }

  /// Removes what had ended anyway: without waiting and without an audit entry.
  public void forget(String id) {
    archive.lock().lock();
    try {
      var old = byId.remove(id);
      if (old == null) return;
      indexes.forEach(index -> index.remove(old));
      archive.submit(new Edit.Delete(id));
    } finally {
      archive.lock().unlock();
    }
  }

  /// Shows at once and reaches the disk soon after; for what may be lost in a crash, such as when a
  /// key was last used. Does nothing when the record is gone or others are changing records: the
  /// next one to touch it will.
  public void touch(String id, UnaryOperator<T> next) {
    if (!archive.lock().tryLock()) return;
    try {
      var old = byId.get(id);
      if (old == null) return;
      var record = next.apply(old);
      byId.put(id, record);
      indexes.forEach(index -> index.replace(old, record));
      archive.submit(new Edit.Put(record.entity()));
    } finally {
      archive.lock().unlock();
    }
  }

  private void keep(T record) {
    var old = byId.put(record.id(), record);
    for (var index : indexes) {
      if (old != null) index.replace(old, record);
      else index.put(record);
    }
    if (bearsOnRights) archive.rightsChanged();
  }
}
