package plaza.portal.city;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import plaza.graph.Entity;
import plaza.graph.Refusal;
import plaza.ledger.Actor;
import plaza.ledger.Feed;
import plaza.ledger.store.FeedEntry;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Position;
import plaza.web.Exchange;

/// Pushes new station readings to open maps as server-sent events.
///
/// Reads the feed only while somebody watches. Each watcher holds at most the latest reading of
/// each station, so that a slow one skips what is overtaken and costs nobody else anything.
public final class Live implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Live.class.getName());
  private static final int WATCHERS = 500;
  private static final int WATCHERS_PER_ADDRESS = 8;
  private static final int ENTRIES_PER_TURN = 500;
  private static final long PAUSE_MILLIS = 400;
  private static final long HEARTBEAT_SECONDS = 15;

  private final City city;
  private final Feed feed;
  private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
  private final Map<String, Integer> byAddress = new HashMap<>();
  private volatile boolean closing;
  private boolean reading;

  private record Reading(String id, int bikes, int free, long seen) {}

  public Live(City city, Feed feed) {
    this.city = city;
    this.feed = feed;
  }

  /// One open map.
  private static final class Watcher {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private Map<String, Reading> waiting = new LinkedHashMap<>();
    private boolean ended;

    void offer(Reading reading) {
      lock.lock();
      try {
        waiting.put(reading.id, reading);
        news.signal();
      } finally {
        lock.unlock();
      }
    }

    /// What came since the last time, perhaps nothing for as long as a heartbeat may wait.
    Map<String, Reading> take() throws InterruptedException {
      lock.lock();
      try {
        long left = TimeUnit.SECONDS.toNanos(HEARTBEAT_SECONDS);
        while (waiting.isEmpty() && !ended && left > 0) left = news.awaitNanos(left);
        var taken = waiting;
        waiting = new LinkedHashMap<>();
        return taken;
      } finally {
        lock.unlock();
      }
    }

    void end() {
      lock.lock();
      try {
        ended = true;
        news.signal();
      } finally {
        lock.unlock();
      }
    }
  }

  /// Serves one watcher until it goes or the server stops.
  void serve(Exchange exchange) throws InterruptedException {
    var actor = exchange.caller().actor();
    if (!city.isOpenTo(actor))
      throw new Refusal.Forbidden("the live stream is for those who see all public data");
    enter(exchange.remoteAddress());
    var watcher = new Watcher();
    try {
      exchange.setHeader("Cache-Control", "no-store").setHeader("X-Accel-Buffering", "no");
      try (var out = exchange.stream(200, "text/event-stream")) {
        send(out, "retry: 3000\n: welcome\n\n");
        watch(watcher);
        stream(watcher, actor, out);
      }
    } catch (IOException | RuntimeException gone) {
      // The usual end: the page was left, which the server tells in its own ways. Nothing else can
      // be answered once the stream has begun.
      LOG.log(System.Logger.Level.TRACE, "A live map was closed", gone);
    } finally {
      watchers.remove(watcher);
      leave(exchange.remoteAddress());
    }
  }

  private void stream(Watcher watcher, Actor actor, OutputStream out)
      throws IOException, InterruptedException {
    while (!closing) {
      var readings = watcher.take();
      // Rights may have changed while the stream was open.
      if (!city.isOpenTo(actor)) return;
      send(out, readings.isEmpty() ? ": still here\n\n" : event(readings, actor));
    }
  }

  private String event(Map<String, Reading> readings, Actor actor) {
    var stations = city.stations(actor);
    var data = new StringBuilder("event: readings\ndata: {\"version\":\"");
    data.append(stations.version()).append("\",\"changes\":[");
    var comma = "";
    for (var reading : readings.values()) {
      var place = stations.place(reading.id);
      if (place.isEmpty()) continue;
      data.append(comma)
          .append('[')
          .append(place.getAsInt())
          .append(',')
          .append(reading.bikes)
          .append(',')
          .append(reading.free)
          .append(',')
          .append(reading.seen)
          .append(']');
      comma = ",";
    }
    return data.append("]}\n\n").toString();
  }

  private static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private synchronized void enter(String address) {
    int all = byAddress.values().stream().mapToInt(Integer::intValue).sum();
    int own = byAddress.getOrDefault(address, 0);
    if (all >= WATCHERS || own >= WATCHERS_PER_ADDRESS)
      throw new Refusal.TooMany(
          own >= WATCHERS_PER_ADDRESS
              ? "you have " + own + " live maps open; close one and load this page again"
              : "all " + WATCHERS + " live streams are taken; the map still answers without");
    byAddress.merge(address, 1, Integer::sum);
  }

  private synchronized void leave(String address) {
    byAddress.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
  }

  private synchronized void watch(Watcher watcher) {
    watchers.add(watcher);
    if (reading) return;
    reading = true;
    var start = feed.head();
    Thread.ofVirtual().name("portal-live").start(() -> readFeed(start));
  }

  private void readFeed(Position start) {
    var position = start;
    try {
      while (goOn()) {
        var entries = feed.read(position, ENTRIES_PER_TURN);
        for (var entry : entries) tell(entry);
        if (!entries.isEmpty()) position = entries.getLast().position();
        if (entries.size() < ENTRIES_PER_TURN) Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopped();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "The live map stopped; its next watcher starts it", e);
      stopped();
    }
  }

  private synchronized boolean goOn() {
    if (!closing && !watchers.isEmpty()) return true;
    reading = false;
    return false;
  }

  /// After a failure the next watcher starts it anew. One that ended because nobody watches has
  /// said so already, and another may be reading by now.
  private synchronized void stopped() {
    reading = false;
  }

  private void tell(FeedEntry entry) {
    if (!entry.layer().equals(Layer.of(city.address()))) return;
    for (var change : entry.changes())
      if (isStation(change.entity())) {
        var reading = reading(change.entity());
        for (var watcher : watchers) watcher.offer(reading);
      }
  }

  private static boolean isStation(Entity entity) {
    return entity.types().stream().anyMatch(type -> Words.local(type).equals(City.STATION));
  }

  private static Reading reading(Entity entity) {
    var bikes = Words.find(entity, "availableBikeNumber").orElse(null);
    var free = Words.find(entity, "freeSlotNumber").orElse(null);
    return new Reading(
        entity.id(),
        Words.count(bikes),
        Words.count(free),
        bikes == null ? 0 : bikes.eventTime().getEpochSecond());
  }

  @Override
  public void close() {
    closing = true;
    watchers.forEach(Watcher::end);
  }
}
