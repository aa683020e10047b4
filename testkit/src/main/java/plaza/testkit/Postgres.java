package plaza.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static plaza.testkit.Eventually.eventually;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A PostgreSQL of Debian's on a free port of the loopback, with its data in a folder that goes
/// with it. Nothing is made quick at the cost of the disk: what it acknowledges is synced.
public final class Postgres implements AutoCloseable {
  /// Who owns the server; anybody who reaches the port is let in.
  public static final String USER = "plaza";

  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
  private static final AtomicInteger SCHEMAS = new AtomicInteger();
  private static @Nullable Postgres shared;

  private final Path programs;
  private final Path folder;
  private final int port;
  private @Nullable Process server;

  /// Makes a new server and starts it.
  public Postgres() {
    try {
      programs = programs();
      folder = Files.createTempDirectory("plaza-postgres");
      if (isRoot())
        Files.setOwner(
            folder,
            folder
                .getFileSystem()
                .getUserPrincipalLookupService()
                .lookupPrincipalByName("postgres"));
      port = Mosquitto.freePort();
      var made =
          start(
              "initdb",
              List.of(
                  "-D",
                  data(),
                  "-U",
                  USER,
                  "-A",
                  "trust",
                  "-E",
                  "UTF8",
                  "--locale=C",
                  "--no-sync"));
      assertThat(made.waitFor()).as(this::log).isZero();
      start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    // It must not outlive a test run that is cut short.
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
  }

  /// One for all tests of this process that do not stop it.
  public static synchronized Postgres shared() {
    if (shared == null) shared = new Postgres();
    return shared;
  }

  /// The newest that is installed.
  private static Path programs() throws IOException {
    if (Files.isDirectory(DEBIAN))
      try (var versions = Files.list(DEBIAN)) {
        var newest =
            versions
                .map(version -> version.resolve("bin"))
                .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                .max(Comparator.comparing(Path::toString));
        if (newest.isPresent()) return newest.get();
      }
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .map(Path::of)
        .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
        .findFirst()
        .orElseThrow(() ->
            new AssertionError(
                "tests with PostgreSQL need its server: apt-get install postgresql"));
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  /// Starts the server again, in its data as they were left.
  public void start() {
    try {
      server =
          start(
              "postgres",
              List.of(
                  "-D",
                  data(),
                  "-c",
                  "port=" + port,
                  "-c",
                  "listen_addresses=127.0.0.1",
                  "-c",
                  "unix_socket_directories=",
                  "-c",
                  "shared_buffers=64MB"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    eventually(() -> assertThat(log()).contains("ready to accept connections"));
    eventually(() -> assertThat(answers()).as(this::log).isTrue());
  }

  /// PostgreSQL does not run as root.
  private Process start(String program, List<String> arguments) throws IOException {
    var command = new ArrayList<String>();
    if (isRoot())
      command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"));
    command.add(programs.resolve(program).toString());
    command.addAll(arguments);
    Files.deleteIfExists(folder.resolve("log"));
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log").toFile())
        .start();
  }

  private boolean answers() {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("log"));
    } catch (IOException e) {
      return "";
    }
  }

  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  /// A name that no other test of this process uses.
  public static String freshSchema() {
    return "city_" + SCHEMAS.incrementAndGet();
  }

  /// Ends the server without letting it finish anything, as a power cut does: `pg_ctl stop -m
  /// immediate`.
  public void crash() {
    var running = server;
    if (running == null) return;
    server = null;
    try {
      new ProcessBuilder("kill", "-QUIT", Long.toString(running.pid())).start().waitFor();
      if (!running.waitFor(20, TimeUnit.SECONDS)) running.destroyForcibly().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    crash();
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
    } catch (IOException | UncheckedIOException e) {
      // A folder that another close has deleted already.
    }
  }
}
