package plaza.store.rocksdb;

/// How much memory the engine may take beside the JVM's heap.
///
/// @param cacheBytes blocks read from disk, indexes and filters of files included
/// @param memtableBytes what is written and not yet sorted into files, all families together
/// @param walBytes how much log a start may have to read again
/// @param backgroundJobs threads that sort files
public record RocksOptions(long cacheBytes, long memtableBytes, long walBytes, int backgroundJobs) {
  private static final long MB = 1024 * 1024;

  public static final RocksOptions DEFAULT = new RocksOptions(96 * MB, 64 * MB, 64 * MB, 2);

  public RocksOptions {
    if (cacheBytes < MB || memtableBytes < MB || walBytes < MB || backgroundJobs < 1)
      throw new IllegalArgumentException(
          "the store needs at least 1 MB of cache, memtables and log and one background job, not "
              + cacheBytes
              + ", "
              + memtableBytes
              + ", "
              + walBytes
              + " bytes and "
              + backgroundJobs);
  }
}
