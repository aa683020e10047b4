package plaza.programme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plaza.programme.ProgrammeCity.TEAM;
import static plaza.programme.ProgrammeCity.nobody;
import static plaza.programme.ProgrammeCity.struct;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.procedure.Caller;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Kind;

/// What worked in one city, taken to another: packed, assessed, deployed, confirmed by who stayed.
class ReplicationTest {
  private static final String SERVICE = "urn:ngsi-ld:Service:bikes";
  private static final String THERE = "https://there.example";
  private static final String OTHER_CITY = "urn:plaza:organization:there";
  private static final String TYPES = THERE + "/ngsi-ld/v1/types?details=true";
  private final ProgrammeCity city = new ProgrammeCity();
  private final Caller pmo = city.person("po", "pmo");
  private final Caller delegate = city.member("dana", OTHER_CITY, "cityDelegate");

  ReplicationTest() {
    var members =
        struct(
                """
                {'title': 'Bikes ahead', 'operator': '%s', 'licence': 'EUPL-1.2',
                 'dataRequirements': [
                   {'name': 'docks', 'type': 'BikeHireDockingStation', 'weight': 3,
                    'attributes': ['availableBikeNumber', 'freeSlotNumber']},
                   {'name': 'weather', 'type': 'WeatherObserved', 'weight': 1,
                    'attributes': ['temperature', 'precipitation'], 'mandatory': false},
                   {'name': 'events', 'type': 'Event', 'weight': 1, 'mandatory': false}]}
                """
                    .formatted(TEAM))
            .members();
    for (var edit : Dossiers.edits(null, Dossier.of(Kind.SERVICE, SERVICE, "LIVE", members)))
      city.write(edit);
  }

  @AfterEach
  void close() {
    city.close();
  }

  @Test
  void aCatalogueIsComparedNeedByNeed() {
    city.elsewhere.put(
        TYPES,
        """
        [{'id': 'https://there.example/model#bike_hire_docking_station', 'type': 'EntityType',
          'typeName': 'x', 'attributeNames': ['availableBikeNumber', 'https://m.example/FreeSlotNumber']},
         {'id': 'https://uri.etsi.org/ngsi-ld/default-context/WeatherObserved',
          'attributeNames': ['temperature']}]
        """);

    var report = city.programme.portability(nobody(), SERVICE, THERE).members();
    // (3 × 0.8 + 1 × 0.4 + 1 × 0) / 5
    assertThat(report)
        .containsEntry("value", Value.of(0.56))
        .containsEntry("deployable", Value.of(true))
        .containsEntry("n", Value.of(3));
    assertThat(fits(report)).isEqualTo("mappable degraded missing");
    assertThat(report.get("mapping").toString())
        .contains("bike_hire_docking_station")
        .contains("FreeSlotNumber");
    assertThat(report.get("gaps").toString()).contains("it lacks precipitation");
  }

  @Test
  void whatLacksAMandatoryNeedCannotBeDeployed() {
    city.elsewhere.put(
        TYPES, "[{'id': 'BikeHireDockingStation', 'attributeNames': ['availableBikeNumber']}]");

    assertThat(city.programme.portability(nobody(), SERVICE, THERE + "/ngsi-ld/v1").members())
        .containsEntry("deployable", Value.of(false))
        .containsEntry("blocking", Value.of(java.util.List.of("docks")));
  }

  @Test
  void aBrokerThatNamesAttributesOnlyApartAndADcatCatalogueAreReadToo() {
    city.elsewhere.put(
        TYPES, "{'id': 'urn:x', 'type': 'EntityType', 'typeName': 'BikeHireDockingStation'}");
    city.elsewhere.put(
        THERE + "/ngsi-ld/v1/attributes?details=true",
        """
        [{'id': 'availableBikeNumber', 'typeNames': ['BikeHireDockingStation']},
         {'id': 'freeSlotNumber', 'typeNames': ['BikeHireDockingStation']}]
        """);
    assertThat(fits(city.programme.portability(nobody(), SERVICE, THERE).members()))
        .isEqualTo("satisfied missing missing");

    city.elsewhere.put(
        "https://dcat.example/catalogue.jsonld",
        """
        {'@type': 'dcat:Catalog', 'dcat:dataset': [
          {'dct:conformsTo': {'@id': 'https://uri.etsi.org/ngsi-ld/default-context/WeatherObserved'},
           'schema:variableMeasured': ['temperature', 'precipitation']}]}
        """);
    assertThat(
            fits(
                city.programme
                    .portability(nobody(), SERVICE, "https://dcat.example/catalogue.jsonld")
                    .members()))
        .isEqualTo("missing satisfied missing");
  }

