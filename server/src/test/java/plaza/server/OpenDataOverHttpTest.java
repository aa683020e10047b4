package plaza.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plaza.access.people.Organization;
import plaza.access.people.Role;
import plaza.access.people.Scope;
import plaza.graph.Value;
import plaza.ledger.Actor;
import plaza.server.settings.Configuration;
import plaza.server.settings.Settings;

/// What a city publishes of its programme, as anybody fetches it.
class OpenDataOverHttpTest {
  private static final Actor OFFICE = Actor.of("urn:plaza:test").through("test");
  private static final String BASE = "/api/v1/open-data";

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private @Nullable City city;

  @AfterEach
  void stop() {
    if (city != null) city.close();
    client.close();
  }

  private Asker started(String... more) {
    var arguments = new ArrayList<>(List.of("--port", "0", "--data", folder.toString()));
    arguments.addAll(List.of(more));
    city = new City(Settings.of(Configuration.of(Settings.all(), Map.of(), Map.of(), arguments)));
    return new Asker(client, city.serve(), Map.of());
  }

  private City city() {
    if (city == null) throw new IllegalStateException("no city runs");
    return city;
  }

  /// Someone with a key.
  private Asker person(Asker nobody, String name, @Nullable Role role, @Nullable String member) {
    var access = city().access();
    var id = access.people().add(OFFICE, name, name, null, "four words or so, and more").id();
    if (role != null) access.roles().give(OFFICE, id, role, Scope.CITY, null);
    if (member != null) access.organizations().join(OFFICE, id, member, true);
    var key = access.keys().issuePersonal(OFFICE, id, "k", null, Instant.now().plusSeconds(600));
    return nobody.with("X-API-Key", key.text());
  }

  private String organisation(String name, Organization.Kind kind, String identifier) {
    return city()
        .access()
        .organizations()
        .add(OFFICE, name, kind, Set.of(identifier), null, null, "Lane 5, " + name)
        .id();
  }

  @Test
  void anybodyFetchesWhatWasAgreedWithoutACallOnceItIsPublic() {
    var nobody = started("--open-data-ocid-prefix", "ocds-abc123", "--city-name", "Taipei");
    var team = organisation("Lamps Ltd", Organization.Kind.COMPANY, "TW-BAN:12345678");
    var department = organisation("Lighting", Organization.Kind.DEPARTMENT, "TW-GOV:379");
    var pmo = person(nobody, "po", Role.PMO, null);
    var builder = person(nobody, "bea", null, team);
    pmo.post(
            "/api/v1/pilots",
            """
            {'title': 'Sensors on lamps', 'organisation': '%s', 'department': '%s',
             'withoutCall': 'Only this organisation owns the lamps, so nobody else could do it.',
             'slug': 'lamps', 'startDate': '2035-01-01', 'endDate': '2035-06-01',
             'notNeeded': ['bookings', 'regulation', 'data'], 'insurance': 'policy 2',
             'baselineWaiver': 'Nothing was there before.', 'exitPlan': 'Off they go.',
             'agreement': {'text': 'We agree.', 'maximumEnd': '2035-12-31'}}
            """
                .formatted(team, department))
        .expect(201);
    var releases = BASE + "/ocds/releases.json";
    assertThat(nobody.get(releases).expect(200).items("releases")).isEmpty();
    nobody.get(BASE + "/ocds/releases/ocds-abc123-pilot-lamps.json").expect(404);

    var pilot = "/api/v1/pilots/urn:ngsi-ld:Pilot:lamps";
    pmo.post(pilot + "/signatures", "{}").expect(201);
    builder.post(pilot + "/signatures", "{}").expect(201);
    var indicator = pmo.post(pilot + "/indicators", DEFINITION).expect(201).text("id");
    pmo.post("/api/v1/indicators/" + indicator + "/lock", "{}").expect(200);
    pmo.step(pilot, "makeReady", "{}").expect(200);

    var found = nobody.get(releases).expect(200);
    assertThat(found.text("publisher", "name")).isEqualTo("Taipei");
    assertThat(found.each("ocid", "releases")).containsExactly("ocds-abc123-pilot-lamps");
    assertThat(found.text()).contains("Lamps Ltd", "\"scheme\":\"TW-BAN\"", "\"pending\"");
    assertThat(found.text()).doesNotContain("urn:plaza:person", "We agree");
    var tag = found.header("ETag");
    nobody.with("If-None-Match", tag).get(releases).expect(304);
    var alone = nobody.get(BASE + "/ocds/records/ocds-abc123-pilot-lamps.json").expect(200);
    assertThat(alone.each("ocid", "records")).containsExactly("ocds-abc123-pilot-lamps");

    var table = nobody.get(BASE + "/foi.csv").expect(200);
    assertThat(table.header("Content-Type")).startsWith("text/csv; charset=utf-8");
    assertThat(table.text().lines().toList())
        .hasSize(2)
        .first()
        .isEqualTo(
            "applicant,registration number,address,round,sponsor,challenge,solution,stage"
                + " reached,agreement signed,agreement value,further agreements,further agreement"
                + " values,in use now");
    assertThat(table.text())
        .contains("Lamps Ltd,12345678,\"Lane 5, Lamps Ltd\",without a call,Lighting,,Sensors");
    assertThat(nobody.get(BASE + "/foi.json").expect(200).each("applicant"))
        .containsExactly("Lamps Ltd");
    nobody.get(releases + "?limit=0").expect(400);
    datasets(nobody);
    assertThat(nobody.get("/openapi").expect(200).text())
        .contains(BASE + "/ocds/releases.json", BASE + "/foi.csv");
  }

