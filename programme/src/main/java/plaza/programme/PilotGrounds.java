package plaza.programme;

import java.time.InstantSource;
import java.util.List;
import plaza.graph.Address;
import plaza.ledger.Feed;
import plaza.ledger.Ledger;
import plaza.ledger.Reader;
import plaza.programme.pilot.GrantBinding;
import plaza.programme.pilot.GrantKeeper;
import plaza.programme.procedure.Engine;
import plaza.programme.sandbox.Namespaces;
import plaza.programme.sandbox.SandboxDesk;
import plaza.programme.sandbox.SandboxLimits;

/// What pilots are given to work with: grants, a namespace, sandboxes; kept as their records say.
final class PilotGrounds {
  private final Engine engine;
  private final Ledger ledger;
  private final Reader reader;
  private final GrantBinding binding;
  private final InstantSource clock;
  private final GrantKeeper keeper;
  private final Namespaces namespaces;

  PilotGrounds(
      Engine engine, Ledger ledger, Reader reader, GrantBinding binding, InstantSource clock) {
    this.engine = engine;
    this.ledger = ledger;
    this.reader = reader;
    this.binding = binding;
    this.clock = clock;
    this.keeper = new GrantKeeper(binding);
    this.namespaces = new Namespaces(engine, ledger, reader, binding);
  }

  Feed.Following followGrants(Feed feed, List<Address> tenants) {
    return keeper.follow(feed, engine.dossiers(), tenants);
  }

  Feed.Following followNamespaces(Feed feed, List<Address> tenants) {
    return namespaces.follow(feed, tenants);
  }

  List<String> tick(Address address) {
    return namespaces.tick(address);
  }

  SandboxDesk sandboxes(SandboxLimits limits) {
    return new SandboxDesk(engine, binding, ledger, reader, limits, clock);
  }
}
