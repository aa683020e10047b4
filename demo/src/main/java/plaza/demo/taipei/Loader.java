package plaza.demo.taipei;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import plaza.graph.Address;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.graph.change.Write;
import plaza.ledger.Actor;
import plaza.ledger.Ledger;
import plaza.ledger.Notebook;
import plaza.ledger.Receipt;
import plaza.ledger.store.Note;

/// Brings the open data in, each part exactly once: a note is kept in the same commit as the part,
/// so a load that was killed goes on where it stopped.
public final class Loader {
  /// The link in whose name open data are written.
  static final Actor LINK = Actor.of("urn:plaza:link:taipei-open-data");

  private static final int STATIONS_PER_WRITE = 250;
  private static final int WRITES_ON_THE_WAY = 3;
  private static final String PLACES = "places";
  private static final String DONE = "done";

  private final Source source;
  private final Notebook notebook;
  private final LocalTime replayFrom;
  private final ArrayDeque<CompletableFuture<Receipt>> onTheWay = new ArrayDeque<>();
  private final List<Faulty> faulty = new ArrayList<>();
  private long rows;
  private long unbalanced;
  private long heldBack;

  /// @param replayFrom readings of the last day from this time on, by the clocks of Taipei, are
  ///   left to the [Replay]
  public Loader(Source source, Ledger ledger, LocalTime replayFrom) {
    this.source = source;
    this.notebook = notebook(ledger);
    this.replayFrom = replayFrom;
  }

  static Notebook notebook(Ledger ledger) {
    return ledger.notebook("demo.taipei");
  }

  /// What a load did.
  ///
  /// @param rows of readings that the files hold
  /// @param heldBack of them, for the replay
  /// @param faulty rows of all files that were kept aside
  /// @param unbalanced readings that contradict themselves, kept as they are
  public record Report(long rows, long heldBack, int faulty, long unbalanced) {}

  public boolean isDone() {
    return notebook.find(DONE).isPresent();
  }

  /// @param keptAside where rows that cannot be used are written, with their reasons
  /// @param progress hears of each day that is in
  public Report load(Path keptAside, Consumer<String> progress) throws IOException {
    var register = Register.read(source);
    places(register);
    var days = source.days();
    for (var day : days) {
      load(day, day.equals(days.getLast()), register);
      progress.accept(day);
    }
    while (!onTheWay.isEmpty()) Ledgers.await(onTheWay.removeFirst());
    faulty.addAll(register.faulty());
    write(keptAside);
    var report = new Report(rows, heldBack, faulty.size(), unbalanced);
    finish(report, replayStart(days.getLast(), replayFrom).minusSeconds(1));
    return report;
  }

  private void places(Register register) throws IOException {
    var places = new Places(source);
    var districts = places.districts(register.englishDistricts());
    var entities = new ArrayList<>(Datasets.all());
    entities.addAll(districts);
    entities.addAll(places.pumpingStations());
    entities.addAll(places.floodZones());
    entities.addAll(places.welfareOrganisations());
    entities.addAll(places.levees());
    entities.addAll(places.busRoutes());
    var ids = ids(districts);
    for (var station : register.list()) entities.add(station.entity(ids));
    faulty.addAll(places.faulty());
    if (notebook.find(PLACES).isEmpty())
      send(entities.stream().<Edit>map(Edit.Put::new).toList(), PLACES);
  }

  /// By Chinese name, as the register of stations calls them.
  private static Map<String, String> ids(List<Entity> districts) {
    var ids = new HashMap<String, String>();
    for (var district : districts)
      district
          .find(Terms.NAME)
          .ifPresent(name -> {
            if (name.content() instanceof plaza.graph.Content.LanguageProperty(var texts)
                && texts.get("zh-TW") instanceof Value.Text(var chinese))
              ids.put(chinese, district.id());
          });
    return ids;
  }

