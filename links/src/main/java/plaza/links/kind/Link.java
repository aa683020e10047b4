package plaza.links.kind;

/// A connection to one island, from its opening to its end.
public interface Link extends AutoCloseable {
  /// Takes messages from the island, hands them to the inbox, and acknowledges to the island what
  /// the inbox has returned from: not before. Called once, by a thread of the link's own, and
  /// returns only after [#close]. When it throws, the reason is shown and another link is opened
  /// after a pause that grows from one second to a minute and starts over when the inbox hears that
  /// the island was [Inbox#reached].
  void run() throws Exception;

  /// Frees what the link holds and makes [#run] return within seconds, whatever it waits for; its
  /// thread is interrupted too. Called once, from another thread, or after [#run] has thrown.
  @Override
  void close();
}
