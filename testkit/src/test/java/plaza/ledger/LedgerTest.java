package plaza.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plaza.testkit.TestCity.BIKES;
import static plaza.testkit.TestCity.DAAN;
import static plaza.testkit.TestCity.NOON;
import static plaza.testkit.TestCity.STATION;
import static plaza.testkit.TestCity.XINYI;
import static plaza.testkit.TestCity.bikes;
import static plaza.testkit.TestCity.daan;
import static plaza.testkit.TestCity.xinyi;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import plaza.graph.Address;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.graph.change.Outcome;
import plaza.graph.change.Write;
import plaza.ledger.store.FeedEntry;
import plaza.ledger.store.Position;
import plaza.testkit.TestCity;

class LedgerTest {
  private final TestCity city = new TestCity();

  @AfterEach
  void close() {
    city.close();
  }

  @Test
  void anAcknowledgedWriteIsInTheStoreWithItsPosition() {
    var receipt = city.write(new Edit.Create(xinyi(7)));

    assertThat(receipt.position()).isEqualTo(new Position(1));
    assertThat(city.get(XINYI).version()).isEqualTo(1);
    assertThat(city.get(XINYI).createdAt()).isEqualTo(receipt.at());
  }

  @Test
  void oneBadEditRefusesTheWholeAtomicWrite() {
    assertThatThrownBy(() -> city.write(new Edit.Create(xinyi(7)), new Edit.Delete(DAAN)))
        .isInstanceOf(Refusal.NotFound.class)
        .hasMessageContaining(DAAN);

    assertThat(city.store.head()).isEqualTo(Position.START);
    assertThat(city.reader.find(Actor.ANONYMOUS, Address.DEFAULT, XINYI)).isEmpty();
  }

  @Test
  void inABatchEachEditStandsAlone() {
    var receipt =
        city.ledger.write(
            Actor.ANONYMOUS,
            Write.each(
                Address.DEFAULT,
                List.of(new Edit.Create(xinyi(7)), new Edit.Delete(DAAN), new Edit.Put(xinyi(8)))));

    assertThat(receipt.outcomes().get(0)).isInstanceOf(Outcome.Done.class);
    assertThat(receipt.outcomes().get(1)).isInstanceOf(Outcome.Refused.class);
    assertThat(receipt.outcomes().get(2)).isInstanceOf(Outcome.Done.class);
    assertThat(city.get(XINYI).findValue(BIKES)).contains(Value.of(8));
    assertThat(city.store.head()).isEqualTo(new Position(1));
  }

  @Test
  void aLaterEditSeesWhatAnEarlierOneDid() {
    city.write(
        new Edit.Create(xinyi(7)),
        new Edit.ReplaceAttribute(XINYI, bikes(6, NOON)),
        new Edit.Delete(XINYI),
        new Edit.Create(xinyi(5)));

    assertThat(city.get(XINYI).findValue(BIKES)).contains(Value.of(5));
    assertThat(city.store.feed(Position.START, 10).getFirst().changes()).hasSize(4);
  }

  @Test
  void aWriteThatChangesNothingHasNoCommit() {
    city.write(new Edit.Create(xinyi(7)));
    var receipt = city.write(new Edit.Expect(XINYI, 1));

    assertThat(receipt.position()).isEqualTo(new Position(1));
    assertThat(city.store.head()).isEqualTo(new Position(1));
  }

  @Test
  void anExpectedVersionThatHasPassedRefusesTheWrite() {
    city.write(new Edit.Create(xinyi(7)));
    city.write(new Edit.Put(xinyi(8)));

    assertThatThrownBy(() -> city.write(new Edit.Expect(XINYI, 1), new Edit.Put(xinyi(9))))
        .isInstanceOf(Refusal.Conflict.class)
        .hasMessageContaining("version 2");
    assertThat(city.get(XINYI).findValue(BIKES)).contains(Value.of(8));
  }

  @Test
  void manyWritersAtOnceLoseNothingAndTheFeedHasNoGap() throws Exception {
    city.write(new Edit.Create(xinyi(0)));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var done = new ArrayList<java.util.concurrent.Future<Receipt>>();
      for (int i = 0; i < 500; i++) {
        var id = STATION + ":" + i;
        done.add(
            threads.submit(
                () -> city.write(new Edit.Create(TestCity.station(id, 121.5, 25, 1, NOON)))));
      }
      for (var one : done) one.get();
    }

