package plaza.server;

/// Why the server does not start; the message is for the one who started it.
public final class StartFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StartFailure(String message) {
    super(message);
  }
}
