package plaza.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plaza.graph.Address;
import plaza.ledger.store.FeedEntry;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Position;
import plaza.ledger.store.Slot;
import plaza.ledger.store.Span;

/// Kills a writing process with SIGKILL at random moments, again and again in the same folder, and
/// looks each time whether the store kept every promise. More kills: `-Dplaza.crashes=1000`.
class CrashTest {
  private static final int CRASHES = Integer.getInteger("plaza.crashes", 100);
  private static final int VERIFY_EVERY = 20;
  private static final Layer MAIN = Layer.of(Address.DEFAULT);
  // A line cut off by the kill says nothing.
  private static final Pattern LINE = Pattern.compile("(\\d+) (\\d+) (group|single|erased) (\\d+)");

  @TempDir Path folder;

  private final long seed = Long.getLong("plaza.seed", System.nanoTime());
  private final Random chance = new Random(seed);
  private final long[] acknowledged = new long[CrashWriter.WRITERS];
  private Position checkedTo = Position.START;

  private record Acknowledged(long position, int writer, String what, long number) {}

  @Test
  void nothingAcknowledgedIsLostAndNothingIsHalfDoneWhereverItIsKilled() throws Exception {
    System.out.println("CrashTest: seed " + seed + ", " + CRASHES + " kills");
    long writes = 0;
    for (int crash = 1; crash <= CRASHES; crash++) {
      var lines = writeUntilKilled();
      writes += lines.size();
      check(lines, crash % VERIFY_EVERY == 0 || crash == CRASHES);
    }
    System.out.println("CrashTest: " + writes + " acknowledged writes, none lost");
    assertThat(writes).isGreaterThan(CRASHES);
  }

  private List<Acknowledged> writeUntilKilled() throws IOException, InterruptedException {
    var process = Jvm.start(CrashWriter.class, folder.toString(), Long.toString(chance.nextLong()));
    var lines = new ArrayList<Acknowledged>();
    try (var out = process.inputReader()) {
      add(lines, out.readLine()); // it writes
      var reading = Thread.ofVirtual().start(() -> drain(out, lines));
      Thread.sleep(chance.nextInt(300));
      // Process.destroyForcibly would also close the pipe, and lose what was acknowledged last.
      process.toHandle().destroyForcibly();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      reading.join();
    }
    return lines;
  }

  private static void drain(BufferedReader out, List<Acknowledged> lines) {
    try {
      for (var line = out.readLine(); line != null; line = out.readLine()) add(lines, line);
    } catch (IOException closed) {
      // The pipe ends with the process.
    }
  }

  private static void add(List<Acknowledged> lines, String line) {
    var match = LINE.matcher(String.valueOf(line));
    if (match.matches())
      lines.add(
          new Acknowledged(
              Long.parseLong(match.group(1)),
              Integer.parseInt(match.group(2)),
              match.group(3),
              Long.parseLong(match.group(4))));
  }

  private void check(List<Acknowledged> lines, boolean all) {
    try (var store = RocksStore.open(folder, RocksOptions.DEFAULT)) {
      for (var line : lines) {
        assertThat(line.position()).as("seed %s", seed).isLessThanOrEqualTo(store.head().number());
        switch (line.what()) {
          case "group" ->
              acknowledged[line.writer()] = Math.max(acknowledged[line.writer()], line.number());
          case "erased" -> erased(store, line);
          default ->
              assertThat(store.find(MAIN, CrashWriter.singleId(line.writer(), line.number())))
                  .as("seed %s, %s", seed, line)
                  .isPresent();
        }
      }
      for (int writer = 0; writer < CrashWriter.WRITERS; writer++) group(store, writer);
      feed(store);
      if (all) assertThat(store.verify()).as("seed %s", seed).isEmpty();
    }
  }

  private void erased(RocksStore store, Acknowledged line) {
    var id = CrashWriter.erasedId(line.writer(), line.number());
    assertThat(store.find(MAIN, id)).as("seed %s, %s", seed, line).isEmpty();
    assertThat(store.historyAttributes(MAIN, id)).as("seed %s, %s", seed, line).isEmpty();
    assertThat(store.history(MAIN, id, CrashWriter.NUMBER, Span.ALWAYS, true, 50))
        .as("seed %s, %s", seed, line)
        .isEmpty();
  }

  /// A group is at one number, which is the last acknowledged or a little ahead: one write may be
  /// in flight, and one acknowledgement may die on its way out of the process.
  private void group(RocksStore store, int writer) {
    var numbers = new ArrayList<Long>();
    for (int i = 0; i < CrashWriter.GROUP; i++)
      store
          .find(MAIN, CrashWriter.groupId(writer, i))
          .map(Slot::entity)
          .ifPresent(entity ->
              numbers.add((long) entity.findValue(CrashWriter.NUMBER).orElseThrow().asNumber()));
    if (numbers.isEmpty() && acknowledged[writer] == 0) return;
    assertThat(numbers).as("seed %s, writer %s", seed, writer).hasSize(CrashWriter.GROUP);
    assertThat(numbers.stream().distinct()).as("seed %s, writer %s", seed, writer).hasSize(1);
    long number = numbers.getFirst();
    assertThat(number)
        .as("seed %s, writer %s", seed, writer)
        .isBetween(acknowledged[writer], acknowledged[writer] + 2);
    acknowledged[writer] = number;
    var last =
        store.history(
            MAIN, CrashWriter.groupId(writer, 0), CrashWriter.NUMBER, Span.ALWAYS, true, 50);
    for (int i = 0; i < last.size(); i++)
      assertThat(last.get(i).attribute().eventTime().getEpochSecond())
          .as("seed %s, writer %s", seed, writer)
          .isEqualTo(number - i);
  }

  /// Every position once, every atomic write whole.
  private void feed(RocksStore store) {
    var entries = store.feed(checkedTo, Integer.MAX_VALUE);
    for (FeedEntry entry : entries) {
      assertThat(entry.position()).as("seed %s", seed).isEqualTo(checkedTo.next());
      checkedTo = entry.position();
      assertThat(entry.changes().size())
          .as("seed %s, %s", seed, entry.position())
          .isIn(1, CrashWriter.GROUP);
    }
    assertThat(checkedTo).as("seed %s", seed).isEqualTo(store.head());
  }
}
