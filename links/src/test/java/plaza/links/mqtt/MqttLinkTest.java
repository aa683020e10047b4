package plaza.links.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static plaza.testkit.Eventually.eventually;
import static plaza.testkit.TestCity.NOON;
import static plaza.testkit.TestCity.XINYI;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.links.DeskSubject;
import plaza.links.kind.Outside;
import plaza.outbound.OutboundGuard;
import plaza.testkit.LinkContract;

/// Stations that publish through a real broker.
class MqttLinkTest extends LinkContract {
  @TempDir Path folder;
  private Stations stations;

  @Override
  protected Subject subject() throws Exception {
    stations = new Stations("");
    return stations;
  }

  String version() {
    return "5";
  }

  @Test
  void whatTheBrokerRepeatsAfterALostAcknowledgementIsADuplicate() throws Exception {
    stations.start();
    stations.sayWithoutHearingTheAcknowledgement(XINYI, 2, NOON);

    eventually(
        () -> assertThat(stations.link.health().progress().duplicates()).isGreaterThanOrEqualTo(1));
    assertThat(bikes(XINYI)).containsExactly(2L);
  }

  @Test
  void theSameWordsSaidTwiceAreTwoReadings() throws Exception {
    stations.start();
    stations.say(XINYI, 2, NOON);
    stations.say(XINYI, 2, NOON);

    eventually(() -> assertThat(bikes(XINYI)).containsExactly(2L, 2L));
  }

  @Test
  void whatTheBrokerKeptForEverySubscriberIsStoredOnce() throws Exception {
    stations.broker.retain("stations/" + XINYI + "/bikes", stations.words(4, NOON));
    stations.start();
    eventually(() -> assertThat(bikes(XINYI)).containsExactly(4L));

    stations.stop();
    stations.start();
    stations.say(XINYI, 5, NOON.plusSeconds(60));

    eventually(() -> assertThat(bikes(XINYI)).containsExactly(4L, 5L));
  }

  @Test
  void aBrokerThatRestartsLosesNothing() throws Exception {
    stations.start();
    stations.say(XINYI, 1, NOON);
    eventually(() -> assertThat(bikes(XINYI)).containsExactly(1L));

    stations.broker.stop();
    eventually(() -> assertThat(stations.link.health().trouble()).isNotNull());
    stations.broker.start();
    stations.say(XINYI, 2, NOON.plusSeconds(60));

    eventually(() -> assertThat(bikes(XINYI)).containsExactly(1L, 2L));
    assertThat(stations.link.health().trouble()).isNull();
  }

  @Test
  void manyMessagesBecomeFewCommits() throws Exception {
    stations.start();
    for (int i = 0; i < 2_000; i++) stations.say(XINYI, i, NOON.plusMillis(i));

    eventually(() -> assertThat(bikes(XINYI)).hasSize(1_000)); // as many as are asked for
    eventually(() -> assertThat(stations.link.health().progress().committed()).isEqualTo(2_000));
    assertThat(bikes(XINYI).subList(0, 1_000))
        .containsExactlyElementsOf(LongStream.range(0, 1_000).boxed().toList());
  }

  @Test
  void aBrokerThatCannotBeReachedIsTrouble() throws Exception {
    stations.broker.stop();
    stations.link.start();

    eventually(() ->
        assertThat(stations.link.health().sentence())
            .contains("mqtt://127.0.0.1:" + stations.cable.port()));
  }

  final class Stations implements Subject {
    final Broker broker;
    final Cable cable;
    final DeskSubject link;

    /// @param more settings
    Stations(String more) throws Exception {
      broker = new Broker(folder, List.of("allow_anonymous true"));
      cable = new Cable(broker.port());
      var outside = new Outside(OutboundGuard.ALLOW_PRIVATE, List.of(), clock);
      link = new DeskSubject(city, new MqttKind(), outside, definition(more));
    }

    private Value definition(String more) {
      return Json.parse(
          """
          {"name": "bikes", "kind": "mqtt", "freshness": "PT10M",
           "context": {"@vocab": "https://smartdatamodels.org/"},
           "settings": {"host": "127.0.0.1", "port": PORT, "version": "VERSION",
             "topics": ["stations/+/bikes"] MORE},
           "mapping": "{\\"id\\": split(.topic, \\"/\\")[1], \\"type\\": \\"BikeHireDockingStation\\",
             \\"availableBikeNumber\\": {\\"value\\": .payload.bikes, \\"observedAt\\": .payload.seen}}"}
          """
              .replace("PORT", Integer.toString(cable.port()))
              .replace("VERSION", version())
              .replace("MORE", more)
              .replaceAll("\n +", " "));
    }

    @Override
    public void start() {
      long before = broker.lines("Sending SUBACK to plaza-bikes-");
      link.start();
      eventually(
          () -> assertThat(broker.lines("Sending SUBACK to plaza-bikes-")).isGreaterThan(before));
    }

    @Override
    public void stop() {
      link.stop();
    }

    @Override
    public void pause() {
      link.pause();
    }

    @Override
    public void resume() {
      link.resume();
    }

    @Override
    public void say(String station, long bikes, Instant at) {
      broker.publish("stations/" + station + "/bikes", words(bikes, at), Map.of());
    }

    String words(long bikes, Instant at) {
      return "{\"bikes\": %d, \"seen\": \"%s\"}".formatted(bikes, at);
    }

    @Override
    public void sayNonsense(String text) {
      broker.publish("stations/x/bikes", text, Map.of());
    }

    @Override
    public void sayWithoutHearingTheAcknowledgement(String station, long bikes, Instant at) {
      long before = broker.lines("Sending SUBACK to plaza-bikes-");
      store.afterNextAppend(cable::pull);
      say(station, bikes, at);
      eventually(
          () -> assertThat(broker.lines("Sending SUBACK to plaza-bikes-")).isGreaterThan(before));
    }

    @Override
    public boolean healthy() {
      return link.healthy();
    }

    @Override
    public List<String> deadLetters() {
      return link.deadLetters();
    }

    @Override
    public void end() throws IOException, InterruptedException {
      link.stop();
      cable.close();
      broker.stop();
    }
  }
}
