package plaza.conformance;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A running broker, known by the address of its API.
public final class Broker {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final String url;

  private Broker(String url) {
    this.url = url;
  }

  /// The broker that is checked: the one that `-Dbroker` names, or one started for the occasion.
  public static Broker checked() {
    return Checked.BROKER;
  }

  /// A second one, for what brokers do together.
  public static Broker other() {
    return Other.BROKER;
  }

  private static final class Checked {
    static final Broker BROKER =
        isForeign() ? new Broker(api(System.getProperty("broker"))) : start();
  }

  private static final class Other {
    static final Broker BROKER = start();
  }

  public static boolean isForeign() {
    return !System.getProperty("broker", "").isBlank();
  }

  private static String api(String address) {
    var plain = address.replaceAll("/+$", "");
    return plain.endsWith("/ngsi-ld/v1") ? plain : plain + "/ngsi-ld/v1";
  }

  /// Everything under `/ngsi-ld/v1`, without a slash at the end.
  public String url() {
    return url;
  }

  public Request request(String method, String path) {
    return new Request(method, url + path);
  }

  /// Starts a Plaza on a free port with an empty folder; it ends with this process.
  private static Broker start() {
    try {
      var folder = Files.createTempDirectory("conformance");
      var out = folder.resolve("out");
      var process = launch(folder.resolve("data"), out);
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(() -> {
                process.destroyForcibly();
                delete(folder);
              }));
      return new Broker(api(awaitReady(process, out)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Process launch(Path data, Path out) throws IOException {
    var command = new ArrayList<String>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(
        List.of(
            "-Xmx512m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseCompactObjectHeaders",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                .replace(File.pathSeparator + File.pathSeparator, File.pathSeparator),
            "plaza.server.Main",
            "run",
            "--port",
            "0",
            "--open",
            "--allow-private-hosts",
            "--data",
            data.toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(out.toFile())
        .start();
  }

  private static String awaitReady(Process process, Path out) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end && process.isAlive()) {
      for (var line : Files.readAllLines(out))
        if (line.startsWith("ready ")) return line.substring("ready ".length());
      Checks.pause(Duration.ofMillis(50));
    }
    throw new AssertionError("the broker did not get ready: " + Files.readString(out));
  }

  private static void delete(Path folder) {
    try (var files = Files.walk(folder)) {
      files.sorted(java.util.Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      System.err.println("left behind: " + folder + " (" + e.getMessage() + ")");
    }
  }
}
