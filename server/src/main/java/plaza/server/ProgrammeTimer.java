package plaza.server;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import plaza.graph.Address;
import plaza.programme.Programme;
import plaza.programme.privacy.Privacy;

/// Lets the programme take the steps that time has made due, and end what may be kept no longer.
final class ProgrammeTimer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ProgrammeTimer.class.getName());

  private final Programme programme;
  private final Privacy privacy;
  private final Supplier<List<Address>> tenants;
  private final Beat beat = new Beat("programme-timer", Duration.ofSeconds(5), this::tick);

  ProgrammeTimer(Programme programme, Privacy privacy, Supplier<List<Address>> tenants) {
    this.programme = programme;
    this.privacy = privacy;
    this.tenants = tenants;
  }

  void start() {
    beat.start();
  }

  private void tick() {
    for (var tenant : tenants.get())
      try {
        for (var step : programme.tick(tenant)) LOG.log(System.Logger.Level.INFO, step);
        privacy.tick(tenant);
      } catch (RuntimeException e) {
        // The others' goes on; the next turn tries again.
        LOG.log(System.Logger.Level.WARNING, "The programme's clock failed in " + tenant, e);
      }
  }

  @Override
  public void close() {
    beat.close();
  }
}
