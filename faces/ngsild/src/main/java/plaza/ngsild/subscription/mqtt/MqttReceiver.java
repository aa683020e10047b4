package plaza.ngsild.subscription.mqtt;

import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.ngsild.subscription.delivery.Endpoint;
import plaza.ngsild.subscription.delivery.Header;
import plaza.ngsild.subscription.delivery.Message;
import plaza.ngsild.subscription.delivery.Receiver;
import plaza.ngsild.subscription.delivery.Reply;
import plaza.outbound.OutboundGuard;

/// Publishes messages to MQTT brokers (clause 7.2), over connections that are kept for the next.
public final class MqttReceiver implements Receiver {
  private static final int MOST_IDLE = 256;
  private static final Duration LONGEST_IDLE = Duration.ofMinutes(1);

  private final OutboundGuard guard;
  private final @Nullable TrustManagerFactory trust;
  private final Map<Target.Broker, Connection> connections = new ConcurrentHashMap<>();
  private final Thread watchman;
  private volatile boolean closed;

  public MqttReceiver(OutboundGuard guard) {
    this(guard, null);
  }

  /// @param trust of mqtts; null to trust whom the JDK trusts
  public MqttReceiver(OutboundGuard guard, @Nullable TrustManagerFactory trust) {
    this.guard = guard;
    this.trust = trust;
    this.watchman = Thread.ofVirtual().name("mqtt-watchman").start(this::watch);
  }

  @Override
  public boolean serves(URI endpoint) {
    var scheme = endpoint.getScheme();
    return "mqtt".equalsIgnoreCase(scheme) || "mqtts".equalsIgnoreCase(scheme);
  }

  @Override
  public void check(Endpoint endpoint, String contentType, List<Header> headers) {
    var target = Target.of(endpoint);
    guard.check(target.broker().host());
    // Table 7.2-2.
    if (contentType.equals("application/geo+json"))
      throw new Refusal.Invalid(
          "endpoint: accept must be application/json or application/ld+json for MQTT");
    var keys = new HashSet<>(List.of("Content-Type"));
    for (var header : headers)
      if (!keys.add(header.name()))
        throw new Refusal.Invalid(
            "receiverInfo: " + header.name() + " can stand in the metadata only once");
  }

  @Override
  public Reply send(Endpoint endpoint, Message message) throws InterruptedException {
    Target target;
    try {
      target = Target.of(endpoint);
    } catch (Refusal refusal) {
      return new Reply.Refused(String.valueOf(refusal.getMessage()), true);
    }
    long deadline = System.nanoTime() + endpoint.timeout().toNanos();
    var connection = connection(target.broker());
    try {
      connection.publish(target, payload(message), deadline);
      return new Reply.Accepted();
    } catch (TimeoutException e) {
      if (connection.isSilent()) drop(target.broker(), connection);
      return new Reply.Unreached("no answer within " + endpoint.timeout().toMillis() + " ms");
    } catch (ExecutionException e) {
      return Failures.reply(e);
    }
  }

  /// Clause 7.2: what HTTP says in headers stands in `metadata`.
  static byte[] payload(Message message) {
    Map<String, Value> metadata = new LinkedHashMap<>();
    metadata.put("Content-Type", Value.of(message.contentType()));
    for (var header : message.headers())
      metadata.putIfAbsent(header.name(), Value.of(header.value()));
    var head = ("{\"metadata\":" + Json.text(new Value.Struct(metadata)) + ",\"body\":");
    var start = head.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    var body = message.body();
    var payload = new byte[start.length + body.length + 1];
    System.arraycopy(start, 0, payload, 0, start.length);
    System.arraycopy(body, 0, payload, start.length, body.length);
    payload[payload.length - 1] = '}';
    return payload;
  }

  private Connection connection(Target.Broker broker) {
    var known = connections.get(broker);
    if (known != null) return known;
    var fresh = new Connection();
    var other = connections.putIfAbsent(broker, fresh);
    if (other != null) return other;
    // On a thread of its own: whoever comes first may have less time than the others.
    Thread.ofVirtual().name("mqtt-open").start(() -> open(broker, fresh));
    return fresh;
  }

  private void open(Target.Broker broker, Connection connection) {
    try {
      var session =
          Session.to(
              broker,
              guard.address(broker.host(), broker.port()),
              // MQTT 3.1.1 promises room for 23 letters.
              "plaza-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()),
              trust,
              () -> connections.remove(broker, connection));
      var _ =
          session
              .open()
              .whenComplete((_, failure) -> {
                if (failure == null) connection.opened(session);
                else fail(broker, connection, failure);
              });
    } catch (RuntimeException e) {
      fail(broker, connection, e);
    }
    if (closed) drop(broker, connection);
  }

  private void fail(Target.Broker broker, Connection connection, Throwable why) {
    connections.remove(broker, connection);
    connection.failed(why);
  }

  private void drop(Target.Broker broker, Connection connection) {
    connections.remove(broker, connection);
    connection.close();
  }

  /// Ends what is idle too long, and the longest idle when there are too many.
  private void watch() {
    while (!closed) {
      try {
        Thread.sleep(1_000);
      } catch (InterruptedException e) {
        return;
      }
      connections.forEach((broker, connection) -> {
        if (connection.isIdle(LONGEST_IDLE.toNanos())) drop(broker, connection);
      });
      connections.entrySet().stream()
          .filter(entry -> entry.getValue().isIdle(0))
          .sorted(
              (one, other) -> Long.compare(other.getValue().lastUse(), one.getValue().lastUse()))
          .skip(MOST_IDLE)
          .toList()
          .forEach(entry -> drop(entry.getKey(), entry.getValue()));
    }
  }

  @Override
  public void close() {
    closed = true;
    watchman.interrupt();
    connections.forEach(this::drop);
  }
}
