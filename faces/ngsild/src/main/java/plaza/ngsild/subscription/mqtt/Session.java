package plaza.ngsild.subscription.mqtt;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttClientTransportConfig;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// One connection to a broker, from its opening to its loss; the broker remembers nothing of it
/// afterwards. Used by many threads.
interface Session {
  int CONNECT_SECONDS = 10;
  int KEEP_ALIVE_SECONDS = 30;

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
    var transport =
        MqttClientTransportConfig.builder()
            .serverAddress(address)
            .socketConnectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
            .mqttConnectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS);
    if (broker.secure()) transport = transport.sslConfig(secure(trust));
    var builder =
        MqttClient.builder()
            .identifier(clientId)
            .addDisconnectedListener(_ -> lost.run())
            .transportConfig(transport.build());
    return broker.version5() ? new Session5(builder, broker) : new Session3(builder, broker);
  }

  private static MqttClientSslConfig secure(@Nullable TrustManagerFactory trust) {
    var config = MqttClientSslConfig.builder();
    return trust == null ? config.build() : config.trustManagerFactory(trust).build();
  }
}