  private void load(String day, boolean last, Register register) throws IOException {
    var readings = DayOfReadings.read(source, day, register);
    rows += readings.rows();
    unbalanced += readings.unbalanced();
    faulty.addAll(readings.faulty());
    var until = last ? replayStart(day, replayFrom) : Instant.MAX;
    var edits = new ArrayList<Edit>();
    int part = 0;
    for (var station : register.list()) {
      var found = readings.find(station.sno());
      if (found.isEmpty()) continue;
      var instances = instances(found.get(), until);
      if (!instances.isEmpty())
        edits.add(
            new Edit.Observe(Entity.of(Terms.stationId(station.sno()), Terms.STATION, instances)));
      if (edits.size() == STATIONS_PER_WRITE) {
        sendOnce(edits, day + "/" + part++);
        edits.clear();
      }
    }
    if (!edits.isEmpty()) sendOnce(edits, day + "/" + part);
  }

  static Instant replayStart(String day, LocalTime from) {
    return LocalDate.parse(day).atTime(from).toInstant(DayOfReadings.TAIPEI);
  }

  private List<Attribute> instances(List<DayOfReadings.Reading> readings, Instant until) {
    var instances = new ArrayList<Attribute>(3 * readings.size());
    for (var reading : readings) {
      if (reading.observedAt().isBefore(until)) addTo(instances, reading);
      else heldBack++;
    }
    return instances;
  }

  static void addTo(List<Attribute> instances, DayOfReadings.Reading reading) {
    var at = reading.observedAt();
    instances.add(Attribute.of(Terms.BIKES, Value.of(reading.bikes()), at));
    instances.add(Attribute.of(Terms.FREE, Value.of(reading.free()), at));
    instances.add(Attribute.of(Terms.TOTAL, Value.of(reading.total()), at));
  }

  private void sendOnce(List<Edit> edits, String part) {
    if (notebook.find(part).isEmpty()) send(edits, part);
  }

  /// Some writes are worked out while others are read, and no more than some: they are large.
  private void send(List<Edit> edits, String part) {
    if (onTheWay.size() == WRITES_ON_THE_WAY) Ledgers.await(onTheWay.removeFirst());
    onTheWay.add(
        notebook.submit(
            LINK, Write.atomic(Address.DEFAULT, edits), List.of(new Note(part, new byte[] {1}))));
  }

  private void write(Path keptAside) throws IOException {
    var lines = new StringBuilder("file,line,reason,row\n");
    for (var one : faulty)
      lines
          .append(one.file())
          .append(',')
          .append(one.line())
          .append(",\"")
          .append(one.reason().replace("\"", "\"\""))
          .append("\",\"")
          .append(one.row().replace("\"", "\"\""))
          .append("\"\n");
    Files.write(keptAside, lines.toString().getBytes(StandardCharsets.UTF_8));
  }

  /// The numbers also stand in the graph, at the dataset, for everybody to see.
  private void finish(Report report, Instant replayAfter) {
    var reasons = new LinkedHashMap<String, Value>();
    for (var one : faulty)
      reasons.merge(
          one.reason(),
          Value.of(1),
          (before, _) -> Value.of(before instanceof Value.Whole(long number) ? number + 1 : 1));
    var dataset =
        Entity.of(
            Datasets.READINGS,
            Terms.of("Dataset"),
            List.of(
                Attribute.of(Terms.of("rows"), Value.of(report.rows())),
                Attribute.of(Terms.of("rowsHeldBackForReplay"), Value.of(report.heldBack())),
                Attribute.of(Terms.of("rowsKeptAside"), Value.of(report.faulty())),
                Attribute.of(Terms.of("rowsKeptAsideBecause"), new Value.Struct(reasons)),
                Attribute.of(Terms.of("rowsThatContradictThemselves"), Value.of(unbalanced))));
    notebook.write(
        LINK,
        Write.atomic(Address.DEFAULT, new Edit.Append(dataset, true, true)),
        List.of(new Note(DONE, new byte[] {1}), Replay.position(replayAfter)));
  }
}
