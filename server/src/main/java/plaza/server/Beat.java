package plaza.server;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Does something again and again on a thread of its own, with a pause before each time. A time
/// that fails is told in the log and ends nothing: the next one comes as ever.
final class Beat implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Beat.class.getName());
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final String name;
  private final Duration pause;
  private final Runnable task;
  private final ScheduledExecutorService timer;

  /// Nothing happens before [#start].
  Beat(String name, Duration pause, Runnable task) {
    this.name = name;
    this.pause = pause;
    this.task = task;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name(name).factory());
  }

  void start() {
    var _ =
        timer.scheduleWithFixedDelay(
            this::tryOnce, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void tryOnce() {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      // Thrown on, it would end the timer without a word.
      LOG.log(System.Logger.Level.WARNING, name + " failed; it is tried again", e);
    }
  }

  /// Lets what is under way come to its end.
  @Override
  public void close() {
    timer.shutdown();
    await(PATIENCE);
  }

  /// Interrupts what is under way.
  void closeNow(Duration patience) {
    timer.shutdownNow();
    await(patience);
  }

  private void await(Duration patience) {
    try {
      if (!timer.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS))
        LOG.log(System.Logger.Level.WARNING, "{0} does not stop", name);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
