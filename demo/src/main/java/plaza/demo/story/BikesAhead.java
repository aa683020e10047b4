package plaza.demo.story;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import plaza.demo.people.Cast;
import plaza.demo.taipei.Terms;
import plaza.graph.Address;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// A service that ran before the programme, its users and the round that widens it. All invented:
/// people, users and money.
final class BikesAhead {
  private static final String SERVICE = "urn:ngsi-ld:Service:demo-bikes-ahead";
  private static final int FIRST = 48;
  private static final int STAYED = 17;
  private static final int NOW = 36;

  private final Parts parts;
  private final Function<Kind, List<Dossier>> records;

  /// @param records all of a kind
  BikesAhead(Parts parts, Function<Kind, List<Dossier>> records) {
    this.parts = parts;
    this.records = records;
  }

  /// Launched, with its first users on the same day.
  void launch() {
    var service =
        parts
            .programme()
            .uptake()
            .services()
            .draft(
                parts.caller("serviceOwner"),
                Json.of(
                    """
                    {'title': 'Bikes ahead (demo)', 'slug': 'demo-bikes-ahead', 'department': '%s',
                     'summary': 'Says in the evening where a bike will be free in the morning. Invented for the demo.',
                     'withoutPilot': 'It ran for years before there was a programme in the city. Invented for the demo.',
                     'dataRequirements': [{'name': 'stations', 'type': '%s', 'attributes': ['%s']}],
                     'supportContact': 'https://help.example', 'licence': 'EUPL-1.2',
                     'accessibility': {'standard': 'WCAG 2.2', 'level': 'AA', 'url': 'https://a11y.example'},
                     'usageMeter': true, 'renewalDate': '2035-01-01', 'targetMonthlyUsers': 60,
                     'renewalRule': {'retention': 0.25, 'monthlyShare': 0.6}, 'tags': ['bikes', 'demo']}
                    """,
                    parts.organisation(Cast.DEPARTMENT), Terms.STATION, Terms.BIKES))
            .record();
    parts.move("serviceOwner", service, "launch", "{}");
    use("first", FIRST);
  }

  /// About three months after the first day some of them are still there.
  void stay() {
    use("first", STAYED);
  }

  void today() {
    use("today", NOW);
  }

  private void use(String crowd, int users) {
    var usage = parts.programme().usage();
    for (int i = 0; i < users; i++) usage.saw(Address.DEFAULT, SERVICE, crowd + "-" + i);
    usage.flush();
  }

  /// Two private units for one public: committed, closed and paid.
  void fund() {
    var round =
        parts
            .programme()
            .uptake()
            .rounds()
            .plan(
                parts.caller("financeOfficer"),
                Json.of(
                    """
                    {'title': 'Bikes ahead for all districts (demo)', 'service': '%s', 'currency': 'TWD',
                     'target': '2400000.00', 'minimum': '1500000.00', 'publicCap': '0.5',
                     'deadline': '2025-05-01T00:00:00Z', 'terms': {'url': 'https://help.example/terms'}}
                    """,
                    SERVICE))
            .record();
    parts.move("financeOfficer", round, "open", "{}");
    commit(round, "financeOfficer", Cast.DEPARTMENT, "grant", "600000.00");
    commit(round, "investor", Cast.FUND, "loan", "1200000.00");
    parts.move("financeOfficer", round, "commercialClose", "{}");
    parts.move(
        "financeOfficer",
        round,
        "financialClose",
        "{'documents': [{'url': 'https://help.example/contract', 'signedAt': '2025-04-25'}]}");
    for (var commitment : records.apply(Kind.COMMITMENT))
      parts.move(
          "financeOfficer",
          round,
          "disburse",
          "{'commitment': '%s', 'amount': '%s'}"
              .formatted(commitment.id(), half(commitment.text("amount"))));
  }

  private static String half(String amount) {
    return new BigDecimal(amount).divide(BigDecimal.TWO).toPlainString();
  }

  private void commit(Dossier round, String part, String party, String type, String amount) {
    parts.move(
        part,
        round,
        "commit",
        """
        {'organisation': '%s', 'financeType': '%s', 'amount': '%s', 'currency': 'TWD',
         'relatedPartyDeclared': false}
        """
            .formatted(parts.organisation(party), type, amount));
  }
}
