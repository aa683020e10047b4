package plaza.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import plaza.demo.glasgow.Glasgow;
import plaza.demo.people.Cast;
import plaza.demo.story.Story;
import plaza.demo.taipei.Loader;
import plaza.demo.taipei.Replay;
import plaza.demo.taipei.Source;
import plaza.portal.page.Frame;
import plaza.programme.procedure.Caller;
import plaza.server.City;

/// The demo city: a server with open data in it, invented people, and a day that happens again.
final class Demo implements AutoCloseable {
  private static final List<Frame.Source> SOURCES =
      List.of(
          new Frame.Source(
              "YouBike 2.0: stations and 34 days of readings",
              "Taipei City Government",
              "Open Government Data License, version 1.0",
              "https://data.gov.tw/en/license"),
          new Frame.Source(
              "Districts, rain pumping stations, flood simulation, welfare, levees, bus routes",
              "Taipei City Government, Taipei City Dashboard",
              "Open Government Data License, version 1.0",
              "https://data.gov.tw/en/license"));

  private final DemoSettings settings;
  private final City city;
  private final Source source;
  private @Nullable Replay replay;

  private Demo(DemoSettings settings, City city, Source source) {
    this.settings = settings;
    this.city = city;
    this.source = source;
  }

  static Demo open(DemoSettings settings) throws IOException {
    var source = new Source(settings.openData().resolve(settings.city()));
    if (!source.exists())
      throw new IOException(
          "there are no data of " + settings.city() + " in " + settings.openData());
    return new Demo(settings, new City(settings.server(), SOURCES), source);
  }

  City city() {
    return city;
  }

  /// Loads what is not there yet.
  void prepare(PrintStream out) throws IOException {
    var loader = new Loader(source, city.ledger(), settings.replayFrom());
    if (!loader.isDone()) load(loader, out);
    var random = new SecureRandom();
    var folder = settings.server().data();
    var cast =
        new Cast(city.access(), random)
            .ready(folder.resolve("demo-credentials.json"), Instant.now());
    if (settings.story() && !Story.isTold(city.ledger())) tell(cast, random, out);
    if (settings.story()) neighbour(cast, out);
    if (settings.speed() > 0) replay = new Replay(source, city.ledger(), settings.speed());
  }

  /// Glasgow lives on the same server, in a tenant of its own.
  private void neighbour(Cast cast, PrintStream out) throws IOException {
    var folder = settings.openData().resolve(Glasgow.TENANT);
    if (!Files.isDirectory(folder)) return;
    var office = Caller.of(cast.officeOf(Glasgow.TENANT), Glasgow.ADDRESS);
    var glasgow = new Glasgow(folder, city.programme(), office);
    if (glasgow.hasData() && !glasgow.isThere())
      out.println("describing " + glasgow.describe() + ": tenant glasgow");
  }

  private void tell(Cast cast, SecureRandom random, PrintStream out) {
    var story =
        new Story(
            city.ledger(), city.reader(), city.access(), cast, random, InstantSource.system());
    out.println("telling an invented story on the real readings: " + story.tell());
  }

  private void load(Loader loader, PrintStream out) throws IOException {
    long start = System.nanoTime();
    out.println("loading 34 days of real readings of Taipei's bike stations");
    var keptAside = settings.server().data().resolve("demo-kept-aside.csv");
    var report =
        loader.load(
            keptAside,
            day -> {
              out.print(day.endsWith("1") || day.endsWith("6") ? day.substring(5) + " " : "");
              out.flush();
            });
    out.printf(
        "%n%,d rows in %.1f s: %,d held back for the replay, %,d kept aside in %s, %,d contradict"
            + " themselves and were kept as they are%n",
        report.rows(),
        Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0,
        report.heldBack(),
        report.faulty(),
        keptAside,
        report.unbalanced());
  }

  /// Begins to answer, and lets the last day happen again.
  String serve() {
    var url = city.serve();
    var ready = replay;
    if (ready != null) ready.start();
    return url;
  }

  @Override
  public void close() {
    var running = replay;
    if (running != null) running.close();
    city.close();
  }
}
