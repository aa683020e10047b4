package plaza.store.rocksdb;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import plaza.graph.Address;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.graph.change.Write;
import plaza.ledger.Actor;
import plaza.ledger.Feed;
import plaza.ledger.Ledger;
import plaza.ledger.Limits;
import plaza.ledger.Policy;
import plaza.ledger.store.Layer;

/// The process that [CrashTest] kills: writers that each raise the number of their own group of
/// entities, all of the group in one atomic write, and create single entities in between; some they
/// erase again. Each acknowledged write is a line: its position, the writer, what it wrote.
final class CrashWriter {
  static final int WRITERS = 4;
  static final int GROUP = 5;
  static final String TYPE = "https://crash.example/Counter";
  static final String NUMBER = "https://crash.example/number";

  private CrashWriter() {}

  static String groupId(int writer, int member) {
    return "urn:crash:group:" + writer + ":" + member;
  }

  static String singleId(int writer, long number) {
    return "urn:crash:single:" + writer + ":" + number;
  }

  static String erasedId(int writer, long number) {
    return "urn:crash:erased:" + writer + ":" + number;
  }

  public static void main(String[] arguments) throws InterruptedException {
    var store = RocksStore.open(Path.of(arguments[0]), RocksOptions.DEFAULT);
    long seed = Long.parseLong(arguments[1]);
    var ledger = new Ledger(store, Policy.OPEN, new Feed(store), Limits.DEFAULT, Clock.systemUTC());
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < WRITERS; i++) {
      int writer = i;
      long number =
          store
              .find(Layer.of(Address.DEFAULT), groupId(writer, 0))
              .map(slot -> (long) slot.entity().findValue(NUMBER).orElseThrow().asNumber())
              .orElse(0L);
      threads.add(
          Thread.ofVirtual()
              .start(() -> writeForEver(ledger, writer, number, new Random(seed + writer))));
    }
    for (var thread : threads) thread.join();
  }

  private static void writeForEver(Ledger ledger, int writer, long from, Random chance) {
    for (long number = from + 1; ; number++) {
      var edits = new ArrayList<Edit>();
      for (int i = 0; i < GROUP; i++) edits.add(raise(groupId(writer, i), number));
      write(ledger, writer, "group " + number, edits);
      if (chance.nextInt(3) == 0)
        write(
            ledger,
            writer,
            "single " + number,
            List.of(new Edit.Put(raised(singleId(writer, number), number))));
      if (chance.nextInt(5) == 0) {
        ledger.write(
            Actor.ANONYMOUS,
            Write.atomic(Address.DEFAULT, raise(erasedId(writer, number), number)));
        write(
            ledger,
            writer,
            "erased " + number,
            List.of(new Edit.EraseEvolution(erasedId(writer, number))));
      }
    }
  }

  private static Edit raise(String id, long number) {
    return new Edit.Append(raised(id, number), true, true);
  }

  private static Entity raised(String id, long number) {
    var reading = Attribute.of(NUMBER, Value.of(number), Instant.ofEpochSecond(number));
    return Entity.of(id, TYPE, List.of(reading));
  }

  private static void write(Ledger ledger, int writer, String what, List<Edit> edits) {
    var receipt = ledger.write(Actor.ANONYMOUS, Write.atomic(Address.DEFAULT, edits));
    // One call, one line, one system call: what the parent reads was acknowledged.
    System.out.println(receipt.position().number() + " " + writer + " " + what);
  }
}
