package plaza.ngsild.subscription.mqtt;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import plaza.outbound.mqtt.MqttBroker;

/// One connection to a broker, from its opening to its loss; the broker remembers nothing of it
/// afterwards. Used by many threads.
interface Session {
  Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /// Done when the broker has accepted it.
  CompletableFuture<?> open();

  /// Done when the broker has answered as its quality of service wants, or, for 0, when it is on
  /// its way; fails when the connection ends before.
  CompletableFuture<?> publish(String topic, int qos, byte[] payload);

  void close();

  /// @param trust null to trust whom the JDK trusts
  /// @param lost is called when the connection ends, however it ends, even before it has opened
  static Session to(
      Target.Broker broker,
      InetSocketAddress address,
      String clientId,
      @Nullable TrustManagerFactory trust,
      Runnable lost) {
    var called =
        new MqttBroker(
            address,
            broker.secure() ? new MqttBroker.Tls(trust) : null,
            MqttBroker.Login.of(broker.user(), broker.password()),
            CONNECT_TIMEOUT);
    return broker.version5()
        ? new Session5(called.version5(clientId, _ -> lost.run()))
        : new Session3(called.version3(clientId, _ -> lost.run()));
  }
}
