package plaza.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static plaza.testkit.TestCity.BIKES;
import static plaza.testkit.TestCity.NOON;
import static plaza.testkit.TestCity.STATION;
import static plaza.testkit.TestCity.XINYI;
import static plaza.testkit.TestCity.bikes;
import static plaza.testkit.TestCity.daan;
import static plaza.testkit.TestCity.xinyi;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import plaza.graph.Address;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.change.Edit;
import plaza.ledger.store.Layer;
import plaza.testkit.Commits;

/// Damages a store row by row, behind its back, and asks whether it notices.
class VerifierTest {
  private static final Layer MAIN = Layer.of(Address.DEFAULT);

  @TempDir Path folder;

  @BeforeEach
  void fill() {
    try (var store = open()) {
      var readings = new ArrayList<Attribute>();
      for (int i = 0; i < 10; i++) readings.add(bikes(i, NOON.plusSeconds(i)));
      Commits.append(
          store,
          MAIN,
          new Edit.Create(xinyi(7)),
          new Edit.Create(daan(1).ending(NOON.plusSeconds(9))));
      Commits.append(store, MAIN, new Edit.Observe(Entity.of(XINYI, STATION, readings)));
      Commits.append(store, MAIN, new Edit.Put(xinyi(3)));
      assertThat(store.verify()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "STATE, index",
    "TYPES, is missing from the index TYPES",
    "VALUES, is missing from the index VALUES",
    "PLACES, is missing from the index PLACES",
    "TIMERS, is missing from the index TIMERS",
    "HISTORY, instances",
    "RUNS, instances",
    "KNOWN, a history that is not known of",
    "FEED, the feed goes on at"
  })
  void aLostRowIsMissed(Family family, String sentence) {
    damage(family, false);

    assertThat(faults()).anySatisfy(fault -> assertThat(fault).contains(sentence));
  }

  @ParameterizedTest
  @CsvSource({
    "STATE, cannot be read",
    "VALUES, or other ones",
    "HISTORY, cannot be read",
    "RUNS, cannot be read",
    "FEED, cannot be read"
  })
  void aRowOfNonsenseIsFound(Family family, String sentence) {
    damage(family, true);

    assertThat(faults()).anySatisfy(fault -> assertThat(fault).contains(sentence));
  }

  @Test
  void whatIsInTheStateAndNotInTheHistoryIsNamed() {
    damage(Family.HISTORY, false);
    damage(Family.HISTORY, false);
    damage(Family.HISTORY, false);
    damage(Family.HISTORY, false);

    assertThat(faults()).anySatisfy(fault -> assertThat(fault).contains("is not in its history"));
  }

  /// Takes away a family's first row, or replaces what it holds.
  private void damage(Family family, boolean replace) {
    try (var engine = new Engine(folder, RocksOptions.DEFAULT)) {
      var batch = new Batch();
      try (var view = engine.view()) {
        var rows = view.iterator(family, new byte[] {(byte) 0xff});
        rows.seekToFirst();
        assertThat(rows.isValid()).isTrue();
        if (replace) batch.put(family, rows.key(), new byte[] {99});
        else batch.delete(family, rows.key());
      }
      engine.write(batch);
    }
  }

  private List<String> faults() {
    try (var store = open()) {
      assertThat(store.find(MAIN, BIKES)).isEmpty();
      return store.verify();
    }
  }

  private RocksStore open() {
    return RocksStore.open(folder, RocksOptions.DEFAULT);
  }
}
