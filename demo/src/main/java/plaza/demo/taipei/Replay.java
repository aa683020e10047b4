package plaza.demo.taipei;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
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

  private final Source source;
  private final Notebook notebook;
  private final int speed;
  private final Thread thread = Thread.ofVirtual().name("replay").unstarted(this::run);
  private volatile boolean closing;
  // The rest on the replay's own thread only.
  private List<DayOfReadings.Reading> readings = List.of();
  private Instant end = Instant.EPOCH;
  private Instant cityTime = Instant.EPOCH;
  private int next;

  /// Nothing happens before [#start].
  ///
  /// @param speed how many times as fast as it once was
  public Replay(Source source, Ledger ledger, int speed) {
    this.source = source;
    this.notebook = Loader.notebook(ledger);
    this.speed = speed;
  }

  public Replay start() {
    thread.start();
    return this;
  }

  /// What a load that leaves the rest of a day to a replay keeps: where the replay begins.
  static Note position(Instant cityTime) {
    return new Note(POSITION, cityTime.toString().getBytes(StandardCharsets.UTF_8));
  }

  private void run() {
    try {
      if (prepare()) replay();
    } catch (InterruptedException e) {
      LOG.log(System.Logger.Level.DEBUG, "The replay ends: the server stops");
    } catch (IOException e) {
      LOG.log(System.Logger.Level.ERROR, "There is no replay: its readings cannot be read", e);
    }
  }

  private boolean prepare() throws IOException {
    var kept = notebook.find(POSITION);
    if (kept.isEmpty()) return false;
    cityTime = Instant.parse(new String(kept.get(), StandardCharsets.UTF_8));
    var day = source.days().getLast();
    readings =
        DayOfReadings.read(source, day, Register.read(source)).all().stream()
            .flatMap(List::stream)
            .filter(reading -> reading.observedAt().isAfter(cityTime))
            .sorted(
                Comparator.comparingLong(DayOfReadings.Reading::at)
                    .thenComparing(DayOfReadings.Reading::sno))
            .toList();
    end = readings.isEmpty() ? cityTime : readings.getLast().observedAt();
    return true;
  }

  private void replay() throws InterruptedException {
    long told = 0;
    long before = System.nanoTime();
    while (!closing && next < readings.size()) {
      Thread.sleep(TURN);
      long now = System.nanoTime();
      cityTime = cityTime.plusNanos((now - before) * speed);
      before = now;
      var tell = told == 0 || now - told > TELLING.toNanos();
      if (tell) told = now;
      step(tell);
    }
    if (closing) return;
    cityTime = end;
    step(true);
    LOG.log(System.Logger.Level.INFO, "The replay has reached the end of its day");
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
    try {
      notebook.write(LINK, Write.atomic(Address.DEFAULT, edits), List.of(position(cityTime)));
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
