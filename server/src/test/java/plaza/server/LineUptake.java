package plaza.server;

import static org.assertj.core.api.Assertions.assertThat;
import static plaza.server.BikeReadings.TERMS;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import plaza.graph.Value;

/// What works finds money and users: a round in which private parties outweigh the city, a service
/// whose users are counted where they pass.
final class LineUptake {
  private static final String ROUNDS = "/api/v1/rounds";
  private static final int USERS = 12;

  private final CityPeople city;
  private final Asker finance;
  private final Asker owner;
  private final Asker steward;

  LineUptake(CityPeople city) {
    this.city = city;
    finance = city.person("fin");
    owner = city.person("olga");
    steward = city.person("dan");
  }

  /// @param indicator where the indicator is that the second payment waits for
  void funded(String pilot, String indicator) {
    var drafted = finance.get(ROUNDS + "?pilot=" + CityPeople.last(pilot)).expect(200).each("id");
    assertThat(drafted).as("the gate's route was to fund").hasSize(1);
    var round = ROUNDS + "/" + drafted.getFirst();
    finance
        .patch(
            round,
            """
            {'currency': 'TWD', 'target': '900000', 'minimum': '600000', 'publicCap': '0.5',
             'terms': {'url': 'https://city.example/terms'}, 'deadline': '%s'}
            """
                .formatted(Instant.now().plus(30, ChronoUnit.DAYS)))
        .expect(200);
    finance.step(round, "open", "{}").expect(200);
    finance.post(round + "/tranches", "{'title': 'start', 'amount': '200000.25'}").expect(201);
    finance
        .post(
            round + "/tranches",
            "{'title': 'proof', 'amount': '399999.75', 'indicator': '%s'}"
                .formatted(CityPeople.last(indicator)))
        .expect(201);
    commit(round, finance, "Department of Bikes", "grant", "200000.25");
    commit(round, city.person("ivy"), "Bank of Wheels", "loan", "399999.75");
    assertThat(city.nobody().get(round + "/commitments").expect(200).items()).isEmpty();
    finance.step(round, "commercialClose", "{}").expect(200);
    finance
        .step(
            round,
            "financialClose",
            "{'documents': [{'url': 'https://city.example/c', 'signedAt': '%s'}]}"
                .formatted(Instant.now()))
        .expect(200);
    for (var title : new String[] {"start", "proof"}) paid(round, title);
    finance.step(round, "complete", "{}").expect(200);
    var leverage = city.nobody().get("/api/v1/indicators/programme").expect(200);
    assertThat(leverage.text("leverage", "currency")).isEqualTo("TWD");
    assertThat(leverage.text("leverage", "disbursed", "public")).isEqualTo("200000.25");
    assertThat(leverage.text("leverage", "disbursed", "private")).isEqualTo("399999.75");
  }

  private void commit(String round, Asker by, String organisation, String type, String amount) {
    by.step(
            round,
            "commit",
            """
            {'organisation': '%s', 'financeType': '%s', 'amount': '%s', 'currency': 'TWD',
             'relatedPartyDeclared': %s}
            """
                .formatted(
                    city.organisation(organisation),
                    type,
                    amount,
                    organisation.startsWith("Department")))
        .expect(200);
  }

  /// Each tranche is as large as one of the two commitments.
  private void paid(String round, String title) {
    var tranche = named(finance.get(round + "/tranches").expect(200), "title", title);
    var amount = ((Value.Text) Asker.within(tranche, "amount")).text();
    var commitment = named(finance.get(round + "/commitments").expect(200), "amount", amount);
    finance
        .step(
            round,
            "disburse",
            "{'commitment': '%s', 'tranche': '%s', 'amount': '%s'}"
                .formatted(id(commitment), id(tranche), amount))
        .expect(200);
  }

  private static Value named(Asker.Answer answer, String member, String text) {
    return answer.items().stream()
        .filter(one -> Asker.within(one, member).equals(Value.of(text)))
        .findFirst()
        .orElseThrow(() -> new AssertionError(text + " is not in " + answer.text()));
  }

  private static String id(Value record) {
    return ((Value.Text) Asker.within(record, "id")).text();
  }

  /// @return where the service is
  String served(String pilot) {
    var service =
        "/api/v1/services/" + city.nobody().get(pilot).expect(200).text("service").strip();
    owner
        .patch(
            service,
            """
            {'dataRequirements': [{'name': 'docks', 'type': 'BikeHireDockingStation',
                                   'attributes': ['availableBikeNumber']}],
             'supportContact': 'https://help.example', 'licence': 'EUPL-1.2',
             'accessibility': {'standard': 'WCAG 2.2', 'level': 'AA', 'url': 'https://a11y.example'},
             'usageMeter': true, 'renewalDate': '2035-01-01'}
            """)
        .expect(200);
    var grant =
        owner
            .post(
                "/api/v1/grants",
                """
                {'service': '%s', 'types': ['%sBikeHireDockingStation'],
                 'purpose': 'to show where bikes will be', 'endDate': '2035-01-01'}
                """
                    .formatted(CityPeople.last(service), TERMS))
            .expect(201)
            .header("Location");
    steward.step(grant, "review", "{}").expect(200);
    steward.step(grant, "approve", "{'licence': 'OGDL-Taiwan-1.0'}").expect(200);
    var app =
        city.nobody()
            .with(
                "X-API-Key",
                owner.post(service + "/keys", "{'label': 'app'}").expect(201).text("key"));
    app.get(LinePilot.STATIONS).expect(403);
    owner.step(service, "launch", "{}").expect(200);
    for (int user = 0; user < USERS; user++)
      app.with("Plaza-Service-User", "user-" + user).get(LinePilot.STATIONS).expect(200);
    assertThat(
            city.nobody().get(service + "/usage").expect(200).at("monthlyActiveUsers").asNumber())
        .isEqualTo(USERS);
    return service;
  }
}
