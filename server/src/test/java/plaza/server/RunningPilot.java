package plaza.server;

import static plaza.server.BikeReadings.TERMS;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// A pilot without a call, brought to its start by HTTP, with a grant for the stations of Neihu and
/// a key.
///
/// @param path of its record
record RunningPilot(CityPeople city, String path, String slug, String team, Asker key) {
  private static final String PILOTS = "/api/v1/pilots";

  static CityPeople people(java.net.http.HttpClient client, RunningServer server, String... teams)
      throws Exception {
    var city = new CityPeople(client, server.url(), server.output());
    city.organisation("Department of Bikes", "department");
    city.join("po", "pmo", null);
    city.join("dan", "dataSteward", null);
    for (var board : new String[] {"b1", "b2", "b3", "b4"})
      city.join(board, "programmeBoard", null);
    for (var team : teams) {
      city.organisation(team, "startup");
      city.join("of-" + team, null, team);
    }
    return city;
  }

  static RunningPilot start(CityPeople city, String slug, String team) {
    var pmo = city.person("po");
    var builder = city.person("of-" + team);
    // The clock that sets readings right may differ by milliseconds.
    var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    var end = now.plus(Duration.ofDays(30));
    var pilot =
        pmo.post(
                PILOTS,
                """
                {'title': 'Pilot %1$s', 'slug': '%1$s', 'organisation': '%2$s', 'department': '%3$s',
                 'withoutCall': 'There was no time for a call, as everybody could read in the news.',
                 'startDate': '%4$s', 'endDate': '%5$s', 'notNeeded': ['bookings', 'regulation'],
                 'insurance': 'policy 1', 'exitPlan': 'We take it away.',
                 'agreement': {'text': 'We agree.', 'maximumEnd': '%6$s'}}
                """
                    .formatted(
                        slug,
                        city.organisation(team),
                        city.organisation("Department of Bikes"),
                        now,
                        end,
                        end.plus(Duration.ofDays(30))))
            .expect(201);
    var path = pilot.header("Location");
    pmo.post(path + "/signatures", "{}").expect(201);
    builder.post(path + "/signatures", "{}").expect(201);
    var indicator =
        pmo.post(path + "/indicators", BikeReadings.definition()).expect(201).header("Location");
    pmo.post(indicator + "/lock", "{}").expect(200);
    pmo.post(indicator + "/baseline", "{}").expect(200);
    grant(city, pilot.text("id"), builder, end);
    pmo.step(path, "makeReady", "{}").expect(200);
    pmo.await(path, "ACTIVE");
    // The office's next command is taken when all that the start brings about is done.
    var made = builder.post(path + "/keys", "{'label': 'ours'}").expect(201);
    var key = city.nobody().with("X-API-Key", made.text("key"));
    return new RunningPilot(city, path, slug, team, key);
  }

  private static void grant(CityPeople city, String pilot, Asker builder, Instant end) {
    var grant =
        builder
            .post(
                "/api/v1/grants",
                """
                {'pilot': '%1$s', 'types': ['%2$sBikeHireDockingStation'],
                 'attributes': ['%2$savailableBikeNumber', 'https://uri.etsi.org/ngsi-ld/location'],
                 'area': {'type': 'Polygon', 'coordinates': [[[121.55, 25.05], [121.65, 25.05],
                          [121.65, 25.12], [121.55, 25.12], [121.55, 25.05]]]},
                 'areaName': 'Neihu', 'endDate': '%3$s', 'purpose': 'plan the vans'}
                """
                    .formatted(pilot, TERMS, end))
            .expect(201)
            .header("Location");
    city.person("dan").step(grant, "review", "{}").expect(200);
    city.person("dan").step(grant, "approve", "{'licence': 'OGDL-Taiwan-1.0'}").expect(200);
  }

  /// Of an entity of its own.
  String id(String type, String name) {
    return "urn:ngsi-ld:" + type + ":" + slug + ":" + name;
  }

  /// Its own type, as a request names it.
  String type(String name) {
    return "https://plaza.city/pilots/" + slug + "#" + name;
  }

  /// Its own type in a query.
  String asked(String name) {
    return type(name).replace("#", "%23");
  }
}
