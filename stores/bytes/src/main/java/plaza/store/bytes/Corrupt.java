package plaza.store.bytes;

/// Bytes that no version of this engine writes.
public final class Corrupt extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public Corrupt(String message) {
    super(message);
  }
}
