package plaza.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import plaza.bench.load.Connection;
import plaza.bench.load.ServerProcess;

/// What the demo city costs: loading 34 days, starting again, averaging, forking.
final class DemoLoads {
  private static final int ROUNDS = 5;
  private static final Pattern API_KEY =
      Pattern.compile("\"dataSteward\"[^}]*\"apiKey\"\\s*:\\s*\"([^\"]+)\"");

  private final Path home;
  private final Report report;
  private final Duration sandboxTime;

  /// @param sandboxTime how long the city is written to beside a replay
  DemoLoads(Path home, Report report, Duration sandboxTime) {
    this.sandboxTime = sandboxTime;
    this.home = home;
    this.report = report;
  }

  void run(Path folder) throws IOException, InterruptedException {
    var data = folder.resolve("demo");
    try (var server = ServerProcess.start(home, data, Duration.ofMinutes(10), "demo")) {
      report.add(
          new Figure(
              "load the 34 days, to ready",
              seconds(server.startTime()),
              "s",
              120,
              30,
              false,
              String.format(Locale.ROOT, "%.0f MB resident then", server.residentMegabytes())));
      hourlyAverage(server);
      fork(server, data);
      new SandboxLoads(server, data, report, sandboxTime).run();
    }
    var starts = new double[3];
    for (int i = 0; i < starts.length; i++)
      try (var server = ServerProcess.start(home, data, Duration.ofMinutes(2), "demo")) {
        starts[i] = seconds(server.startTime());
      }
    report.add(
        new Figure(
            "start with the demo data",
            NotificationLoad.median(starts),
            "s",
            6,
            2,
            false,
            "median of 3, process start to ready line"));
  }

  private void hourlyAverage(ServerProcess server) throws IOException {
    var request =
        Connection.request(
            "GET",
            "/ngsi-ld/v1/temporal/entities?type=BikeHireDockingStation&attrs=availableBikeNumber"
                + "&timerel=between&timeAt=2025-04-08T16:00:00Z&endTimeAt=2025-05-12T16:00:00Z"
                + "&options=aggregatedValues&aggrMethods=avg&aggrPeriodDuration=PT1H&limit=1000",
            null,
            null);
    var times = new double[ROUNDS];
    long bytes = 0;
    try (var connection = new Connection(server.port())) {
      for (int i = 0; i < ROUNDS; i++) {
        var body = new ByteArrayOutputStream();
        long start = System.nanoTime();
        int status = connection.exchange(request, body);
        times[i] = (System.nanoTime() - start) / 1e6;
        if (status / 100 != 2)
          throw new IOException("hourly average: " + status + " " + text(body));
        bytes = body.size();
      }
    }
    report.add(
        new Figure(
            "hourly average, all readings, 34 days",
            NotificationLoad.median(times),
            "ms",
            2_000,
            200,
            false,
            "median of " + ROUNDS + ", a page of 1,000 stations, " + bytes / 1024 + " kB"));
  }

  private void fork(ServerProcess server, Path data) throws IOException {
    var credentials = Files.readString(data.resolve("demo-credentials.json"));
    var key = API_KEY.matcher(credentials);
    if (!key.find())
      throw new IOException("the demo's credentials have no key of the data steward");
    var times = new double[ROUNDS];
    try (var connection = new Connection(server.port())) {
      for (int i = 0; i < ROUNDS; i++) {
        var body = ("{\"name\":\"bench-" + i + "\"}").getBytes(StandardCharsets.UTF_8);
        var request =
            Connection.request(
                "POST", "/api/v1/branches", "application/json\r\nX-API-Key: " + key.group(1), body);
        var answer = new ByteArrayOutputStream();
        long start = System.nanoTime();
        int status = connection.exchange(request, answer);
        times[i] = (System.nanoTime() - start) / 1e6;
        if (status / 100 != 2) throw new IOException("fork: " + status + " " + text(answer));
      }
    }
    report.add(
        new Figure(
            "fork a branch of the demo city",
            NotificationLoad.median(times),
            "ms",
            50,
            5,
            false,
            "median of " + ROUNDS + ", over HTTP"));
  }

  private static String text(ByteArrayOutputStream body) {
    return body.toString(StandardCharsets.UTF_8);
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }
}
