package plaza.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import plaza.bench.load.Connection;
import plaza.bench.load.ServerProcess;
import plaza.bench.world.Words;
import plaza.bench.world.World;
import plaza.bench.world.WorldWriter;

/// What the programme of a large city costs, over HTTP on the whole server: lists, similar needs,
/// the mayor's figures, steps.
///
/// One after the other on one connection: it is the time that somebody waits.
final class ProgrammeLoads {
  private static final long SEED = 20_260_601;
  private static final List<String> LANGUAGES = List.of("zh-TW", "en", "ja", "es");
  private static final List<String> COLLECTIONS =
      List.of(
          "needs",
          "clusters",
          "challenges",
          "proposals",
          "reviews",
          "pilots",
          "indicators",
          "grants",
          "lessons",
          "places",
          "bookings",
          "innovation-clusters",
          "events",
          "rounds",
          "commitments",
          "disbursements",
          "services");

  private final Path home;
  private final Path data;
  private final Report report;
  private final World.Size size;
  private final int rounds;
  private final SplittableRandom random = new SplittableRandom(SEED);

  ProgrammeLoads(Path home, Path data, Report report, boolean quick) {
    this.home = home;
    this.data = data;
    this.report = report;
    this.size = quick ? World.Size.QUICK : World.Size.WHOLE;
    this.rounds = quick ? 20 : 100;
  }

  void run() throws IOException {
    var world = WorldWriter.write(data, size, SEED, Instant.now());
    report.add(
        new Figure(
            "programme: write the world",
            world.seconds(),
            "s",
            600,
            300,
            false,
            String.format(Locale.ROOT, "%,d records with their chain", world.entities())));
    try (var server = ServerProcess.start(home, data, Duration.ofMinutes(10), "run")) {
      start(server);
      try (var connection = new Connection(server.port())) {
        lists(connection, world);
        pages(connection, world);
        similar(connection);
        figures(connection);
        steps(connection, world);
      }
      memory(server);
    }
  }

  private void start(ServerProcess server) {
    report.add(
        new Figure(
            "programme: start with it",
            server.startTime().toMillis() / 1e3,
            "s",
            30,
            10,
            false,
            "process start to ready line"));
  }

  private void lists(Connection connection, World world) throws IOException {
    for (var collection : COLLECTIONS) {
      var path = "/api/v1/" + collection;
      list(connection, "GET " + path, world.keys().get("pmo"), _ -> path);
    }
    for (var who : Arrays.asList(null, "resident", "pmo")) {
      var key = who == null ? null : world.keys().get(who);
      var as = who == null ? " (anybody)" : " (" + who + ")";
      list(connection, "needs, deep" + as, key, i -> needs("offset=" + i * size.needs() / 120));
      list(connection, "needs, by state" + as, key, i -> needs("state=PUBLISHED&offset=" + i * 20));
      list(connection, "needs, by field" + as, key, i -> needs("field=TRA&offset=" + i * 100));
      list(
          connection,
          "needs, supported" + as,
          key,
          i -> needs("sort=supporters&offset=" + i * 900));
      list(connection, "needs, by title" + as, key, i -> needs("sort=title&offset=" + i * 900));
      list(connection, "needs, said" + as, key, _ -> needs("q=" + said(1)));
      list(connection, "needs, near" + as, key, _ -> needs("near=" + place()));
    }
    list(connection, "needs, 1,000 of them", null, i -> needs("limit=1000&offset=" + i * 1_000));
  }

  private static String needs(String query) {
    return "/api/v1/needs?" + query;
  }

  private String said(int words) {
    var language = LANGUAGES.get(random.nextInt(LANGUAGES.size()));
    return URLEncoder.encode(Words.text(language, random, words), StandardCharsets.UTF_8);
  }

  private String place() {
    return String.format(
        Locale.ROOT,
        "%.5f,%.5f",
        121.45 + random.nextDouble() * 0.2,
        24.96 + random.nextDouble() * 0.2);
  }

  private void pages(Connection connection, World world) throws IOException {
    for (var page : List.of("/needs", "/pilots", "/places", "/services", "/lessons"))
      list(connection, "page " + page, null, _ -> page);
    list(connection, "page /needs, said", null, _ -> "/needs?q=" + said(1));
    for (var collection : COLLECTIONS)
      list(
          connection,
          "page /records/" + collection,
          world.keys().get("pmo"),
          i -> "/records/" + collection + "?page=" + (1 + i % 5));
    list(connection, "page /records", world.keys().get("pmo"), _ -> "/records");
  }

  private void list(
      Connection connection, String name, @Nullable String key, IntFunction<String> path)
      throws IOException {
    get(connection, "programme: " + name, key, 100, 50, path);
  }

