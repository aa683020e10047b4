package plaza.links;

import static org.assertj.core.api.Assertions.assertThat;
import static plaza.testkit.Eventually.eventually;
import static plaza.testkit.TestCity.NOON;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plaza.graph.Address;
import plaza.graph.Names;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.ledger.Policy;
import plaza.ledger.store.Span;
import plaza.links.kind.Outside;
import plaza.links.poll.PollKind;
import plaza.outbound.OutboundGuard;
import plaza.store.rocksdb.RocksOptions;
import plaza.store.rocksdb.RocksStore;
import plaza.testkit.MovableClock;
import plaza.testkit.TestCity;

/// A long table, on a disk, with a restart in its middle.
class LinkOnDiskTest {
  private static final int ROWS = 20_000;
  private static final int LAMPS = 100;

  @TempDir Path folder;

  @Test
  void aTableThatIsInterruptedIsReadToItsEndAndStoredOnce() throws Exception {
    var csv = new StringBuilder("lamp,power,at\n");
    for (int i = 0; i < ROWS; i++)
      csv.append(i % LAMPS)
          .append(',')
          .append(i)
          .append(',')
          .append(NOON.plusSeconds(i))
          .append('\n');
    Files.writeString(folder.resolve("lamps.csv"), csv);

    long first;
    try (var city = city()) {
      var link = link(city);
      link.start();
      eventually(() -> assertThat(link.health().progress().committed()).isPositive());
      link.stop();
      first = readings(city);
    }
    assertThat(first).isBetween(1L, (long) ROWS);

    try (var city = city()) {
      var link = link(city);
      link.start();
      eventually(() -> assertThat(link.health().progress().committed()).isEqualTo(ROWS));
      link.stop();
      assertThat(readings(city)).isEqualTo(ROWS);
      assertThat(city.store.verify()).isEmpty();
    }
  }

  private TestCity city() {
    return new TestCity(RocksStore.open(folder.resolve("city"), RocksOptions.DEFAULT), Policy.OPEN);
  }

  private DeskSubject link(TestCity city) {
    var definition =
        (Value.Struct)
            Json.parse(
                """
                {"name": "bikes", "kind": "poll", "settings": {"file": "lamps.csv"},
                 "mapping": "{\\"id\\": \\"urn:x:\\" + .row.lamp, \\"type\\": \\"Lamp\\",\
                 \\"power\\": {\\"value\\": number(.row.power), \\"observedAt\\": .row.at}}"}
                """);
    var outside = new Outside(OutboundGuard.STRICT, List.of(folder), new MovableClock(NOON));
    return new DeskSubject(city, new PollKind(), outside, definition);
  }

  private static long readings(TestCity city) {
    var count = new long[1];
    city.store.series(
        plaza.ledger.store.Layer.of(Address.DEFAULT),
        Names.DEFAULT_VOCAB + "power",
        Span.ALWAYS,
        (_, _, _) -> count[0]++);
    return count[0];
  }
}
