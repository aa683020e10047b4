package plaza.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static plaza.testkit.Eventually.eventually;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Debian's mosquitto, on a free port of the loopback, with its memory in a folder. Can be stopped
/// and started again.
public class Mosquitto {
  private static final List<Path> PLACES =
      Stream.concat(
              Stream.of(System.getenv().getOrDefault("PATH", "").split(":")),
              Stream.of("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/sbin"))
          .map(folder -> Path.of(folder, "mosquitto"))
          .toList();

  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private final int port;
  private final Path folder;
  private @Nullable Process process;

  /// @param more lines of configuration
  public Mosquitto(Path folder, List<String> more) throws IOException {
    this.folder = folder;
    this.port = freePort();
    var lines =
        Stream.concat(
            Stream.of(
                "listener " + port + " 127.0.0.1",
                "persistence true",
                "persistence_location " + folder + "/",
                "log_dest stderr",
                "log_type all",
                // By itself it drops what a slow subscriber leaves waiting beyond 1,000 messages.
                "max_queued_messages 0",
                // It drops its rights when root starts it, and the folder with them.
                "user " + System.getProperty("user.name")),
            more.stream());
    Files.write(folder.resolve("mosquitto.conf"), lines.toList());
    start();
  }

  public final int port() {
    return port;
  }

  public final void start() throws IOException {
    var program =
        PLACES.stream()
            .filter(Files::isExecutable)
            .findFirst()
            .orElseThrow(() ->
                new AssertionError(
                    "tests with an MQTT broker need mosquitto: apt-get install mosquitto"));
    Files.deleteIfExists(log());
    var started =
        new ProcessBuilder(program.toString(), "-c", folder.resolve("mosquitto.conf").toString())
            .redirectErrorStream(true)
            .redirectOutput(log().toFile())
            .start();
    process = started;
    // It must not outlive a test run that is cut short.
    Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
    eventually(() -> assertThat(lines("running")).as(this::text).isPositive());
  }

  /// How many lines of the log hold a text.
  public final long lines(String text) {
    return text().lines().filter(line -> line.contains(text)).count();
  }

  private String text() {
    try {
      return Files.readString(log());
    } catch (IOException _) {
      return "";
    }
  }

  private Path log() {
    return folder.resolve("mosquitto.log");
  }

  public void stop() throws InterruptedException {
    var running = process;
    if (running == null) return;
    running.destroy();
    if (!running.waitFor(10, TimeUnit.SECONDS)) running.destroyForcibly().waitFor();
  }

  /// A port that nobody listens on and that this process has not been given before: the system may
  /// hand out the same number twice when it is let go in between.
  public static int freePort() throws IOException {
    while (true) {
      try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        if (GIVEN.add(socket.getLocalPort())) return socket.getLocalPort();
      }
    }
  }
}
