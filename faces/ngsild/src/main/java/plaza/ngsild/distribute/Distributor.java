package plaza.ngsild.distribute;

import java.time.InstantSource;
import java.util.function.UnaryOperator;
import plaza.ledger.Reader;
import plaza.ngsild.context.Contexts;
import plaza.ngsild.source.Registration;
import plaza.ngsild.source.Registry;
import plaza.outbound.OutboundGuard;

/// Everything that lets requests go on to context sources.
public final class Distributor implements AutoCloseable {
  private final Registry registry;
  private final SourceClient client;
  private final Sources sources;
  private final Gathering gathering;
  private final Forwarding forwarding;
  private final Discovery discovery;
  private final Recall recall;
  private final Purging purging;
  private final Mapping mapping;
  private final UnaryOperator<String> alias;

  /// @param alias by which this broker is known to others, for each tenant (clause 5.2.40)
  public Distributor(
      Registry registry,
      Reader reader,
      Contexts contexts,
      OutboundGuard guard,
      SourceLimits limits,
      UnaryOperator<String> alias,
      InstantSource clock) {
    this.registry = registry;
    this.alias = alias;
    this.client = new SourceClient(guard, limits);
    this.sources = new Sources(registry, client, contexts, limits);
    this.gathering = new Gathering(sources, reader, clock);
    this.forwarding = new Forwarding(sources);
    this.discovery = new Discovery(sources);
    this.recall = new Recall(sources, reader, clock);
    this.purging = new Purging(sources);
    this.mapping = new Mapping(sources, reader, gathering, new Fetching(sources, clock), recall);
  }

  /// Whether a tenant has no sources: one volatile read where no tenant has any.
  public boolean isIdle(String tenant) {
    return registry.isEmpty(tenant);
  }

  public String alias(String tenant) {
    return alias.apply(tenant);
  }

  public Registry registry() {
    return registry;
  }

  /// Sends one request to a source, as it wants to be spoken to, and waits.
  ///
  /// @param passage with the context of the names in the body
  public SourceAnswer send(Passage passage, Registration registration, SourceRequest request) {
    return sources.ask(passage, registration, _ -> request).answer();
  }

  public SourceLimits limits() {
    return sources.limits();
  }

  public Gathering gathering() {
    return gathering;
  }

  public Forwarding forwarding() {
    return forwarding;
  }

  public Discovery discovery() {
    return discovery;
  }

  public Recall recall() {
    return recall;
  }

  public Purging purging() {
    return purging;
  }

  public Mapping mapping() {
    return mapping;
  }

  /// Makes ready for the first call to a source. It takes a tenth of a second.
  public void open() {
    client.open();
  }

  @Override
  public void close() {
    client.close();
  }
}