  private void similar(Connection connection) throws IOException {
    for (var language : LANGUAGES)
      for (boolean near : new boolean[] {false, true})
        get(
            connection,
            "programme: similar needs, " + language + (near ? ", near" : ""),
            null,
            50,
            20,
            i -> {
              var text =
                  Words.title(language, random) + "\n" + Words.text(language, random, i % 30);
              var place = place().split(",", 2);
              return "/api/v1/needs/similar?text="
                  + URLEncoder.encode(text, StandardCharsets.UTF_8)
                  + (near ? "&longitude=" + place[0] + "&latitude=" + place[1] : "");
            });
  }

  private void figures(Connection connection) throws IOException {
    var figures = "/api/v1/indicators/programme";
    get(connection, "programme: the figures", null, 300, 100, _ -> figures);
    get(
        connection,
        "programme: the figures of a year",
        null,
        300,
        100,
        _ -> figures + "?from=2025-01-01&until=2026-01-01");
    get(connection, "programme: the mayor's page", null, 300, 100, _ -> "/mayor");
  }

  private void steps(Connection connection, World world) throws IOException {
    var submitted = world.submitted();
    var published = world.published();
    step(
        connection,
        "publish",
        world.keys().get("moderator"),
        i -> "/api/v1/needs/" + submitted.get(i) + "/transitions/publish",
        "{}");
    step(
        connection,
        "acknowledge",
        world.keys().get("departmentOfficer"),
        i -> "/api/v1/needs/" + submitted.get(i) + "/transitions/acknowledge",
        "{\"department\":\"" + world.department() + "\",\"answer\":\"We look into it\"}");
    step(
        connection,
        "support (anybody)",
        null,
        i -> "/api/v1/needs/" + published.get(i * 7) + "/supports",
        "");
    step(
        connection,
        "support (resident)",
        world.keys().get("resident"),
        i -> "/api/v1/needs/" + published.get(i) + "/supports",
        "");
    step(
        connection,
        "state a need",
        null,
        i -> "/api/v1/needs",
        "{\"title\":\"More benches by the river\",\"language\":\"en\"}");
    step(
        connection,
        "decline",
        world.keys().get("departmentOfficer"),
        i -> "/api/v1/needs/" + submitted.get(i) + "/transitions/decline",
        "{\"publicReason\":\"" + "It is done elsewhere already. ".repeat(4).strip() + "\"}");
  }

  private void step(
      Connection connection,
      String name,
      @Nullable String key,
      IntFunction<String> path,
      String body)
      throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    measure(
        connection,
        "programme: step, " + name,
        10,
        5,
        i -> Connection.request("POST", path.apply(i), "application/json" + header(key), bytes));
  }

  private void get(
      Connection connection,
      String name,
      @Nullable String key,
      double must,
      double aim,
      IntFunction<String> path)
      throws IOException {
    measure(
        connection,
        name,
        must,
        aim,
        i -> Connection.request("GET", path.apply(i), "text/plain" + header(key), null));
  }

  private static String header(@Nullable String key) {
    return key == null ? "" : "\r\nX-API-Key: " + key;
  }

  private void measure(
      Connection connection, String name, double must, double aim, IntFunction<byte[]> request)
      throws IOException {
    int warmUp = rounds / 10;
    var times = new double[rounds];
    long bytes = 0;
    for (int i = 0; i < warmUp + rounds; i++) {
      var sent = request.apply(i);
      var body = new ByteArrayOutputStream();
      long start = System.nanoTime();
      int status = connection.exchange(sent, body);
      if (i >= warmUp) times[i - warmUp] = (System.nanoTime() - start) / 1e6;
      if (status / 100 != 2)
        throw new IOException(name + ": " + status + " " + body.toString(StandardCharsets.UTF_8));
      bytes = body.size();
    }
    Arrays.sort(times);
    report.add(
        new Figure(
            name,
            at(times, 0.95),
            "ms",
            must,
            aim,
            false,
            String.format(
                Locale.ROOT,
                "p95 of %d; p50 %.1f, p99 %.1f ms, %d kB",
                rounds,
                at(times, 0.5),
                at(times, 0.99),
                bytes / 1024)));
  }

  private static double at(double[] sorted, double share) {
    return sorted[Math.min(sorted.length - 1, (int) (sorted.length * share))];
  }

  private void memory(ServerProcess server) throws IOException {
    report.add(
        new Figure(
            "programme: memory after all this",
            server.residentMegabytes(),
            "MB",
            1_500,
            800,
            false,
            "resident, native caches of the store counted in"));
  }
}
