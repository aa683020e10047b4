package plaza.server;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import plaza.graph.Address;
import plaza.programme.notice.Messages;

/// Lets notices, letters and webhooks go out, apart from the programme's clock: a mail server that
/// hangs must not hold up a call that closes.
final class Messenger implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Messenger.class.getName());

  private final Messages messages;
  private final Supplier<List<Address>> tenants;
  private final Beat beat = new Beat("messenger", Duration.ofSeconds(2), this::round);

  Messenger(Messages messages, Supplier<List<Address>> tenants) {
    this.messages = messages;
    this.tenants = tenants;
  }

  void start() {
    beat.start();
  }

  private void round() {
    for (var tenant : tenants.get())
      try {
        messages.round(tenant);
      } catch (RuntimeException e) {
        // The others' go out; what is due stays due.
        LOG.log(System.Logger.Level.WARNING, "Messages could not go out in " + tenant, e);
      }
  }

  @Override
  public void close() {
    beat.closeNow(Duration.ofSeconds(30));
  }
}
