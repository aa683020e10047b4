package plaza.bench.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A Plaza server as its users start it, in a process of its own.
public final class ServerProcess implements AutoCloseable {
  private final Process process;
  private final int port;
  private final Duration startTime;

  private ServerProcess(Process process, int port, Duration startTime) {
    this.process = process;
    this.port = port;
    this.startTime = startTime;
  }

  /// Runs `plaza COMMAND… --port 0 --data FOLDER` and waits for its ready line.
  public static ServerProcess start(Path home, Path data, Duration patience, String... command)
      throws IOException {
    var words = new ArrayList<>(List.of(home.resolve("plaza").toString()));
    words.addAll(List.of(command));
    words.addAll(List.of("--port", "0", "--data", data.toString()));
    long begin = System.nanoTime();
    var builder = new ProcessBuilder(words);
    Files.createDirectories(data.toAbsolutePath().getParent());
    builder.redirectError(data.resolveSibling(data.getFileName() + ".log").toFile());
    var process = builder.start();
    var lines = new BufferedReader(process.inputReader(StandardCharsets.UTF_8));
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("ready http://")) {
        var took = Duration.ofNanos(System.nanoTime() - begin);
        Thread.ofVirtual().start(() -> drain(lines));
        return new ServerProcess(process, port(line), took);
      }
      if (System.nanoTime() - begin > patience.toNanos()) break;
    }
    process.destroy();
    throw new IOException(String.join(" ", words) + " did not become ready; see its log");
  }

  private static void drain(BufferedReader lines) {
    try {
      while (lines.readLine() != null) {}
    } catch (IOException closed) {
      // The server has ended.
    }
  }

  private static int port(String readyLine) {
    return Integer.parseInt(readyLine.replaceFirst(".*:(\\d+).*", "$1"));
  }

  public int port() {
    return port;
  }

  public Duration startTime() {
    return startTime;
  }

  /// What the process holds in memory now, shared pages counted in.
  public double residentMegabytes() throws IOException {
    for (var line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")))
      if (line.startsWith("VmRSS:")) return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
    return Double.NaN;
  }

  /// As `kill -9` does, and waits until it is gone.
  public void kill() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) process.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
