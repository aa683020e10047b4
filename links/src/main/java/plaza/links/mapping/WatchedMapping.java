package plaza.links.mapping;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;
import plaza.links.kind.Message;

/// Runs a mapping where it can do no harm: on a thread that is given up when one message takes too
/// long. Java cannot stop a computation, so one that never ends costs a core until the process
/// ends; hence only a few are given up before nothing is mapped any more.
public final class WatchedMapping {
  private static final int GIVEN_UP_AT_MOST = 2;

  /// After so many times the time it may take, a message is given up in any case.
  private static final int LONGEST_WAITS = 15;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Mapping mapping;
  private final List<Thread> givenUp = new ArrayList<>();

  public WatchedMapping(Mapping mapping) {
    this.mapping = mapping;
  }

  private final class Run implements Runnable {
    private final List<Message> messages;
    private final @Nullable Mapped[] results;
    private volatile int at;

    private Run(List<Message> messages, int from) {
      this.messages = messages;
      this.results = new Mapped[messages.size()];
      this.at = from;
    }

    @Override
    public void run() {
      for (int i = at; i < results.length; i++) {
        results[i] = mapped(messages.get(i));
        at = i + 1;
      }
    }
  }

  /// One result per message, in order.
  public List<Mapped> map(List<Message> messages) throws InterruptedException {
    var results = new ArrayList<Mapped>(messages.size());
    while (results.size() < messages.size()) {
      givenUp.removeIf(thread -> !thread.isAlive());
      if (givenUp.size() >= GIVEN_UP_AT_MOST) {
        results.add(
            new Mapped.Failed(
                "the mapping has not come to an end for "
                    + GIVEN_UP_AT_MOST
                    + " earlier messages; mend it, restart Plaza and replay"));
        continue;
      }
      run(messages, results);
    }
    return results;
  }

  private void run(List<Message> messages, List<Mapped> results) throws InterruptedException {
    var run = new Run(messages, results.size());
    // A platform thread: one that never ends must not hold a carrier of the virtual ones.
    var thread = Thread.ofPlatform().name("link-mapping").daemon().start(run);
    int at = run.at;
    long spent = 0;
    int waits = 0;
    while (!thread.join(mapping.limits().time())) {
      long now = THREADS.getThreadCpuTime(thread.threadId());
      if (run.at != at) {
        at = run.at;
        spent = now;
        waits = 0;
      } else if (++waits == LONGEST_WAITS || hasHadItsTime(now - spent)) {
        givenUp.add(thread);
        break;
      }
    }
    boolean ended = !thread.isAlive();
    int until = ended ? messages.size() : at;
    for (int i = results.size(); i < until; i++) {
      var result = run.results[i];
      results.add(
          result == null ? new Mapped.Failed("the mapping's thread ended abruptly") : result);
    }
    if (!ended)
      results.add(
          new Mapped.Failed(
              "the mapping took longer than " + mapping.limits().time() + " for this message"));
  }

  /// A busy machine lets the thread wait for a processor: that is not the message's fault.
  private boolean hasHadItsTime(long nanos) {
    return nanos >= mapping.limits().time().toNanos() / 2;
  }

  private Mapped mapped(Message message) {
    try {
      return new Mapped.Edits(mapping.edits(message));
    } catch (Refusal refusal) {
      return new Mapped.Failed(String.valueOf(refusal.getMessage()));
    } catch (RuntimeException | StackOverflowError e) {
      return new Mapped.Failed("the mapping failed: " + e);
    }
  }
}
