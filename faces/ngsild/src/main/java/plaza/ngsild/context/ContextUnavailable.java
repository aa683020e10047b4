package plaza.ngsild.context;

/// A remote context could not be retrieved (clause 5.5.6: LdContextNotAvailable).
public final class ContextUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ContextUnavailable(String message) {
    super(message, null, false, false);
  }
}
