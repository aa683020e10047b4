package plaza.links.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import plaza.links.kind.Body;
import plaza.links.kind.Identity;
import plaza.links.kind.Inbox;
import plaza.links.kind.Link;
import plaza.links.kind.Message;
import plaza.links.kind.Outside;
import plaza.outbound.mqtt.MqttBroker;

/// Takes what has arrived from the broker in turns, and acknowledges a turn when the inbox has
/// committed it. What the broker does not hear of it sends again in the next session.
final class MqttLink implements Link {
  private static final AtomicLong SESSIONS = new AtomicLong();

  /// How long after a connection the broker may still be repeating what it held unacknowledged.
  private static final Duration REPEATING = Duration.ofSeconds(30);

  private static final int BYTES_PER_TURN = 8 << 20;

  private final MqttSettings settings;
  private final Inbox inbox;
  private final Outside outside;
  private final BlockingQueue<Arrival> arrivals = new ArrayBlockingQueue<>(1_024);
  private final AtomicReference<@Nullable String> lost = new AtomicReference<>();
  private final ExecutorService receiving =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("mqtt-arrivals").factory());
  private final long session = SESSIONS.incrementAndGet();
  private final Instant opened;
  private volatile @Nullable Connection connection;

  MqttLink(MqttSettings settings, Inbox inbox, Outside outside) {
    this.settings = settings;
    this.inbox = inbox;
    this.outside = outside;
    this.opened = outside.clock().instant();
  }

  @Override
  public void run() throws IOException, InterruptedException {
    var broker =
        new MqttBroker(
            outside.guard().address(settings.host(), settings.port()),
            settings.tls() ? new MqttBroker.Tls(Trust.of(settings.caCertificate())) : null,
            MqttBroker.Login.of(settings.user(), settings.password()),
            settings.timeout());
    var listener =
        new Connection.Listener(this::arrived, reason -> lost.compareAndSet(null, reason));
    var opened =
        settings.version5()
            ? new Mqtt5Connection(
                settings, clientId(), broker, listener, receiving, outside.clock())
            : new Mqtt3Connection(
                settings, clientId(), broker, listener, receiving, outside.clock());
    connection = opened;
    try {
      opened.open();
      inbox.reached();
      take();
    } finally {
      // Also when the link was closed just before there was a connection to close.
      opened.close();
    }
  }

  private void take() throws IOException, InterruptedException {
    var turn = new ArrayList<Arrival>();
    while (true) {
      var first = arrivals.poll(200, TimeUnit.MILLISECONDS);
      if (first == null) {
        var reason = lost.get();
        if (reason != null)
          throw new IOException("the connection to " + settings.broker() + " is lost: " + reason);
        continue;
      }
      int bytes = 0;
      for (var next = first; next != null; next = more(turn.size(), bytes)) {
        turn.add(next);
        bytes += next.payload().length;
      }
      inbox.accept(turn.stream().map(this::message).toList());
      turn.forEach(arrival -> arrival.acknowledge().run());
      turn.clear();
    }
  }

  /// What goes into the same turn; null when it is full or nothing waits.
  private @Nullable Arrival more(int messages, int bytes) {
    return messages < Inbox.MESSAGES_PER_TURN && bytes < BYTES_PER_TURN ? arrivals.poll() : null;
  }

  private void arrived(Arrival arrival) {
    try {
      arrivals.put(arrival);
    } catch (InterruptedException _) {
      // The link is closing: unacknowledged, it will come again.
      Thread.currentThread().interrupt();
    }
  }

  private Message message(Arrival arrival) {
    return new Message(
        arrival.topic(),
        identity(arrival),
        settings.payload().equals("json")
            ? new Body.Document(arrival.payload())
            : new Body.Text(arrival.payload()),
        arrival.properties(),
        arrival.at());
  }

  private Identity identity(Arrival arrival) {
    var property = settings.idProperty();
    var id = property == null ? null : arrival.properties().get(property);
    if (id != null)
      return new Identity.Certain(Identity.digest(arrival.topic(), id.getBytes(UTF_8)));
    long digest = Identity.digest(arrival.topic(), arrival.payload());
    // Sent again whenever somebody subscribes, whether it is news or not.
    if (arrival.retained()) return new Identity.Certain(digest);
    if (!arrival.repeatable()) return new Identity.Unrepeated();
    boolean early = !arrival.at().isAfter(opened.plus(REPEATING));
    return new Identity.WithinSession(digest, session, early);
  }

  /// Other topics need another session: the broker would go on sending what the old one subscribed
  /// to.
  private String clientId() {
    var given = settings.clientId();
    if (given != null) return given;
    var topics = String.join("\n", settings.topics()).getBytes(UTF_8);
    return "plaza-"
        + inbox.link().substring(inbox.link().lastIndexOf(':') + 1)
        + "-"
        + "%016x".formatted(Identity.digest(topics)).substring(0, 6);
  }

  @Override
  public void close() {
    var open = connection;
    if (open != null) open.close();
    receiving.shutdownNow();
  }
}
