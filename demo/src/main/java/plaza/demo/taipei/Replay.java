package plaza.demo.taipei;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import plaza.graph.Address;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.graph.change.Write;
import plaza.ledger.Actor;
import plaza.ledger.Ledger;
import plaza.ledger.Notebook;
import plaza.ledger.store.Note;

/// Lets the rest of the last day happen again: its readings go in one after the other, in the order
/// of their times, faster than they once did. They keep the time at which they were observed.
///
/// The entity `urn:ngsi-ld:DataReplay:taipei` says that this is a replay and where it stands. When
/// the day is over the replay stops and says so; the same readings a second time would make the
/// history wrong. A restarted server goes on where the replay was.
public final class Replay implements AutoCloseable {
  public static final String ID = "urn:ngsi-ld:DataReplay:taipei";
  private static final System.Logger LOG = System.getLogger(Replay.class.getName());
  private static final Actor LINK = Actor.of("urn:plaza:link:taipei-replay");
  private static final Duration TURN = Duration.ofMillis(250);
  private static final Duration TELLING = Duration.ofSeconds(5);
  private static final String POSITION = "replay";

  private final Notebook notebook;
  private final int speed;
  private final List<DayOfReadings.Reading> readings;
  private final Instant end;
  private final Thread thread;
  private volatile boolean closing;
  private Instant cityTime;
  private int next;

  /// Makes it ready; nothing happens before [#start].
  ///
  /// @param speed how many times as fast as it once was
  public Replay(Source source, Ledger ledger, LocalTime from, int speed) throws IOException {
    this.notebook = Loader.notebook(ledger);
    this.speed = speed;
    var day = source.days().getLast();
    var begin = Loader.replayStart(day, from);
    this.readings =
        DayOfReadings.read(source, day, Register.read(source)).all().stream()
            .flatMap(List::stream)
            .filter(reading -> !reading.observedAt().isBefore(begin))
            .sorted(
                Comparator.comparingLong(DayOfReadings.Reading::at)
                    .thenComparing(DayOfReadings.Reading::sno))
            .toList();
    this.end = readings.isEmpty() ? begin : readings.getLast().observedAt();
    // Where it is, by the clocks of the stations; kept with every write.
    this.cityTime =
        notebook
            .find(POSITION)
            .map(bytes -> Instant.parse(new String(bytes, java.nio.charset.StandardCharsets.UTF_8)))
            .orElse(begin.minusSeconds(1));
    while (next < readings.size() && !readings.get(next).observedAt().isAfter(cityTime)) next++;
    this.thread = Thread.ofVirtual().name("replay").unstarted(this::run);
  }

  public Replay start() {
    thread.start();
    return this;
  }

  private void run() {
    long told = 0;
    long before = System.nanoTime();
    try {
      while (!closing && next < readings.size()) {
        Thread.sleep(TURN);
        long now = System.nanoTime();
        cityTime = cityTime.plusNanos((now - before) * speed);
        before = now;
        var tell = told == 0 || now - told > TELLING.toNanos();
        if (tell) told = now;
        step(tell);
      }
      if (!closing && next >= readings.size()) {
        cityTime = end;
        step(true);
        LOG.log(System.Logger.Level.INFO, "The replay has reached the end of its day");
      }
    } catch (InterruptedException e) {
      LOG.log(System.Logger.Level.DEBUG, "The replay ends: the server stops");
    }
  }

  private void step(boolean tell) throws InterruptedException {
    var byStation = new LinkedHashMap<String, List<Attribute>>();
    int first = next;
    for (; next < readings.size() && !readings.get(next).observedAt().isAfter(cityTime); next++) {
      var reading = readings.get(next);
      Loader.addTo(byStation.computeIfAbsent(reading.sno(), _ -> new ArrayList<>()), reading);
    }
    if (byStation.isEmpty() && !tell) return;
    var edits = new ArrayList<Edit>();
    byStation.forEach((sno, instances) ->
        edits.add(new Edit.Observe(Entity.of(Terms.stationId(sno), Terms.STATION, instances))));
    if (tell) edits.add(new Edit.Put(status()));
    var position =
        new Note(POSITION, cityTime.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    try {
      notebook.write(LINK, Write.atomic(Address.DEFAULT, edits), List.of(position));
    } catch (Refusal.Unavailable | Refusal.TooMany busy) {
      if (closing) return;
      LOG.log(System.Logger.Level.WARNING, "The replay waits: {0}", busy.getMessage());
      next = first; // nothing of it was kept
      Thread.sleep(1_000);
    }
  }

  private Entity status() {
    boolean over = next >= readings.size();
    return Entity.of(
        ID,
        Terms.of("DataReplay"),
        List.of(
            Terms.languages(
                "name",
                Map.of(
                    "en", Value.of("Replay of real readings"),
                    "zh-TW", Value.of("真實資料重播"))),
            Terms.text(
                "note",
                "The readings are real, of "
                    + end.atOffset(DayOfReadings.TAIPEI).toLocalDate()
                    + ", and keep their times; only their coming in is played again, "
                    + speed
                    + " times as fast."),
            Terms.text("state", over ? "ended" : "running"),
            Terms.text(
                "cityTime", cityTime.truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString()),
            Terms.text("endsAt", end.toString()),
            Attribute.of(Terms.of("speed"), Value.of(speed)),
            Terms.relationship("refDataset", Datasets.READINGS)));
  }

  @Override
  public void close() {
    closing = true;
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
