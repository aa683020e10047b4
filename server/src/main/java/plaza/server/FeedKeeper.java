package plaza.server;

import java.time.Duration;
import plaza.ledger.Feed;
import plaza.ledger.store.Position;
import plaza.ledger.store.Store;

/// Forgets feed entries that every consumer has dealt with and that are beyond the number to keep,
/// and from those it keeps what was erased meanwhile. A consumer that is further behind than that
/// keeps its entries: slow is not lost.
final class FeedKeeper implements AutoCloseable {
  private final Store store;
  private final Feed feed;
  private final int entries;
  private final Beat beat = new Beat("feed-keeper", Duration.ofMinutes(1), this::keep);

  FeedKeeper(Store store, Feed feed, int entries) {
    this.store = store;
    this.feed = feed;
    this.entries = entries;
    beat.start();
  }

  private void keep() {
    var needed = feed.neededAfter();
    store.scrubFeed(needed);
    long upTo = Math.min(store.head().number() - entries, needed.number());
    if (upTo > store.feedStart().number()) store.trimFeed(new Position(upTo));
  }

  @Override
  public void close() {
    beat.closeNow(Duration.ofSeconds(10));
  }
}
