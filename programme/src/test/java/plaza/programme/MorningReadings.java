package plaza.programme;

import static plaza.programme.ProgrammeCity.DISTRICT;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.TreeMap;
import plaza.testkit.TestCity;

/// A station without bikes in the mornings, before a pilot and during it, and the indicator that
/// tells.
final class MorningReadings {
  private MorningReadings() {}

  static String definition() {
    return """
    {'name': 'station-time without a bike', 'unit': 'share', 'entityType': '%s',
     'attribute': '%s', 'hours': {'days': ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY'],
       'from': '07:00', 'until': '09:00', 'zone': '+08:00'},
     'population': {'name': 'Neihu', 'attribute': '%s', 'equals': 'Neihu'},
     'baseline': {'from': '2026-05-18', 'to': '2026-05-22'},
     'measurement': {'from': '2026-07-06', 'to': '2026-07-17'},
     'direction': 'LOWER_IS_BETTER', 'target': -0.1, 'minimumCoverage': 0.9, 'mandatory': true}
    """
        .formatted(TestCity.STATION, TestCity.BIKES, DISTRICT);
  }

  /// Every ten minutes from seven to nine: before, six of ten without a bike; later, two.
  static void write(ProgrammeCity city) {
    var readings = new TreeMap<Instant, Integer>();
    for (var day = LocalDate.parse("2026-05-18");
        day.isBefore(LocalDate.parse("2026-07-18"));
        day = day.plusDays(1)) {
      boolean later = day.isAfter(LocalDate.parse("2026-07-01"));
      if (!later && day.isAfter(LocalDate.parse("2026-05-24"))) continue;
      var start = Instant.parse(day.minusDays(1) + "T23:00:00Z");
      for (int ten = 0; ten < 12; ten++)
        for (int five = 0; five < 2; five++) {
          var at = start.plus(Duration.ofMinutes(ten * 10L + five * (later ? 2L : 6L)));
          readings.put(at, five == 0 ? 0 : 5);
        }
    }
    city.station("urn:ngsi-ld:BikeHireDockingStation:1", "Neihu", readings);
  }
}
