package plaza.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plaza.access.people.Organization;
import plaza.access.people.Role;
import plaza.access.people.Scope;
import plaza.graph.Address;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.graph.change.Write;
import plaza.ledger.Actor;
import plaza.server.settings.Configuration;
import plaza.server.settings.Settings;

/// A service as its owner, its users and another city meet it: over HTTP, with a second running
/// Plaza as the other city.
class ServiceOverHttpTest {
  private static final String VOCABULARY = "https://uri.etsi.org/ngsi-ld/default-context/";
  private static final String STATION = VOCABULARY + "BikeHireDockingStation";
  private static final String BIKES = VOCABULARY + "availableBikeNumber";
  private static final Actor OFFICE = Actor.of("urn:plaza:test").through("test");
  private static final String SERVICE = "/api/v1/services/urn:ngsi-ld:Service:bikes";

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private City here;
  private City there;
  private Asker nobody;
  private Asker owner;
  private Asker steward;

  @BeforeEach
  void start() {
    here = city("here");
    there = city("there");
    station(here);
    nobody = new Asker(client, here.serve(), Map.of());
    owner = person("olga", Role.SERVICE_OWNER);
    steward = person("dan", Role.DATA_STEWARD);
    var department =
        here.access()
            .organizations()
            .add(OFFICE, "Transport", Organization.Kind.DEPARTMENT, Set.of(), null, null)
            .id();
    owner
        .post(
            "/api/v1/services",
            """
            {'title': 'Bikes ahead', 'slug': 'bikes', 'department': '%s',
             'withoutPilot': 'It ran for years before there was a programme of any kind.',
             'dataRequirements': [{'name': 'docks', 'type': 'BikeHireDockingStation',
                                   'attributes': ['availableBikeNumber']}],
             'supportContact': 'https://help.example', 'licence': 'EUPL-1.2',
             'accessibility': {'standard': 'WCAG 2.2', 'level': 'AA',
                               'url': 'https://a11y.example'},
             'usageMeter': true, 'renewalDate': '2035-01-01'}
            """
                .formatted(department))
        .expect(201);
  }

  private City city(String name) {
    return new City(
        Settings.of(
            Configuration.of(
                Settings.all(),
                Map.of(),
                Map.of(),
                List.of(
                    "--port",
                    "0",
                    "--data",
                    folder.resolve(name).toString(),
                    "--anonymous",
                    "read-public",
                    "--allow-private-hosts"))));
  }

  private static void station(City city) {
    var station =
        Entity.of(
            "urn:ngsi-ld:BikeHireDockingStation:1",
            STATION,
            List.of(Attribute.of(BIKES, Value.of(7), Instant.now())));
    city.ledger().write(OFFICE, Write.atomic(Address.DEFAULT, new Edit.Put(station)));
  }

  private Asker person(String name, Role role) {
    var access = here.access();
    var id = access.people().add(OFFICE, name, name, null, "four words or so, and more").id();
    access.roles().give(OFFICE, id, role, Scope.CITY, null);
    var key = access.keys().issuePersonal(OFFICE, id, "k", null, Instant.now().plusSeconds(600));
    return nobody.with("X-API-Key", key.text());
  }

  @AfterEach
  void stop() {
    there.close();
    here.close();
    client.close();
  }

  @Test
  void aServicesKeyWorksFromItsLaunchAndItsUsersAreCountedWhereTheyPass() {
    var grant =
        owner
            .post(
                "/api/v1/grants",
                """
                {'service': 'urn:ngsi-ld:Service:bikes', 'types': ['%s'], 'purpose': 'to show',
                 'endDate': '2035-01-01'}
                """
                    .formatted(STATION))
            .expect(201)
            .text("id");
    steward.step("/api/v1/grants/" + grant, "review", "{}").expect(200);
    steward
        .step("/api/v1/grants/" + grant, "approve", "{'licence': 'OGDL-Taiwan-1.0'}")
        .expect(200);
    var key = owner.post(SERVICE + "/keys", "{'label': 'app'}").expect(201).text("key");
    var app = nobody.with("X-API-Key", key);
    var station = "/ngsi-ld/v1/entities/urn:ngsi-ld:BikeHireDockingStation:1";
    app.with("Plaza-Service-User", "too-early").get(station).expect(403);

    owner.step(SERVICE, "launch", "{}").expect(200);
    for (int i = 0; i < 24; i++)
      app.with("Plaza-Service-User", "user-" + i % 12).get(station).expect(200);
    nobody.with("Plaza-Service-User", "stranger").get(SERVICE).expect(200);
    var use = nobody.get(SERVICE + "/usage").expect(200);
    assertThat(use.at("monthlyActiveUsers")).isEqualTo(Value.of(12));
    assertThat(use.at("retention")).isEqualTo(Value.Null.VALUE);

    owner.step(SERVICE, "suspend", "{'reason': 'a leak'}").expect(200);
    app.get(station).expect(403);
    owner.step(SERVICE, "resume", "{}").expect(200);
    app.get(station).expect(200);
  }

