package plaza.conformance.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import plaza.conformance.Answer;
import plaza.conformance.Checks;
import plaza.conformance.Clause;
import plaza.conformance.Json;
import plaza.conformance.Receiver;

/// Notifications by MQTT, to a broker of a few lines that takes what is published.
@Clause({"7.1", "7.2"})
class MqttTest extends Checks {
  private record Published(String topic, String message, int qualityOfService, int version) {}

  /// Enough of MQTT 3.1.1 and 5.0 for somebody who only publishes.
  private static final class Broker implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final LinkedBlockingQueue<Published> published = new LinkedBlockingQueue<>();

    Broker() throws IOException {
      Thread.ofVirtual().start(this::accept);
    }

    private void accept() {
      while (!server.isClosed())
        try {
          var client = server.accept();
          Thread.ofVirtual().start(() -> serve(client));
        } catch (IOException e) {
          return;
        }
    }

    private void serve(Socket client) {
      try (client) {
        var in = new DataInputStream(client.getInputStream());
        var out = client.getOutputStream();
        int version = 4;
        while (true) {
          int first = in.readUnsignedByte();
          var packet = new byte[length(in)];
          in.readFully(packet);
          switch (first >> 4) {
            case 1 -> {
              version = packet[6];
              out.write(version == 5 ? new byte[] {0x20, 3, 0, 0, 0} : new byte[] {0x20, 2, 0, 0});
            }
            case 3 -> out.write(take(first, packet, version));
            case 6 -> out.write(new byte[] {0x70, 2, packet[0], packet[1]});
            case 12 -> out.write(new byte[] {(byte) 0xD0, 0});
            default -> {}
          }
          out.flush();
        }
      } catch (IOException e) {
        // It has gone.
      }
    }

    private static int length(DataInputStream in) throws IOException {
      int length = 0;
      for (int shift = 0; ; shift += 7) {
        int digit = in.readUnsignedByte();
        length |= (digit & 127) << shift;
        if (digit < 128) return length;
      }
    }

    /// @return the acknowledgement, by the quality of service
    private byte[] take(int first, byte[] packet, int version) {
      int quality = (first >> 1) & 3;
      int at = 2 + (((packet[0] & 255) << 8) | (packet[1] & 255));
      var topic = new String(packet, 2, at - 2, StandardCharsets.UTF_8);
      int id = at;
      if (quality > 0) at += 2;
      if (version == 5) at += 1 + packet[at]; // its properties are few
      var message = new String(packet, at, packet.length - at, StandardCharsets.UTF_8);
      published.add(new Published(topic, message, quality, version));
      return switch (quality) {
        case 1 -> new byte[] {0x40, 2, packet[id], packet[id + 1]};
        case 2 -> new byte[] {0x50, 2, packet[id], packet[id + 1]};
        default -> new byte[0];
      };
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mqtt5.0,0,5",
    "mqtt5.0,1,5",
    "mqtt5.0,2,5",
    "mqtt3.1.1,0,4",
    "mqtt3.1.1,1,4",
    "mqtt3.1.1,2,4"
  })
  void aChangeIsPublished(String version, int quality, int expected) throws Exception {
    try (var broker = new Broker()) {
      var type = newType();
      var location =
          subscribe(
              type,
              "mqtt://localhost:" + broker.server.getLocalPort() + "/city/cars",
              "'notifierInfo':[{'key':'MQTT-Version','value':'%s'},{'key':'MQTT-QoS','value':'%d'}],'receiverInfo':[{'key':'X-Token','value':'abc'}]"
                  .formatted(version, quality));
      create(newId(), type, "'speed':{'type':'Property','value':1}");

      var told = broker.published.poll(60, TimeUnit.SECONDS);
      assertThat(told).isNotNull();
      assertThat(told.topic()).isEqualTo("city/cars");
      assertThat(told.qualityOfService()).isEqualTo(quality);
      assertThat(told.version()).isEqualTo(expected);
      var message = new Receiver.Sent(java.util.Map.of(), told.message());
      assertThat(message.text("body/type")).isEqualTo("Notification");
      assertThat(message.text("body/data/0/speed/value")).isEqualTo("1");
      assertThat(message.text("metadata/Content-Type")).isEqualTo(JSON);
      assertThat(message.text("metadata/Link")).contains("json-ld#context");
      assertThat(message.text("metadata/X-Token")).isEqualTo("abc");
      delete("/subscriptions/" + location).expect(204);
    }
  }

  private static String subscribe(String type, String uri, String endpoint) {
    Answer answer =
        post("/subscriptions")
            .json(
                Json.of(
                    "{'type':'Subscription','entities':[{'type':'%s'}],'notification':{'endpoint':{'uri':'%s',%s}}}",
                    type, uri, endpoint))
            .expect(201);
    var location = answer.header("Location");
    return location.substring(location.lastIndexOf('/') + 1);
  }

  @Test
  void whatIsNoMqttIsRefused() {
    for (var info :
        new String[] {"{'key':'MQTT-Version','value':'mqtt2'}", "{'key':'MQTT-QoS','value':'3'}"})
      post("/subscriptions")
          .json(
              "{'type':'Subscription','entities':[{'type':'Thing'}],'notification':{'endpoint':{'uri':'mqtt://localhost:1/a','notifierInfo':[%s]}}}"
                  .formatted(info))
          .refused(400, "BadRequestData");
  }
}
