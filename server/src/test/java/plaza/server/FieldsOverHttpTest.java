package plaza.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Fields, rooms and rules through the public addresses of a server that starts with an empty
/// folder.
class FieldsOverHttpTest {
  private static final String PLACES = "/api/v1/places";
  private static final String BOOKINGS = "/api/v1/bookings";
  private static final String CASES = "/api/v1/regulatory-cases";

  @SuppressWarnings("TimeInStaticInitializer") // one moment for all steps of the test
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  @TempDir Path folder;

  @Test
  void aFieldIsBookedOnceAndARuleIsLiftedInPublic() throws Exception {
    try (var client = HttpClient.newHttpClient();
        var server =
            RunningServer.start(
                folder, "run", "--port", "0", "--data", folder.resolve("data").toString())) {
      var city = new CityPeople(client, server.url(), server.output());
      city.organisation("Parks", "department");
      city.organisation("Night Wheels", "startup");
      city.join("po", "pmo", null);
      city.join("fay", "fieldOwner", null);
      city.join("rob", "regulatoryOfficer", null);
      city.join("kim", "competentAuthority", null);
      city.join("bea", null, "Night Wheels");
      bookings(city);
      rules(city);
    }
  }

  private static String at(int hours) {
    return NOW.plus(hours, ChronoUnit.HOURS).toString();
  }

  private static void bookings(CityPeople city) {
    var owner = city.person("fay");
    var builder = city.person("bea");
    var yard =
        owner
            .post(
                PLACES,
                """
                {'name': 'Yard', 'kind': 'site', 'slug': 'yard', 'owner': '%s',
                 'location': {'type': 'Point', 'coordinates': [121.5, 25.0]}}
                """
                    .formatted(city.organisation("Parks")))
            .expect(201)
            .text("id");
    builder.post(PLACES, "{'name': 'n', 'kind': 'site'}").expect(403);
    var kerb =
        owner
            .post(
                PLACES,
                "{'name': 'Kerb', 'kind': 'testField', 'within': '" + yard + "', 'capacity': 1}")
            .expect(201)
            .text("id");
    var first = ask(city, kerb, 1, 5);
    var second = ask(city, kerb, 4, 6);
    owner.step(BOOKINGS + "/" + first, "confirm", "{}").expect(200);

    var full = owner.step(BOOKINGS + "/" + second, "confirm", "{}").expect(409);
    assertThat(full.response().body()).contains("noOverlapPerCapacity", "first short at " + at(4));
    assertThat(
            owner
                .get(PLACES + "/" + kerb + "/availability?from=" + at(0) + "&until=" + at(10))
                .expect(200)
                .response()
                .body())
        .contains("\"free\":0");
    var calendar = owner.get(PLACES + "/" + yard + "/calendar.ics").expect(200);
    assertThat(calendar.header("Content-Type")).isEqualTo("text/calendar; charset=utf-8");
    assertThat(calendar.response().body())
        .contains("STATUS:CONFIRMED", "STATUS:TENTATIVE", "GEO:25.000000;121.500000");
    assertThat(
            owner
                .with("Accept", "application/geo+json")
                .get(PLACES + "/" + yard)
                .expect(200)
                .response()
                .body())
        .contains("\"type\":\"Feature\"", "[121.5,25.0]");
    owner.step(BOOKINGS + "/" + second, "reject", "{'reason': 'full'}").expect(200);
  }

  private static String ask(CityPeople city, String place, int from, int until) {
    return city.person("bea")
        .post(
            BOOKINGS,
            "{'place': '%s', 'start': '%s', 'end': '%s', 'organisation': '%s'}"
                .formatted(place, at(from), at(until), city.organisation("Night Wheels")))
        .expect(201)
        .text("id");
  }

  private static void rules(CityPeople city) {
    var officer = city.person("rob");
    var authority = city.person("kim");
    var one =
        city.person("bea")
            .post(
                CASES,
                """
                {'title': 'A drone over the park', 'organisation': '%s', 'scale': 'one drone',
                 'act': 'Fly a drone over the park to count the trees, by daylight',
                 'placeDescription': 'the park'}
                """
                    .formatted(city.organisation("Night Wheels")))
            .expect(201)
            .text("id");
    var path = CASES + "/" + one;
    officer.step(path, "startConfirmation", "{}").expect(200);
    assertThat(authority.get(CASES + "/register").expect(200).response().body())
        .doesNotContain("drone");
    officer
        .step(
            path,
            "requestExemption",
            "{'rule': 'http://data.europa.eu/eli/reg_impl/2019/947/oj', 'competentAuthority': '"
                + city.organisation("Parks")
                + "'}")
        .expect(200);
    assertThat(authority.step(path, "grant", "{}").expect(409).response().body())
        .contains("period<=max", "placeScope", "scaleLimit", "conditions", "liabilityCover");
    authority
        .step(
            path,
            "grant",
            """
            {'end': '%s', 'placeScope': 'the park', 'scaleLimit': 'one drone below 4 kg',
             'conditions': ['by daylight'], 'liabilityCover': 'insured for 1 million'}
            """
                .formatted(Instant.now().plusSeconds(20)))
        .expect(200);
    assertThat(officer.get(CASES + "/register").expect(200).response().body())
        .contains("by daylight", "GRANTED");
    officer.await(path, "EXPIRED");
  }
}