  /// All that is listed can be fetched, by anybody.
  private static void datasets(Asker nobody) {
    var index = nobody.get(BASE).expect(200);
    assertThat(index.each("identifier", "datasets"))
        .contains("ocds", "360giving", "foi", "chain", "needs", "pilots", "lessons");
    for (var dataset : index.items("datasets"))
      for (var one : ((Value.Items) Asker.within(dataset, "distributions")).items()) {
        var url = ((Value.Text) Asker.within(one, "url")).text();
        var answer = nobody.get(url.replaceFirst("http://[^/]+", "")).expect(200);
        assertThat(answer.header("Content-Type"))
            .startsWith(((Value.Text) Asker.within(one, "mediaType")).text());
        assertThat(answer.text()).as(url).doesNotContain("urn:plaza:person");
        assertThat(answer.header("Cache-Control")).contains("max-age");
      }
    assertThat(nobody.get(BASE + "/pilots.csv").expect(200).text())
        .contains("Sensors on lamps", "Lamps Ltd");
    assertThat(nobody.get(BASE + "/chain.jsonl").expect(200).text().lines().toList())
        .isNotEmpty()
        .allMatch(line -> line.contains("\"previous\"") && line.contains("\"hash\""));
    nobody.get(BASE + "/chain.jsonl?challenge=urn:ngsi-ld:Challenge:none").expect(404);
  }

  private static final String DEFINITION =
      """
      {'name': 'lamps that are dark', 'unit': 'share', 'entityType': 'https://example.org/Lamp',
       'attribute': 'https://example.org/dark', 'hours': {'days': ['MONDAY'],
         'from': '19:00', 'until': '21:00', 'zone': '+08:00'},
       'population': {'name': 'All', 'attribute': 'https://example.org/city', 'equals': 'here'},
       'baseline': {'from': '2034-11-01', 'to': '2034-11-30'},
       'measurement': {'from': '2035-02-01', 'to': '2035-03-01'},
       'direction': 'LOWER_IS_BETTER', 'target': 0.1}
      """;

  @Test
  void theOfficeMayKeepItToItself() {
    var nobody = started("--open-data-readers", "office");
    var resident = person(nobody, "rita", null, null);
    var auditor = person(nobody, "aud", Role.AUDITOR, null);

    nobody.get(BASE + "/foi.csv").expect(401);
    resident.get(BASE + "/foi.csv").expect(403);
    assertThat(auditor.get(BASE + "/foi.csv").expect(200).header("Cache-Control"))
        .contains("private");
  }
}
