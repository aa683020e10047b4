package plaza.ngsild.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plaza.graph.Value;
import plaza.testkit.TestCity;

/// Kill -9 at random moments: what was acknowledged is told, in order, at least once.
class DeliveryCrashTest {
  private static final int KILLS = 6;

  @Test
  void everyAcknowledgedChangeIsToldWhateverIsKilled(@TempDir Path folder) throws Exception {
    long seed = System.nanoTime();
    var random = new Random(seed);
    // Refuses now and then, so that something always waits.
    try (var receiver = new TestReceiver(count -> count % 10 == 9 ? 503 : 200)) {
      long acknowledged = 0;
      for (int i = 0; i < KILLS; i++) {
        var city = start(folder, receiver.url(), acknowledged + 1);
        try (var out = reader(city)) {
          var first = out.readLine();
          assertThat(first).as("seed %d", seed).isNotNull();
          acknowledged = Long.parseLong(first);
          long until = System.nanoTime() + random.nextLong(20_000_000, 400_000_000);
          while (System.nanoTime() < until) acknowledged = Long.parseLong(out.readLine());
          // By its handle: the process would close its output, and with it what it still says.
          city.toHandle().destroyForcibly();
          for (var line = out.readLine(); line != null; line = out.readLine())
            acknowledged = Long.parseLong(line);
        }
        city.waitFor();
      }
      var city = start(folder, receiver.url(), acknowledged + 1);
      try {
        verify(receiver, acknowledged, seed);
      } finally {
        city.destroyForcibly();
      }
    }
  }

  private static void verify(TestReceiver receiver, long acknowledged, long seed)
      throws InterruptedException {
    var told = new TreeSet<Long>();
    long highest = 0;
    while (highest <= acknowledged) {
      var next = receiver.got.poll(20, TimeUnit.SECONDS);
      assertThat(next).as("seed %d: after %d of %d", seed, highest, acknowledged).isNotNull();
      for (var entity : next.data()) {
        var bikes = (Value.Struct) ((Value.Struct) entity).members().get(TestCity.BIKES);
        long number = ((Value.Whole) bikes.members().get("value")).number();
        // A repetition may come, a gap may not.
        assertThat(number).as("seed %d", seed).isLessThanOrEqualTo(highest + 2);
        told.add(number);
        highest = Math.max(highest, number);
      }
    }
    for (long number = 1; number <= acknowledged; number++)
      assertThat(told).as("seed %d", seed).contains(number);
  }

  private static Process start(Path folder, String url, long first) throws Exception {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseCompactObjectHeaders",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                CrashingCity.class.getName(),
                folder.resolve("store").toString(),
                url,
                Long.toString(first)))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static BufferedReader reader(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }
}
