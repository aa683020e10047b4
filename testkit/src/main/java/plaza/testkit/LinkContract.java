package plaza.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static plaza.testkit.Eventually.eventually;
import static plaza.testkit.TestCity.DAAN;
import static plaza.testkit.TestCity.NOON;
import static plaza.testkit.TestCity.XINYI;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import plaza.graph.Address;
import plaza.graph.Value;
import plaza.ledger.Policy;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Span;

/// What every kind of link must keep, whatever its island: nothing lost, nothing doubled, every
/// rejection visible, and healthy only while its data is fresh.
///
/// Extend it with one class per kind, whose [Subject] plays the island and runs the link.
public abstract class LinkContract {
  /// How old the newest reading may be in the link under test.
  protected static final Duration FRESHNESS = Duration.ofMinutes(10);

  protected final StumblingStore store = new StumblingStore(new MemoryStore());
  protected final MovableClock clock = new MovableClock(NOON);
  protected final TestCity city = new TestCity(store, Policy.OPEN);
  private Subject subject;

  /// An island and the link to it. The link maps what the island says of a station to an entity of
  /// type [TestCity#STATION] with [TestCity#BIKES] observed at the moment it was said of.
  protected interface Subject {
    /// Starts the link, or starts it again after [#stop].
    void start() throws Exception;

    /// The process stops; the island goes on.
    void stop() throws Exception;

    void pause();

    void resume();

    /// The island says how many bikes a station had.
    void say(String station, long bikes, Instant at) throws Exception;

    /// The island says what no mapping understands.
    void sayNonsense(String text) throws Exception;

    /// The island says something while the link runs; it is committed, and the island never learns
    /// that it was. Returns when it was said again, or may be.
    void sayWithoutHearingTheAcknowledgement(String station, long bikes, Instant at)
        throws Exception;

    boolean healthy();

    List<String> deadLetters();

    /// Frees everything, the island too.
    void end() throws Exception;
  }

  protected abstract Subject subject() throws Exception;

  @BeforeEach
  void open() throws Exception {
    subject = subject();
  }

  @AfterEach
  void close() throws Exception {
    store.full(false);
    subject.end();
    city.close();
  }

  @Test
  void whatTheIslandSaysBecomesPartOfTheCity() throws Exception {
    subject.start();
    subject.say(XINYI, 7, NOON);
    subject.say(DAAN, 3, NOON);

    eventually(() -> assertThat(bikes(XINYI)).containsExactly(7L));
    eventually(() -> assertThat(bikes(DAAN)).containsExactly(3L));
    assertThat(city.get(XINYI).find(TestCity.BIKES).orElseThrow().observedAt()).isEqualTo(NOON);
  }

  @Test
  void nonsenseIsADeadLetterAndTheRestGoesOn() throws Exception {
    subject.start();
    subject.say(XINYI, 7, NOON);
    subject.sayNonsense("<<< bikes? >>>");
    subject.say(DAAN, 3, NOON);

    eventually(() -> assertThat(bikes(DAAN)).containsExactly(3L));
    eventually(() ->
        assertThat(subject.deadLetters()).singleElement().asString().contains("<<< bikes? >>>"));
    assertThat(bikes(XINYI)).containsExactly(7L);
  }

  @Test
  void aDeadLetterIsDeadOnlyOnceAndOutlivesARestart() throws Exception {
    subject.start();
    subject.sayNonsense("<<< bikes? >>>");
    eventually(() -> assertThat(subject.deadLetters()).hasSize(1));

    subject.stop();
    subject.start();
    subject.say(DAAN, 3, NOON);

    eventually(() -> assertThat(bikes(DAAN)).containsExactly(3L));
    assertThat(subject.deadLetters()).hasSize(1);
  }

  @Test
  void whileTheDiskIsFullNothingIsAcknowledgedAndNothingIsLost() throws Exception {
    subject.start();
    subject.say(XINYI, 1, NOON);
    eventually(() -> assertThat(bikes(XINYI)).containsExactly(1L));

    store.full(true);
    subject.say(XINYI, 2, NOON.plusSeconds(60));
    subject.say(XINYI, 3, NOON.plusSeconds(120));
    eventually(() -> assertThat(store.refused()).isPositive());
    assertThat(bikes(XINYI)).containsExactly(1L);
    store.full(false);

    eventually(() -> assertThat(bikes(XINYI)).containsExactly(1L, 2L, 3L));
    assertThat(subject.deadLetters()).isEmpty();
  }

  @Test
  void aStopBetweenDeliveryAndCommitLosesNothing() throws Exception {
    subject.start();
    store.full(true);
    subject.say(XINYI, 2, NOON);
    eventually(() -> assertThat(store.refused()).isPositive());
    subject.stop();
    store.full(false);
    assertThat(bikes(XINYI)).isEmpty();

    subject.start();

    eventually(() -> assertThat(bikes(XINYI)).containsExactly(2L));
  }

  @Test
  void whatIsSaidAgainIsStoredOnce() throws Exception {
    subject.start();
    subject.sayWithoutHearingTheAcknowledgement(XINYI, 2, NOON);
    subject.say(XINYI, 5, NOON.plusSeconds(60));

    eventually(() -> assertThat(bikes(XINYI)).containsExactly(2L, 5L));
  }

  @Test
  void aRestartGoesOnWhereTheLinkStopped() throws Exception {
    subject.start();
    subject.say(XINYI, 2, NOON);
    eventually(() -> assertThat(bikes(XINYI)).containsExactly(2L));
    subject.stop();
    subject.say(XINYI, 5, NOON.plusSeconds(60));
    subject.start();

    eventually(() -> assertThat(bikes(XINYI)).containsExactly(2L, 5L));
  }

  @Test
  void aPausedLinkStoresNothingUntilItIsResumed() throws Exception {
    subject.start();
    subject.say(XINYI, 2, NOON);
    eventually(() -> assertThat(bikes(XINYI)).containsExactly(2L));
    subject.pause();
    subject.say(XINYI, 5, NOON.plusSeconds(60));
    Thread.sleep(300);
    assertThat(bikes(XINYI)).containsExactly(2L);
    subject.resume();

    eventually(() -> assertThat(bikes(XINYI)).containsExactly(2L, 5L));
  }

  @Test
  void itIsHealthyWhileItsNewestReadingIsFreshAndNotLonger() throws Exception {
    subject.start();
    subject.say(XINYI, 2, NOON);
    eventually(() -> assertThat(bikes(XINYI)).hasSize(1));
    eventually(() -> assertThat(subject.healthy()).isTrue());

    clock.advance(FRESHNESS.plusSeconds(1));
    assertThat(subject.healthy()).as("connected, but silent").isFalse();

    subject.say(XINYI, 3, NOON.plusMillis(500));
    eventually(() -> assertThat(bikes(XINYI)).hasSize(2));
    assertThat(subject.healthy()).as("what came was old").isFalse();

    subject.say(XINYI, 4, clock.instant());
    eventually(() -> assertThat(subject.healthy()).isTrue());
  }

  /// Every reading in the history of a station, by its time.
  protected List<Long> bikes(String station) {
    return store
        .history(Layer.of(Address.DEFAULT), station, TestCity.BIKES, Span.ALWAYS, false, 1_000)
        .stream()
        .map(recorded -> recorded.attribute().content())
        .map(content ->
            content instanceof plaza.graph.Content.Property(Value.Whole(long number))
                ? number
                : -1L)
        .toList();
  }
}
