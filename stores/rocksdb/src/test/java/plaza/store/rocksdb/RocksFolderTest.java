package plaza.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plaza.testkit.TestCity.BIKES;
import static plaza.testkit.TestCity.DAAN;
import static plaza.testkit.TestCity.STATION;
import static plaza.testkit.TestCity.XINYI;
import static plaza.testkit.TestCity.daan;
import static plaza.testkit.TestCity.xinyi;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plaza.graph.Address;
import plaza.graph.Attribute;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.graph.query.Condition;
import plaza.graph.query.Operand;
import plaza.graph.query.Query;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Note;
import plaza.ledger.store.Position;
import plaza.ledger.store.Span;
import plaza.ledger.store.StoreFailure;
import plaza.testkit.Commits;
import plaza.testkit.StoreOracle;
import plaza.testkit.TestCity;

class RocksFolderTest {
  private static final Layer MAIN = Layer.of(Address.DEFAULT);

  @TempDir Path folder;

  @Test
  void whatWasStoredIsThereAfterTheStoreIsOpenedAgain() {
    try (var store = open(folder)) {
      Commits.append(store, MAIN, new Edit.Create(xinyi(7)), new Edit.Create(daan(2)));
      Commits.append(store, MAIN, new Edit.Delete(DAAN));
      store.keep("link.a", List.of(new Note("offset", new byte[] {17})));
      store.trimFeed(new Position(1));
    }
    try (var store = open(folder)) {
      assertThat(store.head()).isEqualTo(new Position(2));
      assertThat(store.feedStart()).isEqualTo(new Position(1));
      assertThat(store.find(MAIN, XINYI).orElseThrow().entity().findValue(BIKES))
          .contains(Value.of(7));
      assertThat(store.types(MAIN)).containsExactly(STATION);
      assertThat(store.count(MAIN, Query.type(STATION))).hasValue(1);
      assertThat(store.note("link.a", "offset")).contains(new byte[] {17});
      Commits.append(store, MAIN, new Edit.Put(xinyi(8)));
      assertThat(store.history(MAIN, XINYI, BIKES, Span.ALWAYS, false, 10)).hasSize(2);
      assertThat(store.verify()).isEmpty();
    }
  }

  @Test
  void aCityByChanceSurvivesBeingOpenedAgainAndAgain() {
    StoreOracle oracle = null;
    for (int i = 0; i < 5; i++) {
      try (var store = open(folder)) {
        oracle = oracle == null ? new StoreOracle(store, 11) : oracle.on(store);
        oracle.compareAll();
        oracle.change(60);
        oracle.ask(20);
      }
    }
  }

  @Test
  void aFolderOfANewerPlazaIsRefused() throws IOException {
    open(folder).close();
    Files.writeString(folder.resolve("format"), "plaza-rocksdb 99\n");

    assertThatThrownBy(() -> open(folder))
        .isInstanceOf(StoreFailure.class)
        .hasMessageContaining("written by a newer Plaza (format 99)")
        .hasMessageContaining(folder.toString());
  }

  @Test
  void aFolderOfAnOlderPlazaBecomesOneOfThis() throws IOException {
    var ends = TestCity.NOON.plusSeconds(1);
    try (var store = open(folder)) {
      Commits.append(store, MAIN, new Edit.Create(TestCity.xinyi(7).ending(ends)));
    }
    // The first format knew no timers.
    try (var engine = new Engine(folder, RocksOptions.DEFAULT)) {
      var batch = new Batch();
      batch.deleteRange(Family.TIMERS, new byte[] {0}, new byte[] {(byte) 0xff});
      engine.write(batch);
    }
    Files.writeString(folder.resolve("format"), "plaza-rocksdb 1\n");
    try (var store = open(folder)) {
      assertThat(store.due(ends, 10)).hasSize(1);
      assertThat(store.verify()).isEmpty();
    }

    assertThat(folder.resolve("format")).hasContent("plaza-rocksdb " + DataFolder.FORMAT + "\n");
  }

  @Test
  void typedValuesOfAnOlderFolderAreFoundByWhatTheyHold() throws IOException {
    var text = Value.of("2018-12-04T12:00:00Z");
    var typed = new Value.Struct(Map.of("@type", Value.of("DateTime"), "@value", text));
    var isThen =
        new Condition.Test(
            plaza.graph.query.Path.of("urn:tested"),
            Condition.Operator.EQUAL,
            List.of(new Operand.Exactly(text)));
    try (var store = open(folder)) {
      var tested = Attribute.of("urn:tested", typed);
      Commits.append(store, MAIN, new Edit.Create(xinyi(7).with(List.of(tested))));
    }
    // The second format had no row for what a typed value holds.
    try (var engine = new Engine(folder, RocksOptions.DEFAULT)) {
      var batch = new Batch();
      batch.deleteRange(Family.VALUES, new byte[] {0}, new byte[] {(byte) 0xff});
      engine.write(batch);
    }
    Files.writeString(folder.resolve("format"), "plaza-rocksdb 2\n");
    try (var store = open(folder)) {
      try (var found = store.scan(MAIN, Query.type(STATION).where(isThen), false)) {
        assertThat(found.next().id()).isEqualTo(XINYI);
      }
      assertThat(store.verify()).isEmpty();
    }
  }

