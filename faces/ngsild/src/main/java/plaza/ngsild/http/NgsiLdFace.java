package plaza.ngsild.http;

import java.util.List;
import plaza.graph.Refusal;
import plaza.ledger.Ledger;
import plaza.ledger.Policy;
import plaza.ledger.Reader;
import plaza.ngsild.context.Contexts;
import plaza.ngsild.context.HostedContexts;
import plaza.ngsild.distribute.Distributor;
import plaza.ngsild.snapshot.Snapshots;
import plaza.web.Errors;
import plaza.web.Routes;

/// The standard ETSI GS CIM 009 (NGSI-LD V1.9.1) as a face of the graph.
public final class NgsiLdFace {
  public static final String BASE = "/ngsi-ld/v1";

  /// The largest body; more goes in several requests.
  public static final long MAX_BODY_BYTES = 8L << 20;

  /// Every refusal in NGSI-LD's form (clause 6.3.3), with the tenant it is about (clause 6.3.14).
  public static final Errors ERRORS =
      new Errors() {
        @Override
        public Answer answer(Refusal refusal) {
          return told(Problem.of(refusal));
        }

        // Clause 5.5.6.
        @Override
        public Answer mistake(Refusal refusal) {
          return told(
              new Problem(Problem.Type.INTERNAL_ERROR, String.valueOf(refusal.getMessage())));
        }

        @Override
        public Answer malformed(Refusal.Invalid refusal) {
          return told(
              new Problem(Problem.Type.INVALID_REQUEST, String.valueOf(refusal.getMessage())));
        }

        private Answer told(Problem problem) {
          return new Answer(problem.type.status, Media.JSON.type, problem.body());
        }

        @Override
        public List<String> echoed() {
          return List.of("NGSILD-Tenant");
        }

        // Clause 6.3.4.
        @Override
        public List<String> patches() {
          return List.of("application/json", "application/ld+json", "application/merge-patch+json");
        }
      };

  private final Desk desk;
  private final HostedContexts hosted;

  public NgsiLdFace(
      Ledger ledger, Reader reader, Policy policy, Contexts contexts, HostedContexts hosted) {
    this(ledger, reader, policy, contexts, hosted, ConsumptionLimits.DEFAULT);
  }

  public NgsiLdFace(
      Ledger ledger,
      Reader reader,
      Policy policy,
      Contexts contexts,
      HostedContexts hosted,
      ConsumptionLimits limits) {
    this.desk = new Desk(ledger, reader, contexts, policy, limits);
    this.hosted = hosted;
  }

  /// Lets requests go on to registered context sources.
  public NgsiLdFace distributing(Distributor distributor) {
    desk.federation = new Federation(desk.reader, distributor);
    return this;
  }

  /// Offers snapshots (clause 5.16).
  public NgsiLdFace offering(Snapshots snapshots) {
    desk.snapshots = snapshots;
    return this;
  }

  public Routes routes() {
    var routes = new Routes(ERRORS, MAX_BODY_BYTES);
    var entities = new EntityRoutes(desk);
    entities.addTo(routes);
    new AttributeRoutes(desk, entities).addTo(routes);
    var queries = new QueryRoutes(desk);
    queries.addTo(routes);
    new BatchRoutes(desk).addTo(routes);
    new TemporalRoutes(desk).addTo(routes);
    new ErasureRoutes(desk).addTo(routes);
    var temporalQueries = new TemporalQueryRoutes(desk);
    temporalQueries.addTo(routes);
    new EntityMapRoutes(desk, queries, temporalQueries).addTo(routes);
    new DiscoveryRoutes(desk).addTo(routes);
    new ContextRoutes(desk, hosted).addTo(routes);
    var snapshots = desk.snapshots;
    if (snapshots != null) new SnapshotRoutes(desk, snapshots).addTo(routes);
    return routes;
  }
}
