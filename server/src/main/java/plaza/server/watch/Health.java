package plaza.server.watch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plaza.graph.Value;
import plaza.ledger.Feed;
import plaza.ledger.Ledger;
import plaza.ledger.store.Store;
import plaza.links.LinkDesk;
import plaza.web.Right;
import plaza.web.Routes;

/// `/health/live` says that the process answers; `/health/ready` that it can do its work: the store
/// answers, the ledger commits, every consumer of the feed goes on. A stale link is shown and does
/// not make the server unready: taking it out of service would not bring the readings back.
public final class Health {
  private final Store store;
  private final Ledger ledger;
  private final Feed feed;
  private final LinkDesk links;

  private record Check(String name, @Nullable String trouble) {}

  public Health(Store store, Ledger ledger, Feed feed, LinkDesk links) {
    this.store = store;
    this.ledger = ledger;
    this.feed = feed;
    this.links = links;
  }

  public Routes routes() {
    return new Routes()
        .get(
            "/health/live",
            Right.anyone(),
            exchange -> exchange.json(200, new Value.Struct(Map.of("status", Value.of("UP")))))
        .get(
            "/health/ready",
            Right.anyone(),
            exchange -> {
              var checks = checks();
              exchange.json(isReady(checks) ? 200 : 503, words(checks));
            });
  }

  public boolean isReady() {
    return isReady(checks());
  }

  private static boolean isReady(List<Check> checks) {
    return checks.stream().allMatch(check -> check.trouble == null);
  }

  private List<Check> checks() {
    var checks = new ArrayList<Check>();
    checks.add(new Check("store", store.trouble()));
    checks.add(
        new Check("ledger", ledger.isRunning() ? ledger.trouble() : "it does not run any more"));
    for (var following : feed.followings())
      checks.add(new Check("feed: " + following.name(), following.trouble()));
    return checks;
  }

  private Value words(List<Check> checks) {
    var members = new LinkedHashMap<String, Value>();
    members.put("status", Value.of(isReady(checks) ? "UP" : "DOWN"));
    var shown = new LinkedHashMap<String, Value>();
    for (var check : checks)
      shown.put(check.name, Value.of(check.trouble == null ? "ok" : check.trouble));
    members.put("checks", new Value.Struct(shown));
    var fresh = new LinkedHashMap<String, Value>();
    for (var link : links.list())
      fresh.put(
          link.definition().name(),
          Value.of(link.health().state() + ": " + link.health().sentence()));
    members.put("links", new Value.Struct(fresh));
    return new Value.Struct(members);
  }
}
