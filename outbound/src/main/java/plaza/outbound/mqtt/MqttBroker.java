package plaza.outbound.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientBuilder;
import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttClientTransportConfig;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.message.auth.Mqtt3SimpleAuth;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.auth.Mqtt5SimpleAuth;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// A broker, and who we are to it. Makes clients that are not connected yet and do not connect
/// again by themselves: who was called is decided anew each time.
///
/// @param address where [plaza.outbound.OutboundGuard] allows to call it
/// @param tls the broker's name is always checked against its certificate
/// @param timeout of the connection, and of the broker's answer to it
public record MqttBroker(
    InetSocketAddress address, @Nullable Tls tls, @Nullable Login login, Duration timeout) {
  public static final int KEEP_ALIVE_SECONDS = 30;

  /// @param trust null to trust whom the JDK trusts
  public record Tls(@Nullable TrustManagerFactory trust) {}

  /// One of both at least. MQTT 3.1.1 knows no password without a user.
  public record Login(@Nullable String user, @Nullable String password) {
    /// Null when there is neither.
    public static @Nullable Login of(@Nullable String user, @Nullable String password) {
      return user == null && password == null ? null : new Login(user, password);
    }

    @Override
    public String toString() {
      return "Login[" + user + "]";
    }
  }

  /// Speaks MQTT 3.1.1.
  ///
  /// @param lost is told why when the connection ends, however it ends, even before it has opened
  public Mqtt3AsyncClient version3(String clientId, Consumer<Throwable> lost) {
    var builder = client(clientId, lost).useMqttVersion3();
    if (login == null || login.user == null) return builder.buildAsync();
    var auth = Mqtt3SimpleAuth.builder().username(login.user);
    return builder
        .simpleAuth(
            login.password == null
                ? auth.build()
                : auth.password(login.password.getBytes(UTF_8)).build())
        .buildAsync();
  }

  /// Speaks MQTT 5.0. As [#version3].
  public Mqtt5AsyncClient version5(String clientId, Consumer<Throwable> lost) {
    var builder = client(clientId, lost).useMqttVersion5();
    return login == null ? builder.buildAsync() : builder.simpleAuth(version5(login)).buildAsync();
  }

  private static Mqtt5SimpleAuth version5(Login login) {
    var auth = Mqtt5SimpleAuth.builder();
    var password = login.password == null ? null : login.password.getBytes(UTF_8);
    if (login.user == null)
      return auth.password(java.util.Objects.requireNonNull(password)).build();
    var named = auth.username(login.user);
    return password == null ? named.build() : named.password(password).build();
  }

  private MqttClientBuilder client(String clientId, Consumer<Throwable> lost) {
    var transport =
        MqttClientTransportConfig.builder()
            .serverAddress(address)
            .socketConnectTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
            .mqttConnectTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    if (tls != null)
      transport =
          transport.sslConfig(MqttClientSslConfig.builder().trustManagerFactory(tls.trust).build());
    return MqttClient.builder()
        .identifier(clientId)
        .addDisconnectedListener(end -> lost.accept(end.getCause()))
        .transportConfig(transport.build());
  }
}
