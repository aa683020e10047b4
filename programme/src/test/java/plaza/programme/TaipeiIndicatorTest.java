package plaza.programme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static plaza.programme.ProgrammeCity.struct;
import static plaza.testkit.TestCity.BIKES;
import static plaza.testkit.TestCity.STATION;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import plaza.graph.Address;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.graph.change.Write;
import plaza.ledger.Actor;
import plaza.programme.indicator.IndicatorDefinition;
import plaza.programme.indicator.Measured;
import plaza.programme.indicator.Meter;
import plaza.programme.indicator.Period;
import plaza.programme.indicator.Verdict;

/// The number of the demo, worked out twice: by Plaza from its series, and here, second by second,
/// from the raw files.
class TaipeiIndicatorTest {
  private static final String DISTRICT = "https://plaza.example/district";
  private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final Path DATA =
      Path.of(System.getProperty("plaza.taipei", "../demo/data/taipei"));

  private final Map<String, String> districtOf = new HashMap<>();
  private final Map<String, TreeMap<LocalDateTime, Integer>> readings = new TreeMap<>();

  @Test
  void theIndicatorEqualsAnIndependentCalculationFromTheRawFiles() throws IOException {
    assertThat(DATA.resolve("youbike/sites.csv.gz")).as("the raw data").exists();
    readRawFiles();
    try (var city = new ProgrammeCity()) {
      load(city);
      var definition = definition();
      var meter = new Meter(city.reader);
      var before = meter.measure(Address.DEFAULT, definition, definition.baseline());
      var after = meter.measure(Address.DEFAULT, definition, definition.measurement());

      assertSame(before.target(), "內湖區", definition.baseline());
      assertSame(before.control(), "士林區", definition.baseline());
      assertSame(after.target(), "內湖區", definition.measurement());
      assertSame(after.control(), "士林區", definition.measurement());
      assertThat(before.target().value()).isCloseTo(0.116330, within(5e-7));
      assertThat(before.control().value()).isCloseTo(0.104293, within(5e-7));
      assertThat(after.target().value()).isCloseTo(0.093654, within(5e-7));
      assertThat(after.control().value()).isCloseTo(0.089400, within(5e-7));

      var verdict = Verdict.of(definition, before, after);
      assertThat(verdict.effect()).isCloseTo(-0.007783, within(1e-6));
      assertThat(verdict.interval().low()).isBetween(-0.04, -0.02);
      assertThat(verdict.interval().high()).isBetween(0.0, 0.03);
      assertThat(verdict.answer()).isEqualTo(Verdict.Answer.INCONCLUSIVE);
    }
  }

  private void assertSame(Measured measured, String district, Period period) {
    long covered = 0;
    long empty = 0;
    long stations = 0;
    long windows = 0;
    for (var day = period.from(); !day.isAfter(period.to()); day = day.plusDays(1))
      if (isWeekday(day)) windows++;
    for (var station : districtOf.entrySet()) {
      if (!station.getValue().equals(district)) continue;
      stations++;
      var series = readings.getOrDefault(station.getKey(), new TreeMap<>());
      for (var day = period.from(); !day.isAfter(period.to()); day = day.plusDays(1)) {
        if (!isWeekday(day)) continue;
        for (int second = 0; second < 7200; second++) {
          var at = day.atTime(7, 0).plusSeconds(second);
          var last = series.floorEntry(at);
          if (last == null || ChronoUnit.SECONDS.between(last.getKey(), at) >= 3600) continue;
          covered++;
          if (last.getValue() == 0) empty++;
        }
      }
    }
    assertThat(measured.entities()).isEqualTo((int) stations);
    assertThat(measured.value()).isCloseTo((double) empty / covered, within(1e-9));
    assertThat(measured.coverage())
        .isCloseTo((double) covered / (stations * windows * 7200), within(1e-9));
  }

  private static boolean isWeekday(LocalDate day) {
    return day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0;
  }

  private void readRawFiles() throws IOException {
    for (var row : rows(DATA.resolve("youbike/sites.csv.gz")))
      if (row[2].equals("內湖區") || row[2].equals("士林區")) districtOf.put(row[0], row[2]);
    try (var files = Files.list(DATA.resolve("youbike/slots"))) {
      for (var file : files.sorted().toList())
        for (var row : rows(file))
          if (districtOf.containsKey(row[0]))
            readings
                .computeIfAbsent(row[0], _ -> new TreeMap<>())
                .put(LocalDateTime.parse(row[4], LOCAL), Integer.valueOf(row[2]));
    }
  }

  private static List<String[]> rows(Path file) throws IOException {
    var rows = new ArrayList<String[]>();
    try (var in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      in.readLine();
      for (var line = in.readLine(); line != null; line = in.readLine())
        rows.add(line.split(",", -1));
    }
    return rows;
  }

  /// Every station, silent ones too; readings in the order of the files.
  private void load(ProgrammeCity city) {
    var edits = new ArrayList<Edit>();
    districtOf.forEach((sno, district) -> {
      var id = "urn:ngsi-ld:BikeHireDockingStation:" + sno;
      edits.add(
          new Edit.Put(
              Entity.of(id, STATION, List.of(Attribute.of(DISTRICT, Value.of(district))))));
      var instances = new ArrayList<Attribute>();
      readings
          .getOrDefault(sno, new TreeMap<>())
          .forEach((at, bikes) ->
              instances.add(
                  Attribute.of(
                      BIKES, Value.of((long) bikes), at.toInstant(ZoneOffset.ofHours(8)))));
      if (!instances.isEmpty()) edits.add(new Edit.Observe(Entity.of(id, STATION, instances)));
    });
    city.ledger.write(Actor.of("urn:plaza:test"), Write.atomic(Address.DEFAULT, edits));
  }

  private static IndicatorDefinition definition() {
    return IndicatorDefinition.of(
        struct(
            """
            {'name': 'no bike', 'unit': 'share of station-time', 'entityType': '%s',
             'attribute': '%s', 'hours': {'days': ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY',
             'FRIDAY'], 'from': '07:00', 'until': '09:00', 'zone': 'Asia/Taipei'},
             'population': {'name': 'Neihu', 'attribute': '%s', 'equals': '內湖區'},
             'control': {'name': 'Shilin', 'attribute': '%s', 'equals': '士林區'},
             'baseline': {'from': '2025-04-09', 'to': '2025-04-25'},
             'measurement': {'from': '2025-04-28', 'to': '2025-05-12'},
             'direction': 'LOWER_IS_BETTER', 'target': -0.02}
            """
                .formatted(STATION, BIKES, DISTRICT, DISTRICT)));
  }
}
