package plaza.store.bytes;

import plaza.ledger.store.Position;

/// Where the feed begins and where it ends.
public final class FeedEnds {
  private volatile Position start = Position.START;
  private volatile Position head = Position.START;

  /// For the thread that opens the store.
  ///
  /// @param start up to which entries were trimmed
  /// @param last of those that are left; anything smaller when none is
  public void load(long start, long last) {
    this.start = new Position(start);
    this.head = new Position(Math.max(start, last));
  }

  public Position start() {
    return start;
  }

  public Position head() {
    return head;
  }

  void appended(Position last) {
    head = last;
  }

  void trimmed(Position newStart) {
    start = newStart;
  }
}
