package plaza.store.rocksdb;

/// Bytes that no version of this engine writes.
final class Corrupt extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Corrupt(String message) {
    super(message);
  }
}
