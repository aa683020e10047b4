package plaza.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import plaza.bench.load.Connection;
import plaza.bench.load.Load;
import plaza.bench.load.ServerProcess;

/// What a sandbox of the demo city's pilot replays as fast as it may, and what the city's own
/// writes notice of it.
final class SandboxLoads {
  private static final Duration WARM_UP = Duration.ofSeconds(2);
  private static final int WRITERS = 8;
  private static final Pattern PILOT =
      Pattern.compile(
          "\"id\":\"(urn:ngsi-ld:Pilot:[^\"]+)\",\"type\":\"Pilot\",\"state\":\"ACTIVE\"");

  private final ServerProcess server;
  private final Report report;
  private final String credentials;
  private final Duration time;
  private final AtomicLong numbers = new AtomicLong();

  SandboxLoads(ServerProcess server, Path data, Report report, Duration time) throws IOException {
    this.server = server;
    this.report = report;
    this.credentials = Files.readString(data.resolve("demo-credentials.json"));
    this.time = time;
  }

  void run() throws IOException, InterruptedException {
    var pilot = PILOT.matcher(ask("GET", "/api/v1/pilots", "pmo", ""));
    if (!pilot.find()) throw new IOException("the demo has no active pilot");
    var sandboxes = "/api/v1/pilots/" + pilot.group(1) + "/sandboxes";
    for (int i = 0; i < WRITERS; i++)
      ask(
          "POST",
          "/ngsi-ld/v1/entityOperations/upsert",
          "dataSteward",
          "[{\"id\":\"urn:ngsi-ld:Bench:" + i + "\",\"type\":\"Bench\",\"x\":{\"value\":0}}]");
    var alone = write();
    ask(
        "POST",
        sandboxes,
        "pmo",
        "{\"name\":\"bench\",\"from\":\"2025-04-09T00:00:00Z\",\"until\":\"2025-05-12T00:00:00Z\","
            + "\"speed\":\"max\"}");
    Thread.sleep(3_000); // the city of the first moment is laid out
    double before = number(sandboxes, "readings");
    var beside = write();
    double replayed = number(sandboxes, "readings") - before;
    ask("DELETE", sandboxes + "/bench", "pmo", "");
    double seconds = (WARM_UP.toMillis() + time.toMillis()) / 1e3;
    report.add(
        new Figure(
            "replay in a sandbox, beside the city's writes",
            replayed / seconds,
            "readings/s",
            500,
            4_000,
            true,
            "as fast as may be (5,000/s unless set)"));
    report.add(
        new Figure(
            "city's own patches beside that replay",
            beside.perSecond() / alone.perSecond() * 100,
            "%",
            50,
            80,
            true,
            String.format(
                Locale.ROOT,
                "%,.0f/s p99 %.1f ms, alone %,.0f/s p99 %.1f ms, %d writers",
                beside.perSecond(),
                beside.p99Millis(),
                alone.perSecond(),
                alone.p99Millis(),
                WRITERS)));
  }

  private Load.Result write() throws InterruptedException {
    var type = "application/json\r\nX-API-Key: " + key("dataSteward");
    return new Load(server.port(), WRITERS)
        .run(
            WARM_UP,
            time,
            numbers,
            number ->
                Connection.request(
                    "PATCH",
                    "/ngsi-ld/v1/entities/urn:ngsi-ld:Bench:" + number % WRITERS + "/attrs",
                    type,
                    ("{\"x\":{\"type\":\"Property\",\"value\":" + number + "}}")
                        .getBytes(StandardCharsets.UTF_8)));
  }

  private double number(String sandboxes, String member) throws IOException {
    var found =
        Pattern.compile("\"" + member + "\":([0-9.]+)")
            .matcher(ask("GET", sandboxes + "/bench", "pmo", ""));
    if (!found.find()) throw new IOException("the sandbox does not say its " + member);
    return Double.parseDouble(found.group(1));
  }

  private String ask(String method, String path, String part, String body) throws IOException {
    var answer = new ByteArrayOutputStream();
    var request =
        Connection.request(
            method,
            path,
            "application/json\r\nX-API-Key: " + key(part),
            method.equals("GET") || method.equals("DELETE")
                ? null
                : body.getBytes(StandardCharsets.UTF_8));
    try (var connection = new Connection(server.port())) {
      int status = connection.exchange(request, answer);
      var text = answer.toString(StandardCharsets.UTF_8);
      if (status / 100 != 2)
        throw new IOException(method + " " + path + ": " + status + " " + text);
      return text;
    }
  }

  private String key(String part) {
    var key =
        Pattern.compile("\"" + part + "\"[^}]*\"apiKey\"\\s*:\\s*\"([^\"]+)\"")
            .matcher(credentials);
    if (!key.find())
      throw new IllegalStateException("the demo's credentials have no key of the " + part);
    return key.group(1);
  }
}
