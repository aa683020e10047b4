package plaza.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plaza.testkit.Eventually.eventually;
import static plaza.testkit.TestCity.DAAN;
import static plaza.testkit.TestCity.STATION;
import static plaza.testkit.TestCity.XINYI;
import static plaza.testkit.TestCity.daan;
import static plaza.testkit.TestCity.xinyi;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import plaza.graph.Address;
import plaza.graph.change.Edit;
import plaza.graph.query.Query;
import plaza.ledger.store.Layer;
import plaza.ledger.store.StoreFailure;
import plaza.testkit.Commits;
import plaza.testkit.Postgres;

/// A database that goes away: who waits for it and for how long, and what a probe is told.
class PostgresAwayTest {
  private static final Layer MAIN = Layer.of(Address.DEFAULT);
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final Duration LONG = Duration.ofMinutes(2);

  private static Postgres server;

  private final PostgresOptions options = Schemas.on(server);

  @BeforeAll
  static void startServer() {
    server = new Postgres();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  /// The next test finds it running.
  @AfterEach
  void bringBack() {
    server.crash();
    server.start();
  }

  private PostgresOptions waiting(Duration restart, Duration turn) {
    return options.waiting(new PostgresOptions.Patience(restart, turn));
  }

  @Test
  void whoReadsOrWritesWhileTheDatabaseIsStartedAnewWaitsForIt() throws Exception {
    try (var store = PostgresStore.open(waiting(LONG, LONG))) {
      Commits.append(store, MAIN, new Edit.Create(xinyi(7)));
      server.crash();
      var read = CompletableFuture.supplyAsync(() -> store.find(MAIN, XINYI));
      var written =
          CompletableFuture.supplyAsync(
              () -> Commits.append(store, MAIN, new Edit.Create(daan(1))));
      assertThatThrownBy(() -> read.get(SHORT.toMillis(), TimeUnit.MILLISECONDS))
          .isInstanceOf(java.util.concurrent.TimeoutException.class);
      assertThat(written).isNotDone();

      server.start();
      assertThat(read.get(LONG.toSeconds(), TimeUnit.SECONDS)).isPresent();
      written.get(LONG.toSeconds(), TimeUnit.SECONDS);
      assertThat(store.find(MAIN, DAAN)).isPresent();
    }
  }

  @Test
  void whoseWaitingIsOverIsToldSoAndWhoAsksIsToldWithoutWaiting() {
    try (var store = PostgresStore.open(waiting(SHORT, LONG))) {
      Commits.append(store, MAIN, new Edit.Create(xinyi(7)));
      assertThat(store.trouble()).isNull();
      server.crash();

      eventually(() ->
          assertThat(store.trouble())
              .isEqualTo("PostgreSQL cannot be reached")
              .doesNotContain("127.0.0.1"));
      assertThatThrownBy(() -> store.find(MAIN, XINYI))
          .isInstanceOf(StoreFailure.class)
          .hasMessageContaining("cannot be reached");
      assertThatThrownBy(() -> Commits.append(store, MAIN, new Edit.Put(xinyi(8))))
          .isInstanceOf(StoreFailure.class);
      assertThat(store.recover()).isFalse();

      server.start();
      eventually(() -> assertThat(store.trouble()).isNull());
      eventually(() -> assertThat(store.recover()).isTrue());
      Commits.append(store, MAIN, new Edit.Put(daan(1)));
      assertThat(store.verify()).isEmpty();
    }
  }

  @Test
  void whoLostTheSchemaWaitsForItAndNotForEver() throws SQLException {
    try (var store = PostgresStore.open(waiting(SHORT, LONG))) {
      Commits.append(store, MAIN, new Edit.Create(xinyi(7)));
      Schemas.cutSessions(server);
      try (var _ = PostgresStore.open(options)) {
        assertThatThrownBy(() -> Commits.append(store, MAIN, new Edit.Put(xinyi(8))))
            .isInstanceOf(StoreFailure.class)
            .hasMessageContaining("is in use by another server");
        assertThatThrownBy(store::recover)
            .isInstanceOf(StoreFailure.class)
            .hasMessageContaining("is in use by another server");
      }
    }
  }

  @Test
  void whoGetsNoTurnIsToldHowManyThereMayBe() {
    var one =
        new PostgresOptions(
            options.url(),
            options.user(),
            "",
            options.schema(),
            1,
            new PostgresOptions.Patience(LONG, SHORT));
    try (var store = PostgresStore.open(one)) {
      Commits.append(store, MAIN, new Edit.Create(xinyi(7)));
      try (var scan = store.scan(MAIN, Query.type(STATION), false)) {
        var other =
            CompletableFuture.supplyAsync(() -> store.scan(MAIN, Query.type(STATION), false));
        assertThatThrownBy(other::join)
            .hasCauseInstanceOf(StoreFailure.class)
            .hasMessageContaining("scans of PostgreSQL have gone on")
            .hasMessageContaining("allow more connections");
        assertThat(store.find(MAIN, XINYI)).isPresent();
        assertThat(scan.hasNext()).isTrue();
      }
      store.scan(MAIN, Query.type(STATION), false).close();
    }
  }
}
