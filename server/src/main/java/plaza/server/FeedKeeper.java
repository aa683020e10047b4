package plaza.server;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import plaza.ledger.Feed;
import plaza.ledger.store.Position;
import plaza.ledger.store.Store;

/// Forgets feed entries that every consumer has dealt with and that are beyond the number to keep,
/// and from those it keeps what was erased meanwhile. A consumer that is further behind than that
/// keeps its entries: slow is not lost.
final class FeedKeeper implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(FeedKeeper.class.getName());

  private final Store store;
  private final Feed feed;
  private final int entries;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("feed-keeper").factory());

  FeedKeeper(Store store, Feed feed, int entries) {
    this.store = store;
    this.feed = feed;
    this.entries = entries;
    var _ = timer.scheduleWithFixedDelay(this::keep, 60, 60, TimeUnit.SECONDS);
  }

  private void keep() {
    try {
      var needed = feed.neededAfter();
      store.scrubFeed(needed);
      long upTo = Math.min(store.head().number() - entries, needed.number());
      if (upTo > store.feedStart().number()) store.trimFeed(new Position(upTo));
    } catch (RuntimeException e) {
      // Thrown on, it would end the timer; the feed only grows until the next turn.
      LOG.log(System.Logger.Level.WARNING, "The feed could not be trimmed", e);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    try {
      if (!timer.awaitTermination(10, TimeUnit.SECONDS))
        LOG.log(System.Logger.Level.WARNING, "The feed keeper does not stop");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
