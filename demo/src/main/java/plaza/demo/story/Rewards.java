package plaza.demo.story;

import java.util.List;
import java.util.function.Function;
import plaza.demo.people.Cast;
import plaza.demo.taipei.Terms;
import plaza.programme.indicator.IndicatorDefinition;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// A smaller pilot that has ended: small rewards for who brings bikes back, in Shilin against
/// Beitou. Nobody ever paid a reward, so the real readings can only show the city's own ups and
/// downs; the board closes it with what was learned.
final class Rewards {
  private static final String PILOT = "urn:ngsi-ld:Pilot:demo-rewards";
  private final Parts parts;
  private final Function<Kind, List<Dossier>> records;

  /// @param records all of a kind
  Rewards(Parts parts, Function<Kind, List<Dossier>> records) {
    this.parts = parts;
    this.records = records;
  }

  void open() {
    parts
        .programme()
        .pilots()
        .open(
            parts.caller("pmo"),
            Json.of(
                """
                {'title': 'Rewards for bikes brought back (demo)', 'slug': 'demo-rewards',
                 'organisation': '%s', 'department': '%s', 'startDate': '2025-04-20T16:00:00Z',
                 'withoutCall': 'A trial of three weeks that costs nothing but the rewards. Invented for the demo.',
                 'summary': 'Who rides a bike to an empty station before eight gets a coffee. Invented for the demo.'}
                """,
                parts.organisation(Cast.OTHER_TEAM), parts.organisation(Cast.DEPARTMENT)));
  }

  /// The baseline is over; the pilot may start.
  void prepare() {
    var pilots = parts.programme().pilots();
    pilots.amend(
        parts.caller("pmo"),
        PILOT,
        Json.of(
            """
            {'endDate': '2025-05-09T16:00:00Z', 'notNeeded': ['bookings', 'regulation', 'data'],
             'notNeededReason': 'Open data are enough.', 'exitPlan': 'Nothing stays behind.',
             'insurance': 'invented for the demo', 'partners': ['%s'],
             'agreement': {'text': 'Invented for the demo.', 'maximumEnd': '2025-06-09T16:00:00Z'}}
            """,
            parts.organisation(Cast.TEAM)),
        null);
    pilots.sign(parts.caller("pmo"), PILOT);
    pilots.sign(parts.caller("innovator2"), PILOT);
    var indicator =
        parts
            .programme()
            .indicators()
            .define(parts.caller("pmo"), PILOT, IndicatorDefinition.of(Json.of(indicator())))
            .record();
    parts.programme().indicators().lock(parts.caller("pmo"), indicator.id());
    parts.programme().indicators().freezeBaseline(parts.caller("pmo"), indicator.id());
    parts.move("pmo", Kind.PILOT, PILOT, "makeReady", "{}");
  }

  private static String indicator() {
    return """
    {'name': 'Share of station-time with no bike to rent, weekdays 07:00–09:00, Shilin',
     'unit': 'share of station-time', 'entityType': '%s', 'attribute': '%s',
     'hours': {'days': ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY'],
               'from': '07:00', 'until': '09:00', 'zone': '+08:00'},
     'population': {'name': '士林區 Shilin', 'attribute': '%s', 'path': ['addressLocality'],
                    'equals': '士林區'},
     'control': {'name': '北投區 Beitou', 'attribute': '%s', 'path': ['addressLocality'],
                 'equals': '北投區'},
     'baseline': {'from': '2025-04-09', 'to': '2025-04-18'},
     'measurement': {'from': '2025-04-21', 'to': '2025-05-09'},
     'direction': 'LOWER_IS_BETTER', 'target': -0.02, 'mandatory': true}
    """
        .formatted(Terms.STATION, Terms.BIKES, Terms.ADDRESS, Terms.ADDRESS);
  }

  /// After its end: the board reads what was measured and closes it.
  void close() {
    var gates = parts.programme().gates();
    var gate =
        gates
            .open(
                parts.caller("programmeBoard"),
                Json.of(
                    "{'pilot': '%s', 'outcome': 'LEARNED', 'rationale': 'No effect beyond the"
                        + " city’s own ups and downs was shown. (Demo)'}",
                    PILOT))
            .record();
    for (var member : List.of("programmeBoard2", "programmeBoard3", "programmeBoard4"))
      gates.vote(parts.caller(member), gate.id(), Json.of("{'approve': true}"));
    parts.move("programmeBoard2", Kind.PILOT, PILOT, "gateClose", "{}");
    parts
        .programme()
        .uptake()
        .lessons()
        .learn(
            parts.caller("pmo"),
            Kind.PILOT,
            PILOT,
            Json.of(
                """
                {'what': 'Three weeks are too short to tell a small effect from the weather. (Invented for the demo; the readings are real.)',
                 'evidence': 'The interval of the effect held both the target and zero.',
                 'tags': ['bikes', 'measurement']}
                """));
    for (var evaluation : records.apply(Kind.EVALUATION))
      parts
          .programme()
          .pilots()
          .publishEvaluation(
              parts.caller("pmo"),
              evaluation.id(),
              Json.of("{'summary': 'No effect was shown. Invented for the demo.'}"));
  }

  static boolean isOf(Dossier indicator) {
    return indicator.texts("pilot").contains(PILOT);
  }
}
