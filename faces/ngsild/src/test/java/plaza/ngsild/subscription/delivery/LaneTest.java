package plaza.ngsild.subscription.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import plaza.graph.change.Edit;
import plaza.ledger.store.Position;
import plaza.testkit.TestCity;

/// A lane alone, with a sender and a receiver that are made up.
class LaneTest {
  private static final String KEY = "0123456789abcdef";
  private static final CourierLimits LIMITS =
      new CourierLimits(
          Duration.ofHours(24),
          1_000,
          3,
          Duration.ofMillis(20),
          Duration.ofMillis(200),
          64,
          16,
          1_000,
          100,
          10,
          100);

  private final TestCity city = new TestCity();
  private final CountDownLatch sent = new CountDownLatch(1);

  @AfterEach
  void close() {
    city.close();
  }

  /// It is noon, and stays so: who sleeps must be woken.
  private static final class StandingTime implements Timekeeper {
    @Override
    public Instant instant() {
      return TestCity.NOON;
    }

    @Override
    public void sleepUntil(Instant moment) throws InterruptedException {
      if (moment.isAfter(TestCity.NOON)) Thread.sleep(Duration.ofDays(1));
    }
  }

  private final class Accepting implements Receiver {
    @Override
    public boolean serves(URI endpoint) {
      return true;
    }

    @Override
    public void check(Endpoint endpoint, String contentType, List<Header> headers) {}

    @Override
    public Reply send(Endpoint endpoint, Message message) {
      sent.countDown();
      return new Reply.Accepted();
    }

    @Override
    public void close() {}
  }

  /// Must wait an hour when it is first asked, and not at all from then on; changes just when the
  /// first answer is given.
  private static final class Changing implements Sender {
    private final AtomicReference<Lane> lane = new AtomicReference<>();
    private final AtomicInteger asked = new AtomicInteger();

    @Override
    public Instant earliest(Standing standing) {
      if (asked.getAndIncrement() > 0) return Instant.MIN;
      lane.get().wake();
      return TestCity.NOON.plus(Duration.ofHours(1));
    }

    @Override
    public boolean gathers() {
      return false;
    }

    @Override
    public boolean isOver() {
      return false;
    }

    @Override
    public Endpoint endpoint() {
      return new Endpoint(URI.create("test://receiver"), Duration.ofSeconds(1), null);
    }

    @Override
    public Parcel pack(List<Due> waiting) {
      return new Parcel(new Message("text/plain", List.of(), new byte[0]), 1);
    }
  }

  @Test
  void whoIsWokenBetweenTheQuestionAndTheSleepAsksAgain() throws Exception {
    city.write(new Edit.Create(TestCity.daan(1)));
    var entry = city.feed.read(Position.START, 1).getFirst();
    var sender = new Changing();
    try (var courier =
        new Courier(
            city.store,
            "feed.test",
            city.feed,
            List.of(new Accepting()),
            new StandingTime(),
            LIMITS)) {
      courier.start(Map.of());
      sender.lane.set(courier.open(KEY, sender));
      courier.add(KEY, new Due(entry.position(), 0, new int[] {0}, entry));

      assertThat(sent.await(60, TimeUnit.SECONDS)).isTrue();
    }
  }
}
