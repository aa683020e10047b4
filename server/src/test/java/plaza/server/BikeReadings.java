package plaza.server;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/// Made-up readings of five stations in two districts, every ten minutes on the mornings of two
/// weeks, and what an indicator over them must come to, by counting.
///
/// Each reading holds for ten minutes, so a share of time is a share of readings.
final class BikeReadings {
  static final LocalDate BEFORE = LocalDate.parse("2025-04-07");
  static final LocalDate AFTER = LocalDate.parse("2025-04-14");
  private static final int DAYS = 5;
  private static final int SLOTS = 12;
  private static final String OPERATION = "/ngsi-ld/v1/entityOperations/upsert";
  private static final String EVOLUTION = "/ngsi-ld/v1/temporal/entities/";

  /// @param before how many of a morning's slots are without a bike, by day, in the first week
  /// @param silent how many slots at the end of each morning have no reading
  record Station(
      String id,
      String district,
      double longitude,
      IntUnaryOperator before,
      IntUnaryOperator after,
      int silent) {}

  static final Station NEIHU =
      new Station(id(1), "Neihu", 121.57, day -> 7 + day % 3, day -> 1 + day % 2, 0);
  static final Station SHILIN =
      new Station(id(4), "Shilin", 121.52, day -> 4 + day % 2, day -> 4 + (day + 1) % 2, 0);
  static final List<Station> STATIONS =
      List.of(
          NEIHU,
          new Station(id(2), "Neihu", 121.58, day -> 8, day -> 2 + day % 3, 1),
          new Station(id(3), "Neihu", 121.59, day -> 6 + day % 2, day -> 2, 0),
          SHILIN,
          new Station(id(5), "Shilin", 121.53, day -> 5, day -> 5, 2));

  private BikeReadings() {}

  private static String id(int number) {
    return "urn:ngsi-ld:BikeHireDockingStation:line-" + number;
  }

  /// Puts them into the city, as a data steward would.
  static void write(Asker steward) {
    var entities = new ArrayList<String>();
    for (var station : STATIONS) entities.add(entity(station));
    steward.post(OPERATION, "[" + String.join(",", entities) + "]").expect(201);
    for (var station : STATIONS) {
      var readings = new ArrayList<String>();
      eachReading(station, BEFORE, station.before, readings);
      eachReading(station, AFTER, station.after, readings);
      steward
          .post(
              EVOLUTION + station.id + "/attrs",
              "{'availableBikeNumber': [" + String.join(",", readings) + "]}")
          .expect(204);
    }
  }

  private static String entity(Station station) {
    return """
    {'id': '%s', 'type': 'BikeHireDockingStation',
     'name': {'type': 'Property', 'value': 'Station %s'},
     'address': {'type': 'Property', 'value': {'addressLocality': '%s'}},
     'location': {'type': 'GeoProperty',
                  'value': {'type': 'Point', 'coordinates': [%s, 25.08]}},
     'freeSlotNumber': {'type': 'Property', 'value': 3}}
    """
        .formatted(station.id, station.id, station.district, station.longitude);
  }

  private static void eachReading(
      Station station, LocalDate monday, IntUnaryOperator empty, List<String> readings) {
    for (int day = 0; day < DAYS; day++) {
      var seven = Instant.parse(monday.plusDays(day - 1L) + "T23:00:00Z"); // 07:00 in Taipei
      for (int slot = 0; slot < SLOTS - station.silent; slot++)
        readings.add(
            "{'type': 'Property', 'value': %d, 'observedAt': '%s'}"
                .formatted(
                    slot < empty.applyAsInt(day) ? 0 : 5,
                    seven.plus(Duration.ofMinutes(10L * slot))));
    }
  }

  /// What the whole of a district's mornings in one week comes to.
  ///
  /// @param empty slots without a bike
  /// @param covered slots with a reading
  /// @param all slots there are
  record Count(int empty, int covered, int all) {
    double share() {
      return (double) empty / covered;
    }

    double coverage() {
      return (double) covered / all;
    }
  }

  static Count count(String district, LocalDate monday) {
    int empty = 0;
    int covered = 0;
    int all = 0;
    for (var station : STATIONS)
      if (station.district.equals(district))
        for (int day = 0; day < DAYS; day++) {
          empty += (monday.equals(BEFORE) ? station.before : station.after).applyAsInt(day);
          covered += SLOTS - station.silent;
          all += SLOTS;
        }
    return new Count(empty, covered, all);
  }

  /// The change in Neihu beyond the change in Shilin.
  static double effect() {
    return count("Neihu", AFTER).share()
        - count("Neihu", BEFORE).share()
        - (count("Shilin", AFTER).share() - count("Shilin", BEFORE).share());
  }

  static String definition() {
    var days = new ArrayList<String>();
    for (var day : DayOfWeek.values()) if (day.getValue() <= DAYS) days.add("'" + day + "'");
    return """
    {'name': 'Share of station-time with no bike to rent', 'unit': 'share of station-time',
     'entityType': '%1$sBikeHireDockingStation', 'attribute': '%1$savailableBikeNumber',
     'aggregation': 'SHARE_OF_TIME', 'condition': {'operator': '==', 'number': 0},
     'longestHoldMinutes': 10,
     'hours': {'days': [%2$s], 'from': '07:00', 'until': '09:00', 'zone': '+08:00'},
     'population': {'name': 'Neihu', 'attribute': '%1$saddress', 'path': ['addressLocality'],
                    'equals': 'Neihu'},
     'control': {'name': 'Shilin', 'attribute': '%1$saddress', 'path': ['addressLocality'],
                 'equals': 'Shilin'},
     'baseline': {'from': '%3$s', 'to': '%4$s'}, 'measurement': {'from': '%5$s', 'to': '%6$s'},
     'direction': 'LOWER_IS_BETTER', 'target': -0.1, 'minimumCoverage': 0.8, 'minimumN': 2,
     'mandatory': true}
    """
        .formatted(
            TERMS,
            String.join(", ", days),
            BEFORE,
            BEFORE.plusDays(DAYS - 1L),
            AFTER,
            AFTER.plusDays(DAYS - 1L));
  }

  static final String TERMS = "https://uri.etsi.org/ngsi-ld/default-context/";
}
