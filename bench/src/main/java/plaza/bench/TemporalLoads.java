package plaza.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import plaza.bench.load.Connection;
import plaza.bench.load.ServerProcess;

/// What looking back costs: aggregates of long histories, over HTTP.
///
/// Readings come as sensors send them, few at a time, so that they lie row by row; and as an
/// archive is loaded, many at a time.
final class TemporalLoads {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final int SECONDS_APART = 30;

  private final ServerProcess server;
  private final Report report;
  private final int rounds;
  private final int scale;

  /// @param scale what part of the readings to take: 1 for all, 10 for a tenth
  TemporalLoads(ServerProcess server, Report report, int rounds, int scale) {
    this.server = server;
    this.report = report;
    this.rounds = rounds;
    this.scale = scale;
  }

  void run() throws IOException {
    try (var connection = new Connection(server.port())) {
      var point = "urn:ngsi-ld:Sensor:point";
      fill(connection, point, 10_000 / scale, 3);
      report.add(
          measure(
              connection,
              "10,000 points into five-minute buckets",
              point(point, 10_000 / scale, "PT5M"),
              50,
              20));
      var single = "urn:ngsi-ld:Sensor:single";
      fill(connection, single, 100_000 / scale, 3);
      report.add(
          measure(
              connection,
              "100,000 instances, sent by threes, hourly",
              point(single, 100_000 / scale, "PT1H"),
              100,
              50));
      var archive = "urn:ngsi-ld:Sensor:archive";
      fill(connection, archive, 100_000 / scale, 1_000);
      report.add(
          measure(
              connection,
              "100,000 instances, sent by thousands, hourly",
              point(archive, 100_000 / scale, "PT1H"),
              100,
              30));
      for (int i = 0; i < 100; i++)
        fill(connection, "urn:ngsi-ld:Meter:" + i, 1_000 / scale, 100, "Meter");
      report.add(
          measure(
              connection,
              "100,000 instances of 100 entities, hourly",
              "/ngsi-ld/v1/temporal/entities?type=Meter&limit=100&" + asked(1_000 / scale, "PT1H"),
              100,
              50));
    }
  }

  private static String point(String id, int readings, String period) {
    return "/ngsi-ld/v1/temporal/entities/" + id + "?" + asked(readings, period);
  }

  private static String asked(int readings, String period) {
    return "attrs=load&timerel=between&timeAt="
        + START
        + "&endTimeAt="
        + at(readings)
        + "&options=aggregatedValues&aggrMethods=avg,max,totalCount&aggrPeriodDuration="
        + period;
  }

  private static Instant at(int reading) {
    return START.plusSeconds((long) reading * SECONDS_APART);
  }

  private static void fill(Connection connection, String id, int readings, int together)
      throws IOException {
    fill(connection, id, readings, together, "Sensor");
  }

  private static void fill(
      Connection connection, String id, int readings, int together, String type)
      throws IOException {
    for (int from = 0; from < readings; from += together) {
      var body = new StringBuilder("{\"id\":\"").append(id).append("\",\"type\":\"").append(type);
      body.append("\",\"load\":[");
      for (int i = from; i < Math.min(readings, from + together); i++)
        body.append(i == from ? "" : ",")
            .append("{\"value\":")
            .append(i * 7919 % 1000 / 10.0)
            .append(",\"observedAt\":\"")
            .append(at(i))
            .append("\"}");
      var bytes = body.append("]}").toString().getBytes(StandardCharsets.UTF_8);
      int status =
          connection.exchange(
              Connection.request(
                  "POST", "/ngsi-ld/v1/temporal/entities", "application/json", bytes));
      if (status / 100 != 2) throw new IOException("readings of " + id + ": " + status);
    }
  }

  private Figure measure(Connection connection, String name, String path, double must, double aim)
      throws IOException {
    var request = Connection.request("GET", path, null, null);
    var times = new double[rounds];
    long bytes = 0;
    // The first answers find a server that has only just learned the work.
    for (int i = -rounds / 2; i < rounds; i++) {
      var body = new ByteArrayOutputStream();
      long start = System.nanoTime();
      int status = connection.exchange(request, body);
      if (i >= 0) times[i] = (System.nanoTime() - start) / 1e6;
      if (status != 200) throw new IOException(name + ": " + status);
      bytes = body.size();
    }
    Arrays.sort(times);
    return new Figure(
        name,
        times[(int) (rounds * 0.95)],
        "ms",
        must,
        aim,
        false,
        String.format(
            Locale.ROOT,
            "p95 of %d, median %.1f ms, %d kB",
            rounds,
            times[rounds / 2],
            bytes / 1024));
  }
}
