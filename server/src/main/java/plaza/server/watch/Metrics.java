package plaza.server.watch;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import plaza.ledger.Feed;
import plaza.ledger.Ledger;
import plaza.ledger.store.Store;
import plaza.links.LinkDesk;
import plaza.links.LinkStatus;
import plaza.web.Right;
import plaza.web.Route;
import plaza.web.Routes;
import plaza.web.Site;

/// What Prometheus reads at `/metrics`. Numbers that others keep are asked for when it does.
public final class Metrics implements Site.Observer, Ledger.Watcher, AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<Answered, Timer> requests = new ConcurrentHashMap<>();
  private final Timer commits;
  private final DistributionSummary groups;
  private final MultiGauge lag;
  private final MultiGauge linkAge;
  private final MultiGauge linkDeadLetters;
  private final MultiGauge linkHealthy;
  private final JvmGcMetrics garbage = new JvmGcMetrics();

  private record Answered(String method, String path, int status) {}

  public Metrics() {
    commits =
        Timer.builder("plaza.ledger.commit")
            .description("Working out and syncing one group of writes")
            .serviceLevelObjectives(
                Duration.ofMillis(1),
                Duration.ofMillis(5),
                Duration.ofMillis(20),
                Duration.ofMillis(100),
                Duration.ofSeconds(1))
            .register(registry);
    groups =
        DistributionSummary.builder("plaza.ledger.group.writes")
            .description("Writes that shared one sync")
            .serviceLevelObjectives(1, 4, 16, 64, 256, 1_000)
            .register(registry);
    lag = gauges("plaza.feed.lag", "Commits that a consumer of the feed is behind");
    linkAge = gauges("plaza.link.age.seconds", "Age of a link's newest committed reading");
    linkDeadLetters = gauges("plaza.link.dead.letters", "Messages a link could not map");
    linkHealthy = gauges("plaza.link.healthy", "1 when a link's data is fresh");
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    garbage.bindTo(registry);
  }

  private MultiGauge gauges(String name, String description) {
    return MultiGauge.builder(name).description(description).register(registry);
  }

  /// Once, when the rooms stand.
  public Routes routes(Store store, Ledger ledger, Feed feed, LinkDesk links) {
    Gauge.builder("plaza.ledger.pending", ledger, Ledger::pending)
        .description("Writes waiting for the disk")
        .register(registry);
    FunctionCounter.builder("plaza.store.commits", store, one -> one.head().number())
        .description("Commits since the data folder was made")
        .register(registry);
    Gauge.builder(
            "plaza.feed.entries",
            store,
            one -> (double) one.head().number() - one.feedStart().number())
        .description("Entries the feed still holds")
        .register(registry);
    Gauge.builder("plaza.store.layers", store, one -> one.layers().size())
        .description("Tenants and branches that hold anything")
        .register(registry);
    return new Routes()
        .get(
            "/metrics",
            Right.anyone(),
            exchange -> {
              refresh(feed, links);
              exchange.send(200, "text/plain; version=0.0.4; charset=utf-8", registry.scrape());
            });
  }

  private void refresh(Feed feed, LinkDesk links) {
    lag.register(
        feed.followings().stream()
            .<MultiGauge.Row<?>>map(one ->
                MultiGauge.Row.of(
                    Tags.of("consumer", one.name()),
                    feed.head().number() - one.position().number()))
            .toList(),
        true);
    var all = links.list();
    linkAge.register(
        all.stream()
            .filter(one -> one.health().age() != null)
            .<MultiGauge.Row<?>>map(one -> MultiGauge.Row.of(tags(one), seconds(one)))
            .toList(),
        true);
    linkDeadLetters.register(
        all.stream()
            .<MultiGauge.Row<?>>map(one -> MultiGauge.Row.of(tags(one), one.health().deadLetters()))
            .toList(),
        true);
    linkHealthy.register(
        all.stream()
            .<MultiGauge.Row<?>>map(
                one -> MultiGauge.Row.of(tags(one), one.health().healthy() ? 1 : 0))
            .toList(),
        true);
  }

  private static Tags tags(LinkStatus link) {
    return Tags.of("link", link.definition().name(), "kind", link.definition().kind());
  }

  private static double seconds(LinkStatus link) {
    var age = link.health().age();
    return age == null ? Double.NaN : age.toMillis() / 1000.0;
  }

  @Override
  public void answered(Route route, int status, long nanos) {
    requests
        .computeIfAbsent(new Answered(route.method(), route.path(), status), this::timer)
        .record(Duration.ofNanos(nanos));
  }

  private Timer timer(Answered answered) {
    return Timer.builder("plaza.http.requests")
        .description("Answered requests, by route and status")
        .tags(
            "method",
            answered.method,
            "route",
            answered.path,
            "status",
            Integer.toString(answered.status))
        .serviceLevelObjectives(
            Duration.ofMillis(5),
            Duration.ofMillis(25),
            Duration.ofMillis(100),
            Duration.ofMillis(500),
            Duration.ofSeconds(2))
        .register(registry);
  }

  @Override
  public void committed(int writes, long nanos) {
    commits.record(Duration.ofNanos(nanos));
    groups.record(writes);
  }

  @Override
  public void close() {
    garbage.close();
    registry.close();
  }
}
