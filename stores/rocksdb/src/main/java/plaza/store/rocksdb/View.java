package plaza.store.rocksdb;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.AbstractNativeReference;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;

/// The store as it is at one moment, whatever is written meanwhile. Used by one thread at a time.
final class View implements AutoCloseable {
  private final Engine engine;
  private final RocksDB db;
  private final Snapshot snapshot;
  private final ReadOptions reads;
  private final List<AbstractNativeReference> opened = new ArrayList<>(4);
  private boolean closed;

  View(Engine engine, RocksDB db, Snapshot snapshot) {
    this.engine = engine;
    this.db = db;
    this.snapshot = snapshot;
    this.reads = new ReadOptions().setSnapshot(snapshot);
  }

  List<byte @Nullable []> getAll(Family family, List<byte[]> keys) {
    return engine.getAll(family, reads, keys);
  }

  /// An iterator that ends before a key; freed with this view, or before with [#done].
  RocksIterator iterator(Family family, byte[] until) {
    return iterator(family, until, 0);
  }

  /// @param readahead bytes to fetch at once, for long scans; 0 lets the engine find out
  RocksIterator iterator(Family family, byte[] until, long readahead) {
    var bound = new Slice(until);
    var options = new ReadOptions().setSnapshot(snapshot).setIterateUpperBound(bound);
    if (readahead > 0) options.setReadaheadSize(readahead).setFillCache(false);
    var iterator = db.newIterator(engine.handle(family), options);
    opened.add(bound);
    opened.add(options);
    opened.add(iterator);
    return iterator;
  }

  @Override
  public void close() {
    if (closed) return;
    closed = true;
    opened.reversed().forEach(AbstractNativeReference::close);
    reads.close();
    db.releaseSnapshot(snapshot);
    snapshot.close();
    engine.leave();
  }
}
