package plaza.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plaza.testkit.TestCity.NOON;
import static plaza.testkit.TestCity.XINYI;
import static plaza.testkit.TestCity.daan;
import static plaza.testkit.TestCity.xinyi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import plaza.graph.Address;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.ledger.Policy;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Note;
import plaza.ledger.store.Position;
import plaza.ledger.store.StoreFailure;
import plaza.testkit.Commits;
import plaza.testkit.Postgres;
import plaza.testkit.StoreOracle;
import plaza.testkit.TestCity;

/// A schema as a whole: opened twice, by an older server, copied, damaged.
class PostgresSchemaTest {
  private static final Layer MAIN = Layer.of(Address.DEFAULT);

  @TempDir Path folder;

  private final PostgresOptions options = Schemas.fresh();

  @Test
  void aSecondServerIsToldWhoHasTheSchema() {
    try (var _ = PostgresStore.open(options)) {
      assertThatThrownBy(() -> PostgresStore.open(options))
          .isInstanceOf(StoreFailure.class)
          .hasMessageContaining(options.schema())
          .hasMessageContaining("is in use by another server");
    }
    PostgresStore.open(options).close();
  }

  @Test
  void tablesOfANewerPlazaAreLeftAlone() throws SQLException {
    PostgresStore.open(options).close();
    execute("update about set value = 99 where name = 'format'");

    assertThatThrownBy(() -> PostgresStore.open(options))
        .isInstanceOf(StoreFailure.class)
        .hasMessageContaining("newer Plaza (format 99)");
  }

  @Test
  void whoCannotSignInIsToldSo() {
    var stranger = new PostgresOptions(options.url(), "nobody", "hush", options.schema(), 2);

    assertThatThrownBy(() -> PostgresStore.open(stranger))
        .isInstanceOf(StoreFailure.class)
        .hasMessageContaining("nobody")
        .message()
        .doesNotContain("hush");
    assertThat(stranger.toString()).doesNotContain("hush");
  }

  @Test
  void anAddressOrASchemaThatIsNoneIsRefused() {
    assertThatThrownBy(() -> new PostgresOptions("postgres://x", "a", "", "plaza", 2))
        .hasMessageContaining("must begin with jdbc:postgresql:");
    assertThatThrownBy(() -> options.in("Plaza; drop")).hasMessageContaining("small letters");
  }

  @Test
  void aBackupHoldsTheCityAsItWas() {
    var backup = folder.resolve("backup");
    var oracle = open(store -> new StoreOracle(store, 7));
    try (var store = PostgresStore.open(options)) {
      oracle = oracle.on(store);
      oracle.change(60);
      store.keep("link.a", List.of(new Note("k", new byte[] {1})));
      store.backup(backup);
      Commits.append(store, MAIN, new Edit.Put(daan(9)));
    }
    assertThat(PostgresBackup.isThere(backup)).isTrue();

    var elsewhere = Schemas.fresh();
    PostgresBackup.restore(backup, elsewhere);
    try (var store = PostgresStore.open(elsewhere)) {
      oracle.on(store).compareAll();
      assertThat(store.note("link.a", "k")).isPresent();
      oracle = oracle.on(store);
      oracle.change(5);
      oracle.compareAll();
    }
    assertThatThrownBy(() -> PostgresBackup.restore(backup, elsewhere))
        .hasMessageContaining("holds a city already");
    PostgresBackup.delete(elsewhere);
    PostgresBackup.restore(backup, elsewhere);
  }

  @Test
  void aDamagedBackupIsNotRestored() throws IOException {
    var backup = folder.resolve("backup");
    try (var store = PostgresStore.open(options)) {
      Commits.append(store, MAIN, new Edit.Create(xinyi(7)));
      store.backup(backup);
      assertThatThrownBy(() -> store.backup(backup)).hasMessageContaining("is not empty");
    }
    var lines = Files.readAllLines(backup.resolve("format"));
    lines.replaceAll(line -> line.startsWith("state ") ? line.replaceAll("..$", "zz") : line);
    Files.write(backup.resolve("format"), lines);

    var elsewhere = Schemas.fresh();
    assertThatThrownBy(() -> PostgresBackup.restore(backup, elsewhere))
        .hasMessageContaining("state.copy.gz is damaged");
    try (var store = PostgresStore.open(elsewhere)) {
      assertThat(store.head()).isEqualTo(Position.START);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      textBlock =
          """
          update state set body = body || '\\x00' ; is damaged
          update state set gone = not gone ; is damaged
          update state set ends = 5 ; ends at another time
          delete from state ; does not have what feed entry
          delete from lookup where attribute = 0 ; is missing from the table lookup
          delete from lookup where attribute > 0 ; is missing from the table lookup by
          update census set entities = entities + 1 ; the counter of
          update history set body = body || '\\x00' ; is damaged
          update history set number = 1e9 ; counts as another number
          delete from history ; is not in its history
          delete from known ; has a history that is not known of
          update feed set body = body || '\\x00' ; is damaged
          delete from feed where position = 1 ; the feed goes on at 2
          """)
  void whatWasChangedBehindItsBackIsFound(String sql, String sentence) throws SQLException {
    try (var store = PostgresStore.open(options)) {
      Commits.append(store, MAIN, new Edit.Create(xinyi(7)), new Edit.Create(daan(2)));
      Commits.append(
          store, MAIN, new Edit.Put(daan(1).ending(NOON.plusSeconds(9))), new Edit.Put(xinyi(3)));
      assertThat(store.verify()).isEmpty();
      execute(sql);

      assertThat(store.verify()).anyMatch(fault -> fault.contains(sentence));
    }
  }

  @Test
  void anIdThatNoIndexHoldsIsRefusedAndTakesNothingWithIt() {
    var city = new TestCity(PostgresStore.open(options), Policy.OPEN);
    try (city) {
      city.write(new Edit.Create(xinyi(1)));
      var endless = Entity.of("urn:" + "臺".repeat(1_500), "urn:t:T", List.of());
      assertThatThrownBy(() -> city.write(new Edit.Create(endless)))
          .isInstanceOf(Refusal.Invalid.class)
          .hasMessageContaining("2400 bytes");
      assertThat(city.get(XINYI)).isNotNull();
    }
  }

  @Test
  void textsKeepWhatPostgresDoesNot() {
    var odd = "zero \u0000 and \uD83D\uDE80";
    var name = "https://a.example/odd\u0000name";
    try (var store = PostgresStore.open(options)) {
      var attribute = Attribute.of(name, Value.of(odd));
      Commits.append(store, MAIN, new Edit.Create(Entity.of(XINYI, "urn:t:T", List.of(attribute))));
    }
    try (var store = PostgresStore.open(options)) {
      assertThat(store.find(MAIN, XINYI).orElseThrow().entity().findValue(name))
          .contains(Value.of(odd));
      assertThat(store.historyAttributes(MAIN, XINYI)).containsExactly(name);
    }
  }

  private <T> T open(Function<PostgresStore, T> use) {
    try (var store = PostgresStore.open(options)) {
      return use.apply(store);
    }
  }

  private void execute(String sql) throws SQLException {
    try (var session = DriverManager.getConnection(options.url(), Postgres.USER, "");
        var statement = session.createStatement()) {
      statement.execute("set search_path to " + options.schema());
      statement.execute(sql);
    }
  }
}