  @Test
  void aServiceIsADcatDataServiceToWhoAsksForJsonLd() {
    owner.step(SERVICE, "launch", "{}").expect(200);
    var entry = nobody.with("Accept", "application/ld+json").get(SERVICE).expect(200);
    assertThat(entry.header("Content-Type")).isEqualTo("application/ld+json");
    assertThat(entry.text()).contains("dcat:DataService").contains("\"dct:title\":\"Bikes ahead\"");
    assertThat(nobody.get(SERVICE).expect(200).header("Link")).contains("rel=\"alternate\"");
    assertThat(nobody.with("Accept", "application/ld+json").get("/api/v1/services").text())
        .contains("dcat:Catalog")
        .contains("urn:ngsi-ld:Service:bikes");
  }

  @Test
  void aGrantIsAnOdrlAgreementAndAnOrganisationOneOfTheW3CToWhoAsksForJsonLd() {
    var grant =
        owner
            .post(
                "/api/v1/grants",
                """
                {'service': 'urn:ngsi-ld:Service:bikes', 'types': ['%s'], 'purpose': 'to show',
                 'attributes': ['%s'], 'endDate': '2035-01-01', 'areaName': 'the middle',
                 'area': {'type': 'Polygon', 'coordinates': [[[0,0],[1,0],[1,1],[0,0]]]}}
                """
                    .formatted(STATION, BIKES))
            .expect(201)
            .header("Location");
    var linked = steward.with("Accept", "application/ld+json");
    assertThat(linked.get(grant).expect(200).text("@type")).isEqualTo("odrl:Request");
    steward.step(grant, "review", "{}").expect(200);
    steward.step(grant, "approve", "{'licence': 'OGDL-Taiwan-1.0'}").expect(200);

    var agreement = linked.get(grant).expect(200);
    assertThat(agreement.text("@type")).isEqualTo("odrl:Agreement");
    var permission = agreement.items("odrl:permission").getFirst();
    assertThat(Asker.within(permission, "odrl:target", "odrl:source", "@id"))
        .isEqualTo(Value.of(STATION));
    assertThat(Asker.within(permission, "odrl:constraint").toString())
        .contains("odrl:lteq", "2035-01-01", "to show");
    assertThat(Asker.within(permission, "odrl:target").toString())
        .contains(BIKES, "geoJSONLiteral");
    var assignee = Asker.within(permission, "odrl:assignee", "@id");
    var department =
        linked.get("/api/v1/organisations/" + ((Value.Text) assignee).text()).expect(200);
    assertThat(department.at("@type").toString()).contains("org:OrganizationalUnit");
    assertThat(department.text("skos:prefLabel")).isEqualTo("Transport");
    assertThat(linked.get("/api/v1/organisations").expect(200).items("@graph")).hasSize(1);
  }

  @Test
  void anotherRunningPlazaIsComparedWithWhatTheServiceNeeds() {
    owner.step(SERVICE, "launch", "{}").expect(200);
    var path = "/api/v1/portability?service=urn:ngsi-ld:Service:bikes&catalogue=" + there.serve();
    var before = nobody.get(path).expect(200);
    assertThat(before.at("deployable")).isEqualTo(Value.of(false));
    assertThat(before.at("value").asNumber()).isEqualTo(0);

    station(there);
    var after = nobody.get(path).expect(200);
    assertThat(after.at("deployable")).isEqualTo(Value.of(true));
    assertThat(after.at("value").asNumber()).isEqualTo(1);
    assertThat(after.each("fit", "requirements")).containsExactly("satisfied");
    nobody
        .get("/api/v1/portability?service=urn:ngsi-ld:Service:bikes&catalogue=http://localhost:1")
        .expect(503);
    nobody.get("/api/v1/portability?service=urn:ngsi-ld:Service:none&catalogue=x:").expect(404);
    nobody.get("/api/v1/portability?service=urn:ngsi-ld:Service:bikes").expect(400);
  }

  @Test
  void lessonsAreWrittenWithWhatTheyAreAboutAndFound() {
    owner.step(SERVICE, "launch", "{}").expect(200);
    owner
        .post(SERVICE + "/lessons", "{'what': 'Ask the users first.', 'tags': ['users']}")
        .expect(201);
    assertThat(nobody.get("/api/v1/lessons?q=USERS+first").expect(200).each("what"))
        .containsExactly("Ask the users first.");
    assertThat(nobody.get("/api/v1/lessons?tag=none").expect(200).items()).isEmpty();
    nobody.post(SERVICE + "/lessons", "{'what': 'x'}").expect(401);
  }
}
