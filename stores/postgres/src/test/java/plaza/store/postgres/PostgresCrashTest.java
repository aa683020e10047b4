package plaza.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plaza.testkit.Eventually.eventually;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import plaza.graph.Address;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.graph.change.Write;
import plaza.ledger.Actor;
import plaza.ledger.Feed;
import plaza.ledger.Ledger;
import plaza.ledger.Limits;
import plaza.ledger.Policy;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Position;
import plaza.ledger.store.StoreFailure;
import plaza.testkit.Commits;
import plaza.testkit.Postgres;
import plaza.testkit.TestCity;

/// Cuts the database off in the middle of appends, again and again, and looks whether every promise
/// was kept. More cuts: `-Dplaza.crashes=100`.
class PostgresCrashTest {
  private static final int CRASHES = Integer.getInteger("plaza.crashes", 6);
  private static final int WRITERS = 4;
  private static final int PAIR = 2;
  private static final Layer MAIN = Layer.of(Address.DEFAULT);
  private static final String NUMBER = "https://crash.example/number";

  private static Postgres server;

  private final long seed = Long.getLong("plaza.seed", System.nanoTime());
  private final Random chance = new Random(seed);
  private final PostgresOptions options = Schemas.on(server);

  @BeforeAll
  static void startServer() {
    server = new Postgres();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  /// The ledger lives on over all of it: it waits for the database, and settles what is not known.
  @Test
  void nothingAcknowledgedIsLostAndNothingIsHalfDoneWhereverTheDatabaseIsCutOff() throws Exception {
    System.out.println("PostgresCrashTest: seed " + seed + ", " + CRASHES + " crashes");
    var acknowledged = ConcurrentHashMap.<String>newKeySet();
    var refused = new AtomicInteger();
    try (var store = PostgresStore.open(options)) {
      var feed = new Feed(store);
      var ledger = new Ledger(store, Policy.OPEN, feed, Limits.DEFAULT, Clock.systemUTC());
      var stop = new AtomicBoolean();
      var writers = new ArrayList<Thread>();
      for (int i = 0; i < WRITERS; i++) {
        int writer = i;
        writers.add(
            Thread.ofVirtual().start(() -> write(ledger, writer, stop, acknowledged, refused)));
      }
      for (int crash = 0; crash < CRASHES; crash++) {
        int before = acknowledged.size();
        eventually(() -> assertThat(acknowledged.size()).isGreaterThan(before + 20));
        Thread.sleep(chance.nextInt(30)); // the moment is left to chance, nothing waits for it
        if (chance.nextBoolean()) {
          server.crash();
          server.start();
        } else Schemas.cutSessions(server);
      }
      int before = acknowledged.size();
      eventually(() -> assertThat(acknowledged.size()).isGreaterThan(before + 20));
      stop.set(true);
      for (var writer : writers) writer.join();
      check(store, acknowledged, refused.get());
      ledger.close();
      feed.close();
    }
    try (var store = PostgresStore.open(options)) {
      check(store, acknowledged, refused.get());
    }
  }

  private static void write(
      Ledger ledger,
      int writer,
      AtomicBoolean stop,
      Set<String> acknowledged,
      AtomicInteger refused) {
    for (int number = 0; !stop.get(); number++) {
      var edits = new ArrayList<Edit>();
      for (int i = 0; i < PAIR; i++) {
        var reading = Attribute.of(NUMBER, Value.of(number), Instant.ofEpochSecond(number));
        edits.add(
            new Edit.Create(Entity.of(id(writer, number, i), "urn:t:Counter", List.of(reading))));
      }
      try {
        ledger.write(Actor.ANONYMOUS, Write.atomic(Address.DEFAULT, edits));
        acknowledged.add(writer + ":" + number);
      } catch (Refusal.Unavailable unavailable) {
        refused.incrementAndGet();
      }
    }
  }

  private static String id(int writer, int number, int member) {
    return "urn:crash:" + writer + ":" + number + ":" + member;
  }

  private void check(PostgresStore store, Set<String> acknowledged, int refused) {
    assertThat(store.verify()).as("seed %s", seed).isEmpty();
    var stored = new HashSet<String>();
    var position = Position.START;
    for (var entry : store.feed(Position.START, Integer.MAX_VALUE)) {
      position = position.next();
      assertThat(entry.position()).as("seed %s", seed).isEqualTo(position);
      assertThat(entry.changes()).as("seed %s", seed).hasSize(PAIR);
      var id = entry.changes().getFirst().entity().id();
      // Told once: nothing was sent a second time that had been stored.
      assertThat(stored.add(id.substring("urn:crash:".length(), id.lastIndexOf(':'))))
          .as("seed %s, %s", seed, id)
          .isTrue();
    }
    assertThat(position).as("seed %s", seed).isEqualTo(store.head());
    assertThat(stored).as("seed %s", seed).containsAll(acknowledged);
    // What nobody heard of may have been stored, and no more than that.
    assertThat(stored.size())
        .as("seed %s", seed)
        .isLessThanOrEqualTo(acknowledged.size() + refused);
    for (var one : acknowledged)
      for (int i = 0; i < PAIR; i++)
        assertThat(store.find(MAIN, "urn:crash:" + one + ":" + i)).as("seed %s", seed).isPresent();
  }

  @Test
  void aStoreOutlivesSessionsThatAreLostWhileNobodyUsesThem() throws SQLException {
    try (var store = PostgresStore.open(options)) {
      Commits.append(store, MAIN, new Edit.Create(TestCity.xinyi(7)));
      assertThat(store.find(MAIN, TestCity.XINYI)).isPresent();
      Schemas.cutSessions(server);
      assertThat(store.find(MAIN, TestCity.XINYI)).isPresent();
      Schemas.cutSessions(server);
      Commits.append(store, MAIN, new Edit.Create(TestCity.daan(1)));
      assertThat(store.head()).isEqualTo(new Position(2));
      assertThat(store.verify()).isEmpty();
    }
  }

  @Test
  void whoLostTheSchemaToAnotherServerWritesNoMore() throws SQLException {
    try (var store = PostgresStore.open(options)) {
      Commits.append(store, MAIN, new Edit.Create(TestCity.xinyi(7)));
      Schemas.cutSessions(server);
      try (var other = PostgresStore.open(options)) {
        Commits.append(other, MAIN, new Edit.Create(TestCity.daan(1)));
      }
      assertThatThrownBy(() -> Commits.append(store, MAIN, new Edit.Put(TestCity.xinyi(8))))
          .isInstanceOf(StoreFailure.class)
          .hasMessageContaining("opened by another server meanwhile");
    }
    try (var store = PostgresStore.open(options)) {
      assertThat(store.head()).isEqualTo(new Position(2));
    }
  }

  @Test
  void aDatabaseThatLacksWhatWasAcknowledgedIsNotWrittenTo() throws SQLException {
    try (var store = PostgresStore.open(options)) {
      for (int i = 0; i < 3; i++) Commits.append(store, MAIN, new Edit.Put(TestCity.xinyi(i)));
      try (var session = DriverManager.getConnection(options.url(), Postgres.USER, "");
          var statement = session.createStatement()) {
        statement.execute("delete from " + options.schema() + ".feed where position > 1");
      }
      Schemas.cutSessions(server);
      assertThatThrownBy(() -> Commits.append(store, MAIN, new Edit.Put(TestCity.xinyi(8))))
          .isInstanceOf(StoreFailure.class)
          .hasMessageContaining("ends at position 1, but 3 was acknowledged");
    }
  }
}
