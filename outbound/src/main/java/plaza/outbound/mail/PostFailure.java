package plaza.outbound.mail;

import org.jspecify.annotations.Nullable;

/// A letter was not taken.
public final class PostFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final boolean worthAnotherTry;

  /// @param worthAnotherTry false when the address itself is refused for good (SMTP 5yz)
  public PostFailure(String sentence, boolean worthAnotherTry, @Nullable Throwable cause) {
    super(sentence, cause);
    this.worthAnotherTry = worthAnotherTry;
  }

  public boolean isWorthAnotherTry() {
    return worthAnotherTry;
  }
}