  @Test
  void aFolderThatDoesNotSayItsFormatIsRefused() throws IOException {
    open(folder).close();
    Files.delete(folder.resolve("format"));

    assertThatThrownBy(() -> open(folder))
        .isInstanceOf(StoreFailure.class)
        .hasMessageContaining("lacks the file 'format'");
  }

  @Test
  void aFolderInUseIsRefused() throws Exception {
    try (var _ = open(folder)) {
      assertThatThrownBy(() -> open(folder))
          .isInstanceOf(StoreFailure.class)
          .hasMessageContaining("in use by another process");
    }
    var other = Jvm.start(HoldsTheStore.class, folder.toString());
    try {
      assertThat(other.inputReader().readLine()).isEqualTo("open");
      assertThatThrownBy(() -> open(folder))
          .isInstanceOf(StoreFailure.class)
          .hasMessageContaining("the data folder " + folder + " is in use by another process");
    } finally {
      other.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
    open(folder).close();
  }

  /// Another process that has the store open until it is killed.
  static final class HoldsTheStore {
    public static void main(String[] folder) throws InterruptedException {
      try (var _ = open(Path.of(folder[0]))) {
        System.out.println("open");
        Thread.sleep(60_000);
      }
    }
  }

  @Test
  void aBackupTakenWhileItRunsOpensAsTheStoreWas(@TempDir Path elsewhere) {
    var copy = elsewhere.resolve("a").resolve("b");
    try (var store = open(folder)) {
      Commits.append(store, MAIN, new Edit.Create(xinyi(7)));
      store.backup(copy);
      Commits.append(store, MAIN, new Edit.Put(xinyi(1)));
      assertThatThrownBy(() -> store.backup(copy))
          .isInstanceOf(StoreFailure.class)
          .hasMessageContaining("is not empty");
    }
    try (var restored = open(copy)) {
      assertThat(restored.head()).isEqualTo(new Position(1));
      assertThat(restored.find(MAIN, XINYI).orElseThrow().entity().findValue(BIKES))
          .contains(Value.of(7));
      assertThat(restored.verify()).isEmpty();
    }
  }

  @Test
  void verifyFindsADamagedFile() throws IOException {
    try (var store = open(folder)) {
      for (int i = 0; i < 2_000; i++)
        Commits.append(
            store,
            MAIN,
            new Edit.Create(TestCity.station(STATION + ":" + i, 121, 25, i, TestCity.NOON)));
    }
    // Opening sorts the log into a file; damage its middle.
    try (var store = open(folder)) {
      store.backup(folder.resolve("copy"));
    }
    var damaged = new ArrayList<Path>();
    try (var files = Files.list(folder.resolve("copy").resolve("rocksdb"))) {
      files.filter(file -> file.toString().endsWith(".sst")).forEach(damaged::add);
    }
    assertThat(damaged).isNotEmpty();
    for (var file : damaged) damage(file);
    List<String> faults;
    try (var store = open(folder.resolve("copy"))) {
      faults = store.verify();
    } catch (StoreFailure failure) {
      faults = List.of(String.valueOf(failure.getMessage()));
    }
    assertThat(faults).isNotEmpty();
  }

  private static void damage(Path path) throws IOException {
    // A copy shares its files with the original until one of them is replaced.
    var own = path.resolveSibling(path.getFileName() + ".own");
    Files.copy(path, own);
    Files.move(own, path, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    try (var file = new RandomAccessFile(path.toFile(), "rw")) {
      file.seek(file.length() / 4);
      int was = file.read();
      file.seek(file.length() / 4);
      file.write(was ^ 0xff);
    }
  }

  @Test
  void aClosedStoreSaysSo() {
    var store = open(folder);
    Commits.append(store, MAIN, new Edit.Create(xinyi(7)));
    store.close();
    store.close();

    assertThatThrownBy(() -> store.find(MAIN, XINYI))
        .isInstanceOf(StoreFailure.class)
        .hasMessageContaining("is closed");
    assertThatThrownBy(() -> Commits.append(store, MAIN, new Edit.Create(xinyi(1))))
        .isInstanceOf(StoreFailure.class);
  }

  private static RocksStore open(Path folder) {
    return RocksStore.open(folder, RocksOptions.DEFAULT);
  }
}
