package plaza.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plaza.graph.Address;
import plaza.ledger.Actor;
import plaza.ledger.store.Span;

/// The demo on two days of its data, a few rows of them broken.
class DemoTest {
  private static final Path REAL = Path.of("data/taipei");
  private static final String BIKES =
      "https://uri.etsi.org/ngsi-ld/default-context/availableBikeNumber";
  private static final String STATION = "urn:ngsi-ld:BikeHireDockingStation:500101001";

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void whatCanBeReadIsThereOnceAndWhatCannotIsKeptAside() throws Exception {
    slice();
    long loaded;
    try (var demo = demo("--speed", "0")) {
      var said = prepare(demo);
      assertThat(said).contains(keptAside().size() + " kept aside");
      loaded = readings(demo);
      assertThat(loaded).isGreaterThan(20_000);
    }
    assertThat(keptAside())
        .anyMatch(line -> line.contains("total must be a whole number, not 'x'"))
        .anyMatch(line -> line.contains("infoTime must look like"))
        .anyMatch(line -> line.contains("it has 2 cells, not 5"))
        .anyMatch(line -> line.contains("the register has no station 999999999"));
    try (var demo = demo("--speed", "0")) {
      assertThat(prepare(demo)).isEmpty();
      assertThat(readings(demo)).isEqualTo(loaded);
    }
  }

  @Test
  void theRestOfTheLastDayHappensAgainAndThenStops() throws Exception {
    slice();
    try (var demo = demo("--replay-from", "23", "--speed", "3600")) {
      prepare(demo);
      long before = readings(demo);
      var url = demo.serve();
      assertThat(state(url)).contains("\"cityTime\"");
      long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (!state(url).contains("\"ended\"") && System.nanoTime() < end) Thread.sleep(200);
      assertThat(state(url)).contains("\"ended\"").contains("The readings are real");
      assertThat(readings(demo)).isGreaterThan(before);
      assertThat(get(url, "/ngsi-ld/v1/entities/" + STATION).body()).contains("2025-05-12T15:");
    }
  }

  @Test
  void everyPartOfTheCastGetsInWithItsOwnSecrets() throws Exception {
    slice();
    var file = folder.resolve("data/demo-credentials.json");
    String first;
    try (var demo = demo("--speed", "0")) {
      prepare(demo);
      first = Files.readString(file);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(first)
          .contains("\"resident\"", "\"pmo\"", "\"dataSteward\"", "\"auditor\"", "\"admin\"");
      var url = demo.serve();
      var key = first.substring(first.indexOf("plz_"), first.indexOf('"', first.indexOf("plz_")));
      assertThat(send(url, "/api/v1/needs", key).statusCode()).isEqualTo(200);
      assertThat(get(url, "/ngsi-ld/v1/entities?type=District&limit=20").body())
          .contains("內湖區")
          .contains("Neihu District");
      assertThat(post(url, "/ngsi-ld/v1/entities").statusCode()).isEqualTo(401);
    }
    Files.delete(file);
    try (var demo = demo("--speed", "0")) {
      prepare(demo);
      assertThat(Files.readString(file)).isNotEqualTo(first).contains("\"resident\"");
    }
  }

  /// Two days, the places, and some rows that nobody can use.
  private void slice() throws IOException {
    var to = folder.resolve("open/taipei");
    Files.createDirectories(to.resolve("youbike/slots"));
    try (var files = Files.list(REAL)) {
      for (var file : files.filter(Files::isRegularFile).toList())
        Files.copy(file, to.resolve(file.getFileName()));
    }
    Files.copy(REAL.resolve("youbike/sites.csv.gz"), to.resolve("youbike/sites.csv.gz"));
    var last = "youbike/slots/2025-05-12.csv.gz";
    Files.copy(REAL.resolve(last), to.resolve(last));
    var broken = "youbike/slots/2025-05-11.csv.gz";
    try (var in = new GZIPInputStream(Files.newInputStream(REAL.resolve(broken)));
        var out = new GZIPOutputStream(Files.newOutputStream(to.resolve(broken)))) {
      in.transferTo(out);
      out.write(
          """
          500101001,x,1,2,2025-05-11 10:00:00
          500101001,28,1,27,yesterday
          500101001,28
          999999999,28,1,27,2025-05-11 10:00:00
          """
              .getBytes(StandardCharsets.UTF_8));
    }
  }

  private Demo demo(String... flags) throws IOException {
    var arguments = new ArrayList<String>();
    arguments.addAll(
        List.of(
            "--port",
            "0",
            "--story",
            "false",
            "--data",
            folder.resolve("data").toString(),
            "--open-data",
            folder.resolve("open").toString()));
    arguments.addAll(List.of(flags));
    return Demo.open(DemoSettings.of(Map.of(), arguments));
  }

  private static String prepare(Demo demo) throws IOException {
    var said = new ByteArrayOutputStream();
    demo.prepare(new PrintStream(said, true, StandardCharsets.UTF_8));
    return said.toString(StandardCharsets.UTF_8);
  }

  private static long readings(Demo demo) {
    long[] count = {0};
    demo.city()
        .reader()
        .series(
            Actor.of("urn:plaza:test").through("test"),
            Address.DEFAULT,
            BIKES,
            Span.between(Instant.EPOCH, null),
            (_, _, _) -> count[0]++);
    return count[0];
  }

  private List<String> keptAside() throws IOException {
    var lines = Files.readAllLines(folder.resolve("data/demo-kept-aside.csv"));
    return lines.subList(1, lines.size());
  }

  private String state(String url) throws Exception {
    for (int i = 0; i < 50; i++) {
      var answer = get(url, "/ngsi-ld/v1/entities/urn:ngsi-ld:DataReplay:taipei");
      if (answer.statusCode() == 200) return answer.body();
      Thread.sleep(100);
    }
    throw new AssertionError("there is no replay");
  }

  private HttpResponse<String> get(String url, String path) throws Exception {
    return send(url, path, null);
  }

  private HttpResponse<String> post(String url, String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"id\":\"urn:a:1\",\"type\":\"A\"}"))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> send(String url, String path, String key) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(30));
    if (key != null) request.header("X-API-Key", key);
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
