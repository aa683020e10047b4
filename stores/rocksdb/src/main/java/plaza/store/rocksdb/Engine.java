package plaza.store.rocksdb;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.RocksObject;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import plaza.ledger.store.StoreFailure;

/// RocksDB, opened: the only class that calls native code for reading and writing.
///
/// Native objects must not be used after they are closed, or the process dies. So every use is
/// counted, and closing waits for the last one.
final class Engine implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Engine.class.getName());
  private static final int CLOSED = Integer.MIN_VALUE;

  private final Path folder;
  private final RocksDB db;
  private final Map<Family, ColumnFamilyHandle> handles = new EnumMap<>(Family.class);
  private final List<RocksObject> owned = new ArrayList<>();
  private final WriteOptions synced;
  private final WriteOptions unsynced;
  private final ReadOptions plain;
  private final AtomicInteger users = new AtomicInteger();

  Engine(Path folder, RocksOptions options) {
    this.folder = folder;
    NativeLibrary.load(DataFolder.nativeCode(folder));
    synced = own(new WriteOptions().setSync(true));
    unsynced = own(new WriteOptions());
    plain = own(new ReadOptions());
    var tuning = new Tuning(options);
    var descriptors = new ArrayList<ColumnFamilyDescriptor>();
    for (var family : Family.values())
      descriptors.add(new ColumnFamilyDescriptor(family.title(), tuning.of(family)));
    var opened = new ArrayList<ColumnFamilyHandle>();
    DBOptions whole = tuning.whole();
    owned.addAll(tuning.owned());
    try {
      db = RocksDB.open(whole, DataFolder.data(folder).toString(), descriptors, opened);
    } catch (RocksDBException e) {
      owned.reversed().forEach(RocksObject::close);
      throw notOpened(folder, e);
    }
    for (var family : Family.values()) handles.put(family, opened.get(family.number()));
  }

  private <T extends RocksObject> T own(T object) {
    owned.add(object);
    return object;
  }

  private static StoreFailure notOpened(Path folder, RocksDBException e) {
    var message = String.valueOf(e.getMessage());
    if (message.contains("LOCK") || message.contains("lock hold"))
      return new StoreFailure(
          "the data folder "
              + folder
              + " is in use by another process; stop that one, or choose another folder");
    return new StoreFailure("opening the data folder " + folder, e);
  }

  /// Announces a use; to be followed by [#leave].
  void enter() {
    if (users.incrementAndGet() < 0) {
      users.decrementAndGet();
      throw new StoreFailure("the store in " + folder + " is closed");
    }
  }

  void leave() {
    users.decrementAndGet();
  }

  byte @Nullable [] get(Family family, byte[] key) {
    enter();
    try {
      return db.get(handle(family), plain, key);
    } catch (RocksDBException e) {
      throw failure("reading " + family, e);
    } finally {
      leave();
    }
  }

  /// Values in the order of the keys; null for those that are absent.
  List<byte @Nullable []> getAll(Family family, List<byte[]> keys) {
    return getAll(family, plain, keys);
  }

  // The engine answers null for what is absent, which its types do not say.
  @SuppressWarnings("NullAway")
  List<byte @Nullable []> getAll(Family family, ReadOptions as, List<byte[]> keys) {
    if (keys.isEmpty()) return List.of();
    enter();
    try {
      return db.multiGetAsList(as, Collections.nCopies(keys.size(), handle(family)), keys);
    } catch (RocksDBException e) {
      throw failure("reading " + family, e);
    } finally {
      leave();
    }
  }

  /// A consistent view for several reads. Close it.
  View view() {
    enter();
    return new View(this, db, db.getSnapshot());
  }

  ColumnFamilyHandle handle(Family family) {
    return java.util.Objects.requireNonNull(handles.get(family));
  }

  /// Durable when it returns; nothing of it is kept when it throws.
  void write(Batch batch) {
    write(synced, batch);
  }

  /// Survives the end of the process, not yet the end of power.
  void writeUnsynced(Batch batch) {
    write(unsynced, batch);
  }

  private void write(WriteOptions how, Batch batch) {
    enter();
    try (var form = new WriteBatch(batch.toBytes())) {
      db.write(how, form);
    } catch (RocksDBException e) {
      throw failure("writing to the data folder " + folder, e);
    } finally {
      leave();
    }
  }

  void checkpoint(Path target) {
    enter();
    try (var checkpoint = Checkpoint.create(db)) {
      checkpoint.createCheckpoint(target.toString());
    } catch (RocksDBException e) {
      throw failure("copying the store to " + target, e);
    } finally {
      leave();
    }
  }

  /// Reads every block of every file.
  void verifyChecksums() {
    enter();
    try {
      db.verifyChecksum();
    } catch (RocksDBException e) {
      throw failure("checking the files in " + folder, e);
    } finally {
      leave();
    }
  }

  static StoreFailure failure(String doing, RocksDBException e) {
    var status = e.getStatus();
    if (status != null && status.getSubCode() == Status.SubCode.NoSpace)
      return new StoreFailure(doing + " failed because the disk is full; free some space");
    return new StoreFailure(doing, e);
  }

  /// The smallest key greater than all that begin with the prefix.
  static byte[] after(byte[] prefix) {
    var end = prefix.clone();
    for (int i = end.length - 1; i >= 0; i--) if (++end[i] != 0) return Arrays.copyOf(end, i + 1);
    throw new IllegalArgumentException("no key comes after this prefix");
  }

  static void requireGood(RocksIterator iterator, String doing) {
    try {
      iterator.status();
    } catch (RocksDBException e) {
      throw failure(doing, e);
    }
  }

  /// Waits for scans that are still open, then closes.
  @Override
  public void close() {
    for (int i = 0; i < 3_000 && !users.compareAndSet(0, CLOSED); i++) {
      if (users.get() < 0) return;
      pause();
    }
    if (users.get() >= 0) {
      LOG.log(
          System.Logger.Level.ERROR,
          "{0} reads of the store are still open after 30 s; it is left open until the process ends",
          users.get());
      return;
    }
    sortLog();
    handles.values().forEach(RocksObject::close);
    db.close();
    owned.reversed().forEach(RocksObject::close);
  }

  /// So that the next start need not read the log again. What fails here is still in the log.
  private void sortLog() {
    try (var flush = new FlushOptions().setWaitForFlush(true)) {
      db.flush(flush, List.copyOf(handles.values()));
    } catch (RocksDBException e) {
      LOG.log(System.Logger.Level.WARNING, "The log of the store stays to be read again", e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(10);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
