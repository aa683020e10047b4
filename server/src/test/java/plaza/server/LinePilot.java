package plaza.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static plaza.server.BikeReadings.TERMS;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import plaza.graph.Value;

/// The pilot: made ready, a field booked, a grant that opens no more than was granted, a verdict
/// that nobody types, a gate.
final class LinePilot {
  static final List<String> BOARD = List.of("b1", "b2", "b3", "b4");
  static final String ENTITIES = "/ngsi-ld/v1/entities";
  static final String STATIONS = ENTITIES + "?type=BikeHireDockingStation&limit=100";
  private static final String INDICATORS = "/api/v1/indicators";
  private static final String GRANTS = "/api/v1/grants";
  private static final String BOOKINGS = "/api/v1/bookings";
  private static final String GATES = "/api/v1/gates";

  private final CityPeople city;
  private final Asker pmo;
  private final Asker steward;
  private final Asker builder;
  private final Asker board;

  LinePilot(CityPeople city) {
    this.city = city;
    pmo = city.person("po");
    steward = city.person("dan");
    builder = city.person("bea");
    board = city.person("b2");
  }

  /// @return where its indicator is
  String prepared(String pilot) {
    everythingMissingIsSaidAtOnce(pmo.step(pilot, "makeReady", "{}").expect(409));
    var old = pmo.get(pilot).expect(200);
    var end = Instant.now().plus(Duration.ofDays(30));
    var terms =
        """
        {'startDate': '%s', 'endDate': '%s', 'notNeeded': ['regulation'],
         'insurance': 'policy 1',
         'agreement': {'text': 'We agree.', 'maximumEnd': '%s'}}
        """
            .formatted(Instant.now(), end, end.plus(Duration.ofDays(30)));
    pmo.with("If-Match", old.header("ETag")).patch(pilot, terms).expect(200);
    pmo.with("If-Match", old.header("ETag")).patch(pilot, terms).expect(409);
    pmo.post(pilot + "/signatures", "{}").expect(201);
    builder.post(pilot + "/signatures", "{}").expect(201);
    var ofPilot = pmo.get(pilot).expect(200);
    var indicator = INDICATORS + "/" + ofPilot.each("id", "indicators").getFirst();
    pmo.post(indicator + "/lock", "{}").expect(200);
    var frozen = pmo.post(indicator + "/baseline", "{}").expect(200);
    measured(frozen, "Neihu", BikeReadings.BEFORE, "baseline");
    measured(frozen, "Shilin", BikeReadings.BEFORE, "controlBaseline");
    assertThat(frozen.text("baseline", "hash")).hasSize(64);
    granted(last(pilot), end);
    booked(last(pilot), end);
    pmo.step(pilot, "makeReady", "{}").expect(200);
    return indicator;
  }

  private static void everythingMissingIsSaidAtOnce(Asker.Answer refused) {
    assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
    assertThat(String.join(" ", refused.each("guard", "unmet")))
        .contains("agreementSignedBothParties")
        .contains("kpiLocked")
        .contains("baselineFrozenWithCoverage")
        .contains("fieldBookingsConfirmed")
        .contains("dataGrantsApproved")
        .contains("regulatoryCasesClear")
        .contains("insuranceOrWaiver");
    assertThat(refused.each("remedy", "unmet")).noneMatch(String::isBlank);
  }

  private static void measured(
      Asker.Answer answer, String district, java.time.LocalDate week, String... path) {
    var measured = Asker.within(answer.at(), path);
    var count = BikeReadings.count(district, week);
    assertThat(Asker.within(measured, "value").asNumber())
        .as(district + " " + week)
        .isEqualTo(count.share());
    assertThat(Asker.within(measured, "coverage").asNumber()).isEqualTo(count.coverage());
  }

