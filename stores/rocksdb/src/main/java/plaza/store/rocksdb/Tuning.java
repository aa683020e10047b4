package plaza.store.rocksdb;

import java.util.ArrayList;
import java.util.List;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksObject;

/// What we ask of RocksDB beyond its defaults, and why.
final class Tuning {
  private final RocksOptions options;
  private final List<RocksObject> owned = new ArrayList<>();
  private final LRUCache cache;
  private final BloomFilter bloom;

  Tuning(RocksOptions options) {
    this.options = options;
    this.cache = own(new LRUCache(options.cacheBytes()));
    this.bloom = own(new BloomFilter(10));
  }

  /// Native objects to close after the database, last first.
  List<RocksObject> owned() {
    return owned;
  }

  DBOptions whole() {
    return own(new DBOptions())
        .setCreateIfMissing(true)
        .setCreateMissingColumnFamilies(true)
        .setMaxBackgroundJobs(options.backgroundJobs())
        .setDbWriteBufferSize(options.memtableBytes())
        .setMaxTotalWalSize(options.walBytes())
        // One thread appends.
        .setAllowConcurrentMemtableWrite(false)
        .setBytesPerSync(1 << 20)
        .setKeepLogFileNum(3)
        .setMaxLogFileSize(4 << 20)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setStatsDumpPeriodSec(0)
        .setStatsPersistPeriodSec(0)
        .setMaxOpenFiles(512)
        // What the log holds is sorted into files later, so that a start after a crash is quick.
        .setAvoidFlushDuringRecovery(true)
        // A full disk is no end: the engine tries again by itself until there is space.
        .setMaxBgErrorResumeCount(Integer.MAX_VALUE)
        .setBgerrorResumeRetryInterval(1_000_000);
  }

  ColumnFamilyOptions of(Family family) {
    var table =
        new BlockBasedTableConfig()
            .setBlockCache(cache)
            .setCacheIndexAndFilterBlocks(true)
            .setCacheIndexAndFilterBlocksWithHighPriority(true)
            .setPinL0FilterAndIndexBlocksInCache(true)
            .setFormatVersion(5)
            .setBlockSize(family == Family.STATE ? 4 * 1024 : 16 * 1024);
    if (family.isLookedUp()) table.setFilterPolicy(bloom);
    return own(new ColumnFamilyOptions())
        .setTableFormatConfig(table)
        .setWriteBufferSize(Math.max(1 << 20, options.memtableBytes() / 4))
        .setCompressionType(CompressionType.LZ4_COMPRESSION);
  }

  private <T extends RocksObject> T own(T object) {
    owned.add(object);
    return object;
  }
}