  @Test
  void readingsOlderThanTheServiceCanUseAreOnlySecondBest() {
    var dated = city.get(Kind.SERVICE, SERVICE);
    var needs =
        struct(
            "{'a': [{'name': 'docks', 'type': 'BikeHireDockingStation', 'maxAgeSeconds': 3600}]}");
    for (var edit : Dossiers.edits(dated, dated.with("dataRequirements", needs.members().get("a"))))
      city.write(edit);
    city.elsewhere.put(TYPES, "[{'id': 'BikeHireDockingStation', 'attributeNames': ['a']}]");
    var entities =
        THERE
            + "/ngsi-ld/v1/entities?limit=20&type="
            + "https%3A%2F%2Furi.etsi.org%2Fngsi-ld%2Fdefault-context%2FBikeHireDockingStation";
    city.elsewhere.put(entities, "[{'a': {'value': 1, 'observedAt': '2026-06-01T06:00:00Z'}}]");
    assertThat(fits(city.programme.portability(nobody(), SERVICE, THERE).members()))
        .isEqualTo("degraded");

    city.elsewhere.put(entities, "[{'a': {'value': 1, 'observedAt': '2026-06-01T07:30:00Z'}}]");
    assertThat(fits(city.programme.portability(nobody(), SERVICE, THERE).members()))
        .isEqualTo("satisfied");
  }

  @Test
  void aPackageIsTakenUpDeployedAndConfirmedByWhoStayedThere() {
    var taken =
        city.programme
            .uptake()
            .packages()
            .pack(
                pmo,
                struct(
                    "{'service': '%s', 'version': '1.0', 'licence': 'EUPL-1.2'}"
                        .formatted(SERVICE)))
            .record();
    var replication =
        city.programme
            .uptake()
            .replications()
            .propose(
                delegate,
                struct(
                    "{'package': '%s', 'organisation': '%s', 'catalogue': '%s', 'city': 'There'}"
                        .formatted(taken.id(), OTHER_CITY, THERE)))
            .record();
    var digest = "{'packageDigest': '" + taken.text("digest") + "'}";
    assertThatThrownBy(() -> city.move(delegate, replication, "assess", digest))
        .isInstanceOfSatisfying(
            Refusal.Unmet.class,
            unmet -> assertThat(unmet.conditions().toString()).contains("there is nothing at"));
    city.elsewhere.put(
        TYPES,
        "[{'id': 'BikeHireDockingStation', 'attributeNames': ['availableBikeNumber',"
            + " 'freeSlotNumber']}]");
    var assessed = city.move(delegate, replication, "assess", digest);
    assertThat(assessed.findStruct("report").orElseThrow().members())
        .containsEntry("deployable", Value.of(true));
    var adapting = city.move(delegate, assessed, "adapt", "{}");
    assertThat(adapting.findStruct("serviceDraft")).isPresent();

    var local = THERE + "/api/v1/services/urn:ngsi-ld:Service:theirs";
    city.elsewhere.put(local, "{'state': 'LIVE'}");
    var deployed = city.move(delegate, adapting, "deploy", "{'localService': '" + local + "'}");
    city.pass(Duration.ofDays(97));
    city.elsewhere.put(local + "/usage", "{'retention': 0.2}");
    assertThat(city.tick()).isEmpty();
    city.elsewhere.put(local + "/usage", "{'retention': 0.31}");
    assertThat(city.tick()).as("asked once a day").isEmpty();
    city.pass(Duration.ofDays(1));
    assertThat(city.tick()).contains(deployed.id() + " confirm");
    assertThat(city.get(Kind.SOLUTION_PACKAGE, taken.id()).items("replicatedBy")).hasSize(1);
  }

  private static String fits(java.util.Map<String, Value> report) {
    var fits = new StringBuilder();
    for (var one : ((Value.Items) report.get("requirements")).items())
      fits.append(((Value.Text) ((Value.Struct) one).members().get("fit")).text()).append(' ');
    return fits.toString().strip();
  }
}
