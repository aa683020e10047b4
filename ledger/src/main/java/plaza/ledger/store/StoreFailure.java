package plaza.ledger.store;

/// The engine or its disk failed; the message says what it was doing.
public final class StoreFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreFailure(String doing, Throwable cause) {
    super(doing + ": " + cause.getMessage(), cause);
  }

  public StoreFailure(String message) {
    super(message);
  }
}
