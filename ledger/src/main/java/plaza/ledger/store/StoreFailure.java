package plaza.ledger.store;

/// The engine or its disk failed; the message says what it was doing.
public final class StoreFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean unknown;

  public StoreFailure(String doing, Throwable cause) {
    super(doing + ": " + cause.getMessage(), cause);
    unknown = false;
  }

  public StoreFailure(String message) {
    super(message);
    unknown = false;
  }

  private StoreFailure(String message, Throwable cause, boolean unknown) {
    super(message, cause);
    this.unknown = unknown;
  }

  /// An append of which nothing was heard: it may have been stored, or not.
  public static StoreFailure unknown(String message, Throwable cause) {
    return new StoreFailure(message, cause, true);
  }

  /// Whether an append may have been stored although it failed.
  public boolean isUnknown() {
    return unknown;
  }
}
