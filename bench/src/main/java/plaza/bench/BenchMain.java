package plaza.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import plaza.bench.load.ServerProcess;

/// `./plaza bench`: measures, prints a table, writes JSON.
///
/// `--only start|broker|notifications|temporal|federation|programme|delivery|demo|jmh` (may be
/// repeated) measures a part; `--quick` takes a tenth of the entities and shorter loads, to see
/// that everything runs; `--out FILE` says where the JSON goes. `--delivery
/// ENTITIES,SUBSCRIPTIONS,WRITES_PER_SECOND,SECONDS` sizes that part, which takes seven minutes as
/// it is and runs only when it is named.
public final class BenchMain {
  private static final List<String> PARTS =
      List.of(
          "start", "broker", "notifications", "temporal", "federation", "programme", "demo", "jmh");
  private static final List<String> NAMED_PARTS = List.of("delivery");

  private final Path home;
  private final Path folder;
  private final Report report = new Report();
  private final boolean quick;
  private final DeliveryLoad.Size delivery;

  private BenchMain(Path home, Path folder, boolean quick, DeliveryLoad.Size delivery) {
    this.home = home;
    this.folder = folder;
    this.quick = quick;
    this.delivery = delivery;
  }

  public static void main(String[] arguments) throws Exception {
    var parts = new ArrayList<String>();
    boolean quick = false;
    DeliveryLoad.Size delivery = null;
    var out = Path.of("target", "bench", "figures.json");
    for (int i = 0; i < arguments.length; i++)
      switch (arguments[i]) {
        case "--quick" -> quick = true;
        case "--delivery" -> delivery = size(following(arguments, i++));
        case "--only" -> parts.add(following(arguments, i++));
        case "--out" -> out = Path.of(following(arguments, i++));
        default -> fail("unknown argument '" + arguments[i] + "'");
      }
    for (var part : parts)
      if (!PARTS.contains(part) && !NAMED_PARTS.contains(part))
        fail(
            "there is no part '"
                + part
                + "'; the parts are "
                + String.join(", ", PARTS)
                + ", "
                + String.join(", ", NAMED_PARTS));
    if (delivery == null) delivery = quick ? DeliveryLoad.Size.QUICK : DeliveryLoad.Size.WHOLE;
    var folder = Files.createTempDirectory("plaza-bench");
    try {
      var bench =
          new BenchMain(Path.of(System.getProperty("plaza.home", ".")), folder, quick, delivery);
      for (var part : parts.isEmpty() ? PARTS : parts) bench.run(part);
      bench.report.write(out);
    } finally {
      delete(folder);
    }
  }

  private static DeliveryLoad.Size size(String text) {
    var numbers = text.split(",");
    if (numbers.length != 4)
      fail("--delivery needs four numbers, as in --delivery 1000000,10000,500,300");
    return new DeliveryLoad.Size(
        Integer.parseInt(numbers[0]),
        Integer.parseInt(numbers[1]),
        Integer.parseInt(numbers[2]),
        Integer.parseInt(numbers[3]));
  }

  private static String following(String[] arguments, int i) {
    if (i + 1 >= arguments.length) fail(arguments[i] + " needs a value");
    return arguments[i + 1];
  }

  private static void fail(String sentence) {
    System.err.println(sentence);
    System.exit(2);
  }

  private void run(String part) throws Exception {
    switch (part) {
      case "start" -> start();
      case "broker" -> {
        try (var server = open("broker")) {
          new BrokerLoads(
                  server, report, quick ? 10_000 : 100_000, Duration.ofSeconds(quick ? 2 : 10))
              .run();
        }
      }
      case "notifications" -> {
        try (var server = open("notifications")) {
          var load = new NotificationLoad(server, report, Duration.ofSeconds(quick ? 3 : 20));
          load.run(500, 450, 490);
          load.run(2_200, 2_000, 8_000);
          load.run(8_500, 2_000, 8_000);
        }
      }
      case "temporal" -> {
        try (var server = open("temporal")) {
          new TemporalLoads(server, report, quick ? 10 : 60, quick ? 10 : 1).run();
        }
      }
      case "federation" -> {
        try (var front = open("front");
            var source = open("source")) {
          new FederationLoads(front, source, report, Duration.ofSeconds(quick ? 5 : 30)).run();
        }
      }
      case "programme" ->
          new ProgrammeLoads(home, folder.resolve("programme"), report, quick).run();
      case "delivery" -> new DeliveryLoad(() -> open("delivery"), report, delivery).run();
      case "demo" -> new DemoLoads(home, report, Duration.ofSeconds(quick ? 4 : 10)).run(folder);
      case "jmh" -> Parts.run(quick);
      default -> throw new IllegalArgumentException(part);
    }
  }

  private void start() throws IOException {
    var times = new double[3];
    for (int i = 0; i < times.length; i++)
      try (var server = open("start" + i)) {
        times[i] = server.startTime().toMillis() / 1e3;
      }
    report.add(
        new Figure(
            "start, empty",
            NotificationLoad.median(times),
            "s",
            4,
            1.5,
            false,
            "median of 3, process start to ready line"));
  }

  /// A server that anyone may write to, as the load is about the broker and not about keys.
  private ServerProcess open(String name) throws IOException {
    return ServerProcess.start(
        home,
        folder.resolve(name),
        Duration.ofMinutes(1),
        "run",
        "--open",
        "--allow-private-hosts");
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList())
        Files.deleteIfExists(file);
    }
  }
}
