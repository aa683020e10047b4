package plaza.links;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import plaza.links.inbox.DurableInbox;
import plaza.links.kind.Link;
import plaza.links.kind.LinkKind;
import plaza.links.kind.Outside;
import plaza.links.kind.Settings;

/// Keeps one link at work: opens it, and after a failure opens another one, after a pause that
/// grows while the island does not answer.
final class RunningLink implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(RunningLink.class.getName());
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final LinkDefinition definition;
  private final LinkKind kind;
  private final DurableInbox inbox;
  private final Outside outside;
  private final Instant since;
  private final Thread thread;
  private volatile boolean closing;
  private volatile @Nullable Link open;

  RunningLink(LinkDefinition definition, LinkKind kind, DurableInbox inbox, Outside outside) {
    this.definition = definition;
    this.kind = kind;
    this.inbox = inbox;
    this.outside = outside;
    this.since = outside.clock().instant();
    this.thread = Thread.ofVirtual().name("link-" + definition.name()).start(this::run);
  }

  Instant since() {
    return since;
  }

  private void run() {
    var pause = FIRST_PAUSE;
    while (!closing) {
      try {
        var link = kind.open(new Settings(definition.settings()), inbox, outside);
        open = link;
        // Closed while it was being opened: close() saw no link to close.
        if (closing) return;
        link.run();
        if (!closing) throw new IllegalStateException("it ended by itself");
      } catch (InterruptedException _) {
        // close() does that; anybody else's interrupt ends the pause only.
      } catch (Exception | Error e) {
        if (closing) return;
        var sentence = e.getMessage() == null ? e.toString() : e.getMessage();
        LOG.log(System.Logger.Level.WARNING, "Link {0}: {1}", definition.name(), sentence);
        inbox.trouble(sentence);
      } finally {
        end();
      }
      if (inbox.wasReached()) pause = FIRST_PAUSE;
      if (closing || !rest(pause)) return;
      pause = pause.multipliedBy(2);
      if (pause.compareTo(LONGEST_PAUSE) > 0) pause = LONGEST_PAUSE;
    }
  }

  private boolean rest(Duration pause) {
    try {
      Thread.sleep(pause);
      return true;
    } catch (InterruptedException _) {
      return !closing;
    }
  }

  private synchronized void end() {
    var link = open;
    open = null;
    if (link != null) link.close();
  }

  @Override
  public void close() {
    closing = true;
    end();
    thread.interrupt();
    try {
      thread.join(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
