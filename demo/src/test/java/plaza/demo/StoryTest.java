package plaza.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plaza.graph.Value;
import plaza.json.Json;

/// The whole demo, on all of its data: what a newcomer meets after `./plaza demo`.
class StoryTest {
  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void thePilotIsJudgedByTheReadingsAndItsKeyReachesItsDistrictOnly() throws Exception {
    try (var demo =
        Demo.open(
            DemoSettings.of(
                Map.of(),
                List.of(
                    "--port",
                    "0",
                    "--speed",
                    "0",
                    "--data",
                    folder.toString(),
                    "--open-data",
                    "data")))) {
      demo.prepare(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
      var url = demo.serve();
      var pilots = (Value.Items) Json.parse(get(url + "/api/v1/pilots?state=ACTIVE", null).body());
      assertThat(pilots.items()).hasSize(1);
      var id = text(pilots.items().getFirst(), "id");
      uptake(url);
      judged(get(url + "/api/v1/pilots/" + id, null).body());
      key(url, id);
      field(url, id);
      neighbour(url);
      assertThat(demo.city().verify()).isEmpty();
    }
  }

  /// The same four numbers that TaipeiIndicatorTest works out second by second from the raw files.
  private static void judged(String pilot) {
    var story = Json.parse(pilot);
    assertThat(text(story, "state")).isEqualTo("ACTIVE");
    var indicator = ((Value.Items) member(story, "indicators")).items().getFirst();
    assertThat(number(member(indicator, "baseline"))).isCloseTo(0.116330, within(5e-7));
    assertThat(number(member(indicator, "measured"))).isCloseTo(0.093654, within(5e-7));
    var control = member(indicator, "control");
    assertThat(number(member(control, "baseline"))).isCloseTo(0.104293, within(5e-7));
    assertThat(number(member(control, "measured"))).isCloseTo(0.089400, within(5e-7));
    assertThat(member(indicator, "effect").asNumber()).isCloseTo(-0.007784, within(5e-7));
    assertThat(text(indicator, "verdict")).isIn("MET", "NOT_MET", "INCONCLUSIVE");
  }

  /// A pilot that ended, a service with users, money from more than the city: nothing of the
  /// mayor's figures is empty for want of records.
  private void uptake(String url) throws Exception {
    var ended = Json.parse(get(url + "/api/v1/pilots/urn:ngsi-ld:Pilot:demo-rewards", null).body());
    assertThat(text(ended, "state")).isEqualTo("CLOSED");
    var indicator = ((Value.Items) member(ended, "indicators")).items().getFirst();
    assertThat(text(indicator, "verdict")).isIn("MET", "NOT_MET", "INCONCLUSIVE");
    var figures = Json.parse(get(url + "/api/v1/indicators/programme", null).body());
    assertThat(member(member(figures, "leverage"), "value").asNumber()).isEqualTo(2);
    assertThat(member(member(figures, "conversion"), "n")).isEqualTo(Value.of(2));
    assertThat(member(member(figures, "retention"), "value").asNumber())
        .isCloseTo(17 / 48.0, within(1e-9));
    var lessons = Json.parse(get(url + "/api/v1/lessons", null).body());
    assertThat(((Value.Items) lessons).items()).hasSize(1);
    var services = get(url + "/open311/v2/services.json", null).body();
    assertThat(services).contains("\"lamp\"", "\"dock\"", "\"pavement\"");
    assertThat(get(url + "/open311/v2/requests.json?status=open", null).body())
        .contains("\"service_code\":\"lamp\"")
        .doesNotContain("\"service_code\":\"dock\"");
  }

  private void key(String url, String pilot) throws Exception {
    var cast = Json.parse(Files.readString(folder.resolve("demo-credentials.json")));
    var innovator = text(member(cast, "innovator"), "apiKey");
    var made =
        client.send(
            request(url + "/api/v1/pilots/" + pilot + "/keys", innovator)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"label\":\"test\"}"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(made.statusCode()).isBetween(200, 201);
    var key = text(Json.parse(made.body()), "key");
    var stations =
        (Value.Items)
            Json.parse(
                get(url + "/ngsi-ld/v1/entities?type=BikeHireDockingStation&limit=1000", key)
                    .body());
    assertThat(stations.items()).hasSizeBetween(180, 210);
    assertThat(get(url + "/ngsi-ld/v1/entities/" + station("500101001"), key).statusCode())
        .as("a station of Daan")
        .isEqualTo(403);
    var shown = (Value.Struct) stations.items().getFirst();
    assertThat(shown.members()).containsKey("availableBikeNumber").doesNotContainKey("status");
  }

  /// The pilot's kerb is in use since it began, and its calendar can be subscribed to.
  private void field(String url, String pilot) throws Exception {
    var bookings =
        (Value.Items) Json.parse(get(url + "/api/v1/bookings?pilot=" + pilot, null).body());
    assertThat(bookings.items()).hasSize(1);
    assertThat(text(bookings.items().getFirst(), "state")).isEqualTo("IN_USE");
    var calendar = get(url + "/api/v1/places/urn:ngsi-ld:Place:neihu/calendar.ics", null);
    assertThat(calendar.headers().firstValue("Content-Type"))
        .hasValue("text/calendar; charset=utf-8");
    assertThat(calendar.body())
        .startsWith("BEGIN:VCALENDAR\r\n")
        .contains("SUMMARY:Vans of the night (demo)", "SUMMARY:Mending locks (demo)");
    assertThat(get(url + "/api/v1/pilots/" + pilot + "/calendar.ics", null).body())
        .contains("LOCATION:Night kerb (invented for the demo)");
  }

  /// Glasgow's facts in a tenant of their own, positions said to be approximate.
  private void neighbour(String url) throws Exception {
    var places = url + "/api/v1/places";
    var features =
        client.send(
            request(places, null)
                .header("NGSILD-Tenant", "glasgow")
                .header("Accept", "application/geo+json")
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(features.headers().firstValue("Content-Type")).hasValue("application/geo+json");
    var found = ((Value.Items) member(Json.parse(features.body()), "features")).items();
    assertThat(found).hasSize(17);
    for (var one : found)
      assertThat(text(member(one, "properties"), "locationQuality")).startsWith("approx");
    assertThat(get(url + "/cities/glasgow/places", null).body())
        .contains("Glasgow City Innovation District", "FinTech", "Tontine", "approx ±150 m");
    assertThat(get(url + "/places", null).body()).contains("/cities/glasgow/places");
  }

  private static String station(String sno) {
    return "urn:ngsi-ld:BikeHireDockingStation:" + sno;
  }

  private HttpResponse<String> get(String url, String key) throws Exception {
    return client.send(request(url, key).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(String url, String key) {
    var request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(60));
    return key == null ? request : request.header("X-API-Key", key);
  }

  private static Value member(Value value, String name) {
    return ((Value.Struct) value).members().get(name);
  }

  private static String text(Value value, String name) {
    return ((Value.Text) member(value, name)).text();
  }

  private static double number(Value period) {
    return member(period, "value").asNumber();
  }
}
