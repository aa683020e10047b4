package plaza.server;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A server in a process of its own, as the launcher starts it, so that it can be killed.
final class RunningServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final Path out;
  private final String url;

  private RunningServer(Process process, Path out, String url) {
    this.process = process;
    this.out = out;
    this.url = url;
  }

  /// Returns when it is ready.
  static RunningServer start(Path logs, String... arguments) throws Exception {
    var out = logs.resolve("out-" + System.nanoTime());
    var process = launch(out, arguments);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      for (var line : Files.readAllLines(out))
        if (line.startsWith("ready "))
          return new RunningServer(process, out, line.substring("ready ".length()));
      if (!process.isAlive()) break;
      Thread.sleep(50);
    }
    process.destroyForcibly();
    throw new AssertionError("the server did not get ready: " + Files.readString(out));
  }

  /// Runs a command to its end.
  static Ended run(Path logs, String... arguments) throws Exception {
    var out = logs.resolve("out-" + System.nanoTime());
    var process = launch(out, arguments);
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the command does not end: " + Files.readString(out));
    }
    return new Ended(process.exitValue(), Files.readString(out));
  }

  record Ended(int code, String output) {}

  private static Process launch(Path out, String... arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(
        List.of(
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                .replace(File.pathSeparator + File.pathSeparator, File.pathSeparator),
            Main.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(out.toFile())
        .start();
  }

  String url() {
    return url;
  }

  int port() {
    return URI.create(url).getPort();
  }

  String output() throws IOException {
    return Files.readString(out);
  }

  HttpResponse<String> get(String path) throws Exception {
    return send(request(path).GET());
  }

  HttpResponse<String> post(String path, String json) throws Exception {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(30));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /// As power loss would, as far as a process can tell.
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /// As an operator would.
  int stop() throws InterruptedException {
    process.destroy();
    return process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    client.close();
  }
}