    assertThat(city.store.feed(Position.START, 1_000).stream().map(FeedEntry::position))
        .hasSize(501)
        .doesNotHaveDuplicates()
        .isSorted();
  }

  @Test
  void ofTwoWritersThatCreateTheSameOneIsRefused() {
    var first =
        city.ledger.submit(
            Actor.ANONYMOUS, Write.atomic(Address.DEFAULT, new Edit.Create(xinyi(1))));
    var second =
        city.ledger.submit(
            Actor.ANONYMOUS, Write.atomic(Address.DEFAULT, new Edit.Create(xinyi(2))));

    assertThat(first.join().position()).isEqualTo(new Position(1));
    assertThatThrownBy(second::join).hasCauseInstanceOf(Refusal.AlreadyExists.class);
  }

  @Test
  void everyWriteIsLaterThanTheOneBeforeEvenWhenTheClockStandsStill() {
    var first = city.write(new Edit.Create(xinyi(7)));
    var second = city.write(new Edit.Put(xinyi(8)));

    assertThat(second.at()).isAfter(first.at());
  }

  @Test
  void timeGoesOnAfterARestartWithAClockSetBack() {
    var last = city.write(new Edit.Create(xinyi(7)));
    city.ledger.close();
    var setBack = Clock.fixed(NOON.minusSeconds(3_600), ZoneOffset.UTC);
    try (var again = new Ledger(city.store, Policy.OPEN, city.feed, Limits.DEFAULT, setBack)) {
      var next =
          again.write(Actor.ANONYMOUS, Write.atomic(Address.DEFAULT, new Edit.Put(xinyi(8))));
      assertThat(next.at()).isAfter(last.at());
    }
  }

  @Test
  void aTimeThatNoStoreCanKeepIsRefusedBeforeItIsWritten() {
    assertThatThrownBy(() -> bikes(1, Instant.parse("+300000-01-01T00:00:00Z")))
        .isInstanceOf(Refusal.Invalid.class)
        .hasMessageContaining("years 0 to 9999");
  }

  @Test
  void namesOfPlazaItselfAreNotForEverybody() {
    var secret = Attribute.of(Names.PRIVATE + "token", Value.of("x"));

    assertThatThrownBy(
            () -> city.write(new Edit.Create(Entity.of(XINYI, STATION, List.of(secret)))))
        .isInstanceOf(Refusal.Forbidden.class);
  }

  @Test
  void whoWritesWhileTheLedgerClosesIsAnswered() throws Exception {
    for (int round = 0; round < 20; round++) {
      var closing = new TestCity();
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var writers = new ArrayList<java.util.concurrent.Future<?>>();
        for (int i = 0; i < 50; i++)
          writers.add(
              threads.submit(() -> {
                try {
                  while (true) closing.write(new Edit.Put(xinyi(1)));
                } catch (Refusal.Unavailable stopping) {
                  return;
                }
              }));
        Thread.sleep(10);
        closing.close();
        for (var writer : writers) writer.get(60, TimeUnit.SECONDS);
      }
    }
  }

  @Test
  void aConsumerContinuesWhereItStopped() throws Exception {
    city.write(new Edit.Create(xinyi(1)));
    var seen = new CopyOnWriteArrayList<Long>();
    var two = new CountDownLatch(2);
    var following = city.feed.follow("meter", Position.START, noting(seen, two));
    city.write(new Edit.Put(xinyi(2)));
    assertThat(two.await(60, TimeUnit.SECONDS)).isTrue();
    following.close();
    city.write(new Edit.Put(xinyi(3)));
    var third = new CountDownLatch(1);
    try (var again = city.feed.follow("meter", Position.START, noting(seen, third))) {
      assertThat(third.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(again.name()).isEqualTo("meter");
    }
    assertThat(seen).containsExactly(1L, 2L, 3L);
  }

  @Test
  void aConsumerThatFailsIsAskedAgainWithTheSame() throws Exception {
    var seen = new CopyOnWriteArrayList<Long>();
    var done = new CompletableFuture<Void>();
    try (var _ =
        city.feed.follow(
            "shaky",
            Position.START,
            entries -> {
              seen.add(entries.getFirst().position().number());
              if (seen.size() == 1) throw new IllegalStateException("not yet");
              done.complete(null);
              return List.of();
            })) {
      city.write(new Edit.Create(daan(1)));
      done.get(60, TimeUnit.SECONDS);
    }
    assertThat(seen).startsWith(1L, 1L);
  }

  @Test
  void aConsumerOutlivesABug() throws Exception {
    var turns = new CountDownLatch(2);
    try (var _ =
        city.feed.follow(
            "buggy",
            Position.START,
            _ -> {
              turns.countDown();
              if (turns.getCount() == 1) throw new AssertionError("a bug");
              return List.of();
            })) {
      city.write(new Edit.Create(daan(1)));
      assertThat(turns.await(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aConsumerFarBehindIsServedFromTheStoreWithoutGap() throws Exception {
    var readings = new ArrayList<Attribute>();
    for (int i = 0; i < 2_000; i++) readings.add(bikes(i, NOON.plusSeconds(i)));
    for (int i = 0; i < 100; i++) city.write(new Edit.Observe(Entity.of(XINYI, STATION, readings)));
    var seen = new CopyOnWriteArrayList<Long>();
    var all = new CountDownLatch(100);
    try (var _ = city.feed.follow("late", Position.START, noting(seen, all))) {
      assertThat(all.await(60, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(seen).hasSize(100).isSorted().doesNotHaveDuplicates();
  }

  private static Feed.Consumer noting(List<Long> seen, CountDownLatch latch) {
    return entries -> {
      for (var entry : entries) {
        seen.add(entry.position().number());
        latch.countDown();
      }
      return List.of();
    };
  }

  @Test
  void aClosingLedgerFinishesWhatItWasGiven() {
    var done =
        city.ledger.submit(
            Actor.ANONYMOUS, Write.atomic(Address.DEFAULT, new Edit.Create(xinyi(1))));
    city.ledger.close();

    assertThat(done).succeedsWithin(Duration.ofSeconds(5));
    assertThatThrownBy(() -> city.write(new Edit.Create(daan(1))))
        .isInstanceOf(Refusal.Unavailable.class);
  }
}
