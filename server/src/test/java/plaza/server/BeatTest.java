package plaza.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import plaza.ledger.store.StoreFailure;

class BeatTest {
  @Test
  void aTimeThatFailsIsNotTheLast() throws Exception {
    var times = new CountDownLatch(3);
    try (var beat =
        new Beat(
            "test",
            Duration.ofMillis(1),
            () -> {
              times.countDown();
              if (times.getCount() == 2) throw new StoreFailure("the database is away");
              if (times.getCount() == 1) throw new AssertionError("a bug");
            })) {
      beat.start();
      assertThat(times.await(60, TimeUnit.SECONDS)).isTrue();
    }
  }
}