  private void granted(String pilot, Instant end) {
    var grant =
        builder
            .post(
                GRANTS,
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
    steward.step(grant, "review", "{}").expect(200);
    steward.step(grant, "approve", "{'licence': 'OGDL-Taiwan-1.0'}").expect(200);
  }

  /// A kerb that holds one thing at a time; a second wish for the same days stays unconfirmed.
  private void booked(String pilot, Instant end) {
    var owner = city.person("fay");
    var where = "'location': {'type': 'Point', 'coordinates': [121.57, 25.08]}";
    var street = place(owner, "{'name': 'Street', 'kind': 'site', " + where + "}");
    var kerb =
        place(
            owner,
            "{'name': 'Kerb in Neihu', 'kind': 'testField', 'capacity': 1, 'within': '"
                + street
                + "', "
                + where
                + "}");
    var wish =
        """
        {'place': '%s', 'pilot': '%s', 'start': '%s', 'end': '%s', 'conditionsAccepted': true}
        """
            .formatted(kerb, pilot, Instant.now().plusSeconds(60), end);
    var first = builder.post(BOOKINGS, wish).expect(201).header("Location");
    var second = builder.post(BOOKINGS, wish).expect(201).header("Location");
    if (!owner.get(first).expect(200).text("state").equals("CONFIRMED"))
      owner.step(first, "confirm", "{}").expect(200);
    assertThat(owner.step(second, "confirm", "{}").expect(409).text())
        .contains("noOverlapPerCapacity");
    builder.step(second, "cancel", "{}").expect(200);
  }

  private static String place(Asker owner, String json) {
    return owner.post("/api/v1/places", json).expect(201).text("id");
  }

  /// The key opens nothing before the start, what was granted afterwards, and never more.
  Asker started(String pilot) {
    var key =
        city.nobody()
            .with(
                "X-API-Key",
                builder.post(pilot + "/keys", "{'label': 'vans'}").expect(201).text("key"));
    city.nobody().await(pilot, "ACTIVE");
    var station = key.awaitOpen(ENTITIES + "/" + BikeReadings.NEIHU.id());
    assertThat(station.text())
        .contains("availableBikeNumber", "location")
        .doesNotContain("freeSlotNumber")
        .doesNotContain("addressLocality");
    key.get(ENTITIES + "/" + BikeReadings.SHILIN.id()).expect(403);
    assertThat(key.get(STATIONS).expect(200).each("id"))
        .hasSize(3)
        .contains(BikeReadings.NEIHU.id())
        .doesNotContain(BikeReadings.SHILIN.id());
    assertThat(steward.get(STATIONS).expect(200).items()).hasSize(5);
    key.patch(
            ENTITIES + "/" + BikeReadings.NEIHU.id() + "/attrs",
            "{'availableBikeNumber': {'type': 'Property', 'value': 9}}")
        .expect(403);
    city.nobody().get(STATIONS).expect(403);
    return key;
  }

  void nobodyTypes(String pilot, String indicator) {
    var typed = "{'measured': {'value': 0}, 'verdict': 'MET'}";
    for (var caller : List.of(pmo, steward, builder, board)) {
      caller.patch(indicator, typed).expect(405);
      assertThat(caller.patch(pilot, typed).response().statusCode()).isBetween(400, 409);
      assertThat(
              caller
                  .patch(
                      ENTITIES + "/" + last(indicator) + "/attrs",
                      "{'https://plaza.city/ns#verdict': {'type': 'Property', 'value': 'MET'}}")
                  .response()
                  .statusCode())
          .isEqualTo(403);
    }
  }

  void judged(String pilot, String indicator) {
    var running = city.nobody().get(pilot).expect(200).items("indicators").getFirst();
    assertThat(Asker.within(running, "frozen")).isEqualTo(Value.of(false));
    pmo.step(pilot, "finish", "{'earlyFinish': 'All mornings are measured.'}").expect(200);
    var judged = city.nobody().get(pilot).expect(200);
    assertThat(judged.text("state")).isEqualTo("EVALUATING");
    var shown = (Value.Struct) judged.items("indicators").getFirst();
    assertThat(shown.members())
        .containsKeys("name", "unit", "interval", "verdictReasons", "definitionHash")
        .containsEntry("frozen", Value.of(true))
        .containsEntry("verdict", Value.of("MET"));
    assertThat(Asker.within(shown, "measured", "value").asNumber())
        .isEqualTo(BikeReadings.count("Neihu", BikeReadings.AFTER).share());
    assertThat(Asker.within(shown, "control", "measured", "value").asNumber())
        .isEqualTo(BikeReadings.count("Shilin", BikeReadings.AFTER).share());
    assertThat(Asker.within(shown, "effect").asNumber())
        .isEqualTo(BikeReadings.effect(), within(1e-12));
    assertThat(city.nobody().get(indicator + "/check").expect(200).at("intact"))
        .isEqualTo(Value.of(true));
  }

  void gated(String pilot) {
    pmo.post(GATES, gate(pilot)).expect(403);
    var gate = city.person("b1").post(GATES, gate(pilot)).expect(201).header("Location");
    assertThat(board.step(pilot, "gateScale", "{}").expect(409).text()).contains("quorum");
    city.person("b1").post(gate + "/votes", "{'approve': true}").expect(403);
    for (var voter : city.people(BOARD.subList(1, 4)))
      voter.post(gate + "/votes", "{'approve': true}").expect(201);
    assertThat(board.step(pilot, "gateScale", "{}").expect(200).text("state")).isEqualTo("SCALED");
    assertThat(pmo.get(GRANTS + "?pilot=" + last(pilot)).expect(200).each("state"))
        .containsExactly("REVOKED");
  }

  private static String gate(String pilot) {
    return """
    {'pilot': '%s', 'outcome': 'SCALE', 'rationale': 'It works.', 'route': 'fund'}
    """
        .formatted(last(pilot));
  }

  private static String last(String path) {
    return CityPeople.last(path);
  }
}
