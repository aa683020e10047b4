package plaza.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import plaza.bench.load.Connection;
import plaza.bench.load.Load;
import plaza.bench.load.ServerProcess;

/// What a context broker is asked all day, on 100,000 entities of about 800 bytes.
final class BrokerLoads {
  private static final String API = "/ngsi-ld/v1";
  private static final String JSON = "application/json";
  private static final int CONNECTIONS = 32;
  private static final int HISTORIES = 500;
  private static final int INSTANCES = 120;

  private final ServerProcess server;
  private final Report report;
  private final int entities;
  private final Duration warmUp;
  private final Duration measured;
  private final Load load;

  BrokerLoads(ServerProcess server, Report report, int entities, Duration measured) {
    this.server = server;
    this.report = report;
    this.entities = entities;
    this.warmUp = measured.dividedBy(2);
    this.measured = measured;
    this.load = new Load(server.port(), CONNECTIONS);
  }

  void run() throws IOException, InterruptedException {
    fill();
    histories();
    var numbers = new AtomicLong();
    figure(
        "retrieve by id",
        load.run(
            warmUp,
            measured,
            numbers,
            n -> get("/entities/" + Subjects.id(random(n).nextInt(entities)))),
        15_000,
        25_000);
    figure(
        "query type + q range, 20 of many",
        load.run(
            warmUp,
            measured,
            numbers,
            n -> {
              int low = random(n).nextInt(30);
              return get(
                  "/entities?type="
                      + Subjects.TYPE
                      + "&limit=20&q=availableBikeNumber%3E="
                      + low
                      + ";availableBikeNumber%3C="
                      + (low + 5));
            }),
        3_000,
        8_000);
    figure("geo near, 20 results", load.run(warmUp, measured, numbers, this::near), 1_500, 5_000);
    figure(
        "last 100 values of one attribute",
        load.run(
            warmUp,
            measured,
            numbers,
            n ->
                get(
                    "/temporal/entities/"
                        + Subjects.id(random(n).nextInt(Math.min(HISTORIES, entities)))
                        + "?attrs=availableBikeNumber&lastN=100&options=temporalValues"
                        + "&timerel=after&timeAt=2020-01-01T00:00:00Z")),
        3_000,
        8_000);
    figure(
        "patch one attribute",
        load.run(
            warmUp,
            measured,
            numbers,
            n ->
                Connection.request(
                    "PATCH",
                    API
                        + "/entities/"
                        + Subjects.id(random(n).nextInt(entities))
                        + "/attrs/availableBikeNumber",
                    JSON,
                    Subjects.patch(n))),
        6_000,
        15_000);
    var fresh = new AtomicLong(10_000_000);
    figure(
        "create one entity",
        load.run(
            warmUp,
            measured,
            fresh,
            n -> Connection.request("POST", API + "/entities", JSON, Subjects.entity(n))),
        5_000,
        10_000);
    var batches = load.run(warmUp, measured, numbers, this::upsert);
    report.add(
        new Figure(
            "batch upsert of 100",
            batches.perSecond() * 100,
            "entities/s",
            15_000,
            40_000,
            true,
            note(batches)));
  }

  private byte[] upsert(long n) {
    long first = random(n).nextInt(Math.max(1, entities / 100)) * 100L;
    return Connection.request(
        "POST", API + "/entityOperations/upsert", JSON, Subjects.batch(first, 100));
  }

  private void fill() throws IOException {
    long start = System.nanoTime();
    try (var connection = new Connection(server.port())) {
      for (int first = 0; first < entities; first += 500)
        expect(
            connection,
            Connection.request(
                "POST",
                API + "/entityOperations/create",
                JSON,
                Subjects.batch(first, Math.min(500, entities - first))));
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    report.add(
        new Figure(
            "resident memory, " + entities + " entities",
            server.residentMegabytes(),
            "MB",
            1_000,
            500,
            false,
            String.format(Locale.ROOT, "right after loading them at %,.0f/s", entities / seconds)));
  }

  private void histories() throws IOException {
    try (var connection = new Connection(server.port())) {
      for (int n = 0; n < Math.min(HISTORIES, entities); n++) {
        var instances = new StringBuilder("{\"availableBikeNumber\":[");
        for (int i = 0; i < INSTANCES; i++)
          instances
              .append(i == 0 ? "" : ",")
              .append("{\"type\":\"Property\",\"value\":")
              .append(i % 40)
              .append(
                  String.format(
                      Locale.ROOT,
                      ",\"observedAt\":\"2026-05-%02dT%02d:00:00Z\"}",
                      1 + i / 24,
                      i % 24));
        expect(
            connection,
            Connection.request(
                "POST",
                API + "/temporal/entities/" + Subjects.id(n) + "/attrs",
                JSON,
                instances.append("]}").toString().getBytes(StandardCharsets.UTF_8)));
      }
    }
  }

  private static void expect(Connection connection, byte[] request) throws IOException {
    var body = new ByteArrayOutputStream();
    int status = connection.exchange(request, body);
    if (status / 100 != 2)
      throw new IOException(
          "the server answered " + status + ": " + body.toString(StandardCharsets.UTF_8));
  }

  private byte[] near(long n) {
    long at = random(n).nextInt(entities);
    return get(
        String.format(
            Locale.ROOT,
            "/entities?type=%s&limit=20&georel=near%%3BmaxDistance==800&geometry=Point"
                + "&coordinates=%%5B%.5f,%.5f%%5D",
            Subjects.TYPE,
            Subjects.longitude(at),
            Subjects.latitude(at)));
  }

  private static byte[] get(String path) {
    return Connection.request("GET", API + path, null, null);
  }

  private static SplittableRandom random(long n) {
    return new SplittableRandom(n * 0x9E3779B97F4A7C15L);
  }

  private void figure(String name, Load.Result result, double must, double aim) {
    report.add(new Figure(name, result.perSecond(), "/s", must, aim, true, note(result)));
  }

  private static String note(Load.Result result) {
    return String.format(
        Locale.ROOT,
        "p50 %.2f ms, p99 %.2f ms%s",
        result.p50Millis(),
        result.p99Millis(),
        result.failures() == 0 ? "" : ", " + result.failures() + " FAILED");
  }
}
