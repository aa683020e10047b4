package plaza.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static plaza.testkit.TestCity.STATION;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plaza.graph.Address;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.graph.change.Write;
import plaza.graph.query.Query;
import plaza.ledger.Actor;
import plaza.ledger.Feed;
import plaza.ledger.Ledger;
import plaza.ledger.Limits;
import plaza.ledger.Policy;
import plaza.ledger.store.Layer;

/// A disk of 32 MB, full and free again. Needs the right to mount one; skipped where it is missing.
class FullDiskTest {
  private static final Layer MAIN = Layer.of(Address.DEFAULT);
  private static final long MB = 1024 * 1024;
  private static final RocksOptions SMALL = new RocksOptions(4 * MB, 4 * MB, 8 * MB, 1);

  @TempDir Path folder;

  private Path disk;

  @BeforeEach
  void mount() throws Exception {
    // The engine's code is unpacked once for each process: not onto the small disk.
    RocksStore.open(folder.resolve("first"), SMALL).close();
    disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=32m", "plaza-test", disk.toString()) == 0);
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", disk.toString());
  }

  private static int run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException absent) {
      return -1;
    }
  }

  @Test
  void aFullDiskRefusesWritesKeepsReadingAndRecoversByItself() throws Exception {
    var filler = disk.resolve("filler");
    Files.write(filler, new byte[12 * (int) MB]);
    int acknowledged;
    try (var store = RocksStore.open(disk.resolve("data"), SMALL);
        var feed = new Feed(store);
        var ledger = new Ledger(store, Policy.OPEN, feed, Limits.DEFAULT, Clock.systemUTC())) {
      acknowledged = writeUntilFull(ledger);
      assertThat(store.head().number()).isEqualTo(acknowledged);
      assertThat(store.find(MAIN, id(acknowledged - 1))).isPresent();
      assertThat(store.find(MAIN, id(acknowledged))).isEmpty();
      assertThat(count(store)).isEqualTo(acknowledged);

      Files.delete(filler);
      awaitSuccess(ledger, acknowledged);
      acknowledged++;
      assertThat(ledger.trouble()).isNull();
      assertThat(count(store)).isEqualTo(acknowledged);
      assertThat(store.verify()).isEmpty();
    }
    try (var store = RocksStore.open(disk.resolve("data"), SMALL)) {
      assertThat(count(store)).isEqualTo(acknowledged);
      assertThat(store.verify()).isEmpty();
    }
  }

  private static int writeUntilFull(Ledger ledger) {
    for (int i = 0; i < 20_000; i++)
      try {
        write(ledger, i);
      } catch (Refusal.Unavailable refusal) {
        assertThat(refusal)
            .hasMessageContaining("the disk is full")
            .hasMessageContaining("nothing of it was kept");
        return i;
      }
    return fail("the disk never filled up");
  }

  private static void awaitSuccess(Ledger ledger, int number) throws InterruptedException {
    var end = Instant.now().plus(Duration.ofSeconds(40));
    while (true)
      try {
        write(ledger, number);
        return;
      } catch (Refusal.Unavailable still) {
        if (Instant.now().isAfter(end)) throw still;
        Thread.sleep(200);
      }
  }

  private static void write(Ledger ledger, int number) {
    var bulk = new byte[4_000];
    new Random(number).nextBytes(bulk);
    var text = java.util.HexFormat.of().formatHex(bulk);
    var entity =
        Entity.of(
            id(number), STATION, List.of(Attribute.of("https://a.example/bulk", Value.of(text))));
    ledger.write(Actor.ANONYMOUS, Write.atomic(Address.DEFAULT, new Edit.Create(entity)));
  }

  private static String id(int number) {
    return STATION + ":" + number;
  }

  private static long count(RocksStore store) {
    long count = 0;
    try (var scan = store.scan(MAIN, Query.type(STATION), false)) {
      for (; scan.hasNext(); scan.next()) count++;
    }
    assertThat(store.count(MAIN, Query.type(STATION))).hasValue(count);
    return count;
  }
}
