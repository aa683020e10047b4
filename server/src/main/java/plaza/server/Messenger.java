package plaza.server;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import plaza.graph.Address;
import plaza.programme.notice.Messages;

/// Lets notices, letters and webhooks go out, apart from the programme's clock: a mail server that
/// hangs must not hold up a call that closes.
final class Messenger implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Messenger.class.getName());
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final Messages messages;
  private final Supplier<List<Address>> tenants;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("messenger").factory());

  Messenger(Messages messages, Supplier<List<Address>> tenants) {
    this.messages = messages;
    this.tenants = tenants;
  }

  void start() {
    var _ =
        timer.scheduleWithFixedDelay(
            this::round, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void round() {
    for (var tenant : tenants.get())
      try {
        messages.round(tenant);
      } catch (RuntimeException e) {
        // Thrown on, it would end the timer; what is due stays due.
        LOG.log(System.Logger.Level.WARNING, "Messages could not go out in " + tenant, e);
      }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    try {
      if (!timer.awaitTermination(30, TimeUnit.SECONDS))
        LOG.log(System.Logger.Level.WARNING, "A message does not come to its end");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
