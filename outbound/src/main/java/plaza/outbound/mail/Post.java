package plaza.outbound.mail;

/// Takes letters on their way.
public interface Post {
  /// Returns when the mail server has taken the letter.
  ///
  /// @throws PostFailure when it has not, or nobody knows
  void send(Letter letter);

  /// Whether there is a mail server at all.
  boolean isOpen();

  /// A city without a mail server.
  Post NONE =
      new Post() {
        @Override
        public void send(Letter letter) {
          throw new PostFailure("no mail server is configured (smtp.host)", true, null);
        }

        @Override
        public boolean isOpen() {
          return false;
        }
      };
}
