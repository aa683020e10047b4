package plaza.server;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import plaza.ledger.Feed;
import plaza.ledger.Ledger;
import plaza.ledger.Policy;
import plaza.ledger.Reader;
import plaza.ledger.store.Store;
import plaza.ngsild.context.Contexts;
import plaza.ngsild.context.HostedContexts;
import plaza.ngsild.context.HttpContextFetcher;
import plaza.ngsild.context.PilotContext;
import plaza.ngsild.distribute.Distributor;
import plaza.ngsild.http.NgsiLdFace;
import plaza.ngsild.http.RegistrationFace;
import plaza.ngsild.http.SubscriptionFace;
import plaza.ngsild.snapshot.FederatedSource;
import plaza.ngsild.snapshot.Snapshots;
import plaza.ngsild.source.Registrations;
import plaza.ngsild.subscription.Subscriptions;
import plaza.ngsild.subscription.delivery.HttpReceiver;
import plaza.ngsild.subscription.delivery.Timekeeper;
import plaza.ngsild.subscription.mqtt.MqttReceiver;
import plaza.outbound.OutboundGuard;
import plaza.server.settings.NgsiLdSettings;
import plaza.web.Routes;

/// The NGSI-LD side of a running city, wired by hand: the faces, the contexts they read, and what
/// works behind them (notifications, context sources, snapshots).
final class Broker implements AutoCloseable {
  private final HttpContextFetcher fetcher;
  private final NgsiLdFace ngsiLd;
  private final Registrations registrations;
  private final RegistrationFace registrationFace;
  private final Snapshots snapshots;
  private final Subscriptions subscriptions;
  private final SubscriptionFace toEntities;
  private final SubscriptionFace toSources;
  private final Distributor distributor;

  /// @param random must be unguessable
  /// @param root where others reach this server; empty while they cannot
  Broker(
      Store store,
      Ledger ledger,
      Reader reader,
      Feed feed,
      Policy policy,
      OutboundGuard guard,
      NgsiLdSettings settings,
      InstantSource clock,
      RandomGenerator random,
      Supplier<String> root) {
    var hosted = new HostedContexts(ledger.notebook("ngsild.contexts"), clock);
    this.fetcher = new HttpContextFetcher(guard);
    var contexts =
        new Contexts(
            fetcher,
            url -> PilotContext.document(url).or(() -> hosted.document(url)),
            hosted::implicitly,
            clock);
    this.ngsiLd = new NgsiLdFace(ledger, reader, policy, contexts, hosted, settings.queries());
    this.registrations = new Registrations(store, ledger, reader, policy, guard, clock, random);
    this.snapshots =
        new Snapshots(ledger, reader, policy, new HttpReceiver(guard), settings.snapshots(), clock);
    ngsiLd.offering(snapshots);
    this.subscriptions =
        new Subscriptions(
            store,
            ledger,
            reader,
            feed,
            policy,
            contexts,
            registrations.announcements(),
            List.of(new HttpReceiver(guard), new MqttReceiver(guard)),
            settings.delivery(),
            Timekeeper.SYSTEM,
            random);
    subscriptions.naming(snapshots::id);
    this.toEntities =
        SubscriptionFace.toEntities(ledger, reader, policy, contexts, subscriptions).of(snapshots);
    this.toSources = SubscriptionFace.toSources(ledger, reader, policy, contexts, subscriptions);
    this.registrationFace =
        new RegistrationFace(
            ledger, reader, policy, contexts, registrations.desk(), registrations.identity());
    this.distributor =
        new Distributor(
            registrations.registry(),
            reader,
            contexts,
            guard,
            settings.sources(),
            registrations.identity()::alias,
            clock);
    ngsiLd.distributing(distributor);
    snapshots.drawOn(new FederatedSource(reader, distributor, contexts.core()));
    toEntities.spreading(distributor, subscriptions.spread(distributor, root, random));
  }

  List<Routes> routes() {
    return List.of(
        ngsiLd.routes(), toEntities.routes(), toSources.routes(), registrationFace.routes());
  }

  /// Begins to follow what is written. Before anything else writes: no notification may be missed.
  void start() {
    registrations.start();
    subscriptions.start();
  }

  /// Makes ready for calls to sources, beside what the server does.
  void callSources() {
    var _ = Thread.ofVirtual().name("calling-sources").start(distributor::open);
  }

  @Override
  public void close() {
    distributor.close();
    registrations.close();
    subscriptions.close();
    snapshots.close();
    fetcher.close();
  }
}
