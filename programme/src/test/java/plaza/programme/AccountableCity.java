package plaza.programme;

import static plaza.programme.ProgrammeCity.DEPARTMENT;
import static plaza.programme.ProgrammeCity.OTHER_TEAM;
import static plaza.programme.ProgrammeCity.TEAM;
import static plaza.programme.ProgrammeCity.nobody;
import static plaza.programme.ProgrammeCity.struct;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plaza.graph.Address;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.programme.demand.NewNeed;
import plaza.programme.indicator.IndicatorDefinition;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Standing;
import plaza.programme.publication.Parties;
import plaza.programme.publication.Party;
import plaza.programme.publication.Publisher;
import plaza.programme.publication.Sheet;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// A city that has something to account for: a call that was extended and decided, a pilot that was
/// measured, funded and became a service, a call that was cancelled, one without answer, a pilot
/// without a call. People's names are such that an export which leaks one shows it.
final class AccountableCity implements AutoCloseable {
  static final String THIRD_TEAM = "urn:plaza:organization:hopefuls";
  static final String BANK = "urn:plaza:organization:bank";
  static final Publisher PUBLISHER =
      new Publisher(
          "Plaza",
          "https://plaza.example",
          Publisher.EXAMPLE_OCID_PREFIX,
          Publisher.EXAMPLE_GIVING_PREFIX,
          Publisher.OPEN_LICENCE,
          "en");
  static final Parties PARTIES =
      id ->
          Optional.ofNullable(
              Map.of(
                      DEPARTMENT,
                      new Party(
                          DEPARTMENT, "Department of Transport", "department", List.of(), null),
                      TEAM,
                      new Party(
                          TEAM, "Wheels Ltd", "startup", List.of("TW-BAN:12345678"), "Park Road 1"),
                      OTHER_TEAM,
                      new Party(OTHER_TEAM, "=Pedals, \"Coop\"", "civil", List.of("77"), null),
                      THIRD_TEAM,
                      new Party(THIRD_TEAM, "Hopefuls", "sme", List.of(), null),
                      BANK,
                      new Party(BANK, "City Bank", "investor", List.of("GB-COH:99"), null))
                  .get(id));

  final ProgrammeCity city = new ProgrammeCity();
  final Caller moderator = city.person("zzmei", "moderator");
  final Caller pmo = city.person("zzpo", "pmo");
  final Caller officer = city.person("zzotto", "departmentOfficer");
  final Caller sponsor = city.member("zzsue", DEPARTMENT, "sponsor");
  final Caller steward = city.person("zzdan", "dataSteward");
  final Caller finance = city.person("zzfin", "financeOfficer");
  final Caller builder = city.member("zzbea", TEAM, "innovator");
  final Caller banker = city.member("zzben", BANK);
  final List<Caller> board =
      List.of(
          city.person("zzb1", "programmeBoard"),
          city.person("zzb2", "programmeBoard"),
          city.person("zzb3", "programmeBoard"),
          city.person("zzb4", "programmeBoard"));
  final List<Caller> panel =
      List.of(
          city.person("zzp1", "panelMember"),
          city.person("zzp2", "panelMember"),
          city.person("zzp3", "panelMember"));

  AccountableCity() {
    city.people.give(banker.id(), "investor", Standing.CITY);
    city.people.own(DEPARTMENT, "1");
  }

  Publications publications() {
    return city.programme.publications(PARTIES);
  }

  Value.Struct releases() {
    return json(publications().contracting(Address.DEFAULT, PUBLISHER).releases("", 1_000));
  }

  Value.Struct records() {
    return json(publications().contracting(Address.DEFAULT, PUBLISHER).records("", 1_000));
  }

  static Value.Struct json(Sheet sheet) {
    return (Value.Struct) Json.parse(sheet.bytes());
  }

  /// The whole story, from the first need to the running service.
  AccountableCity told() {
    readings();
    var cluster = demand();
    var challenge = approved(cluster, "Bikes at seven");
    opened(challenge);
    extended(challenge);
    var pilot = decided(challenge);
    prepared(pilot);
    started(pilot);
    finished(pilot);
    scaled(pilot);
    funded(pilot);
    running(pilot);
    cancelled();
    unanswered();
    withoutCall();
    fundedService();
    return this;
  }

  Dossier demand() {
    var first = need("Mei-Zzz cannot find a bike. Write to zzmei@example.org or +886 912 345 678");
    var second = need("Mornings without bikes");
    for (int i = 0; i < 12; i++)
      city.programme.needs().support(city.person("zzr" + i, "resident"), first.id());
    city.pass(Duration.ofMinutes(1));
    var cluster =
        city.programme
            .clusters()
            .open(
                moderator,
                struct(
                    "{'title': 'Bikes in the morning', 'needs': ['%s', '%s']}"
                        .formatted(first.id(), second.id())))
            .record();
    city.pass(Duration.ofMinutes(1));
    city.move(officer, first, "acknowledge", "{'department': '" + DEPARTMENT + "'}");
    return cluster;
  }

  Dossier need(String description) {
    var submitted =
        city.programme
            .needs()
            .submit(
                nobody(),
                NewNeed.of(
                    struct(
                        """
                        {'title': 'No bike', 'description': '%s', 'field': 'TRA', 'language': 'en',
                         'location': {'type': 'Point', 'coordinates': [121.5712345, 25.0812345]}}
                        """
                            .formatted(description))));
    return city.move(
        moderator, submitted.record(), "publish", "{'moderationNote': 'the author insists'}");
  }

  Dossier approved(Dossier cluster, String title) {
    return approved(cluster, title, "");
  }

  Dossier approved(Dossier cluster, String title, String more) {
    var opensAt = city.now.plus(Duration.ofDays(1));
    var challenge =
        city.programme
            .challenges()
            .draft(
                sponsor,
                struct(
                    """
                    {'title': '%s', 'sponsor': '%s', 'clusters': ['%s'],
                     'kind': 'TOP_DOWN', 'statement': 'Fewer empty stations in the morning.',
                     'budget': {'amount': '300000.10', 'currency': 'TWD'},
                     'eligibility': 'Organisations with a register entry.',
                     'opensAt': '%s', 'closesAt': '%s',
                     'rubric': [{'criterion': 'effect', 'weight': 60},
                                {'criterion': 'cost', 'weight': 40}],
                     'afterPilotIntent': 'Procure what works.', 'ipTerms': 'Open source.',
                     'panel': ['urn:plaza:person:zzp1', 'urn:plaza:person:zzp2',
                               'urn:plaza:person:zzp3'],
                     'indicators': [%s]%s}
                    """
                        .formatted(
                            title,
                            DEPARTMENT,
                            cluster.id(),
                            opensAt,
                            opensAt.plus(Duration.ofDays(14)),
                            MorningReadings.definition(),
                            more)))
            .record();
    city.move(sponsor, challenge, "submitForReview", "{}");
    return city.move(board.getFirst(), get(challenge), "approve", "{}");
  }

  Dossier get(Dossier record) {
    return city.get(record.kind(), record.id());
  }

  void opened(Dossier challenge) {
    city.now = get(challenge).moment("opensAt");
    city.tick();
  }

  void extended(Dossier challenge) {
    var later = get(challenge).moment("closesAt").plus(Duration.ofDays(2));
    city.move(pmo, get(challenge), "extend", "{'newClosesAt': '" + later + "'}");
  }

  Dossier decided(Dossier challenge) {
    var ours = proposal(builder, TEAM, challenge, "Rebalance by night");
    var theirs =
        proposal(
            city.member("zzcarl", OTHER_TEAM, "innovator"), OTHER_TEAM, challenge, "More bikes");
    var third =
        proposal(
            city.member("zzhope", THIRD_TEAM, "innovator"), THIRD_TEAM, challenge, "Secret idea");
    city.now = get(challenge).moment("closesAt").plusSeconds(1);
    city.tick();
    for (var proposal : List.of(ours, theirs))
      city.move(pmo, proposal, "screenIn", "{'checklist': [{'item': 'eligible', 'met': true}]}");
    city.move(pmo, third, "screenOut", "{'failedCriterion': 'No register entry'}");
    for (var member : panel)
      city.programme
          .reviews()
          .declareInterests(member, challenge.id(), struct("{'conflicts': [], 'signed': true}"));
    city.pass(Duration.ofDays(11)); // who was screened out may appeal until then
    city.move(pmo, get(challenge), "startEvaluation", "{}");
    for (var review : city.all(Kind.REVIEW))
      city.reviewed(review, review.text("proposal").equals(ours.id()) ? 4 : 2);
    for (var proposal : List.of(ours, theirs))
      city.move(board.get(1), get(proposal), "shortlist", "{}");
    if (get(challenge).has("exploration")) explored(ours);
    city.pass(Duration.ofHours(1));
    city.move(board.get(1), get(challenge), "decide", "{'selected': ['" + ours.id() + "']}");
    city.move(board.get(1), get(ours), "select", "{}");
    city.move(
        board.get(1),
        get(theirs),
        "notSelect",
        "{'feedback': [{'criterion': 'effect', 'text': 'small'}, {'criterion': 'cost', 'text': 'high'}]}");
    return city.all(Kind.PILOT).getFirst();
  }

  /// Paid to explore for three weeks.
  private void explored(Dossier proposal) {
    city.move(board.get(1), get(proposal), "explore", "{}");
    var contract = city.all(Kind.EXPLORATION).getFirst();
    city.pass(Duration.ofDays(1));
    city.programme.calls().explorations().sign(builder, contract.id());
    city.programme.calls().explorations().sign(pmo, contract.id());
    city.tick();
    city.move(
        finance, get(contract), "pay", "{'amount': '1666.67', 'reference': 'Sealed invoice'}");
    city.move(
        builder,
        get(contract),
        "handIn",
        "{'documents': [{'title': 'Sealed report', 'url': 'https://wheels.example/r.pdf', 'sha256': '"
            + "b".repeat(64)
            + "'}]}");
  }

  Dossier proposal(Caller by, String organisation, Dossier challenge, String title) {
    var draft =
        city.programme
            .proposals()
            .draft(
                by,
                struct(
                    """
                    {'challenge': '%s', 'organisation': '%s', 'title': '%s', 'team': ['Zzz Teammate'],
                     'body': {'solution': 'Sealed vans', 'trlIn': 6, 'trlOut': 8,
                              'dataNeeds': ['docks'], 'cost': '300000', 'ask': '200000',
                              'exitPlan': 'We take it away.'}}
                    """
                        .formatted(challenge.id(), organisation, title)))
            .record();
    return city.move(by, draft, "submit", "{}");
  }

  void prepared(Dossier pilot) {
    var desk = city.programme.pilots();
    desk.amend(
        pmo,
        pilot.id(),
        struct(
            """
            {'startDate': '2026-07-06T00:00:00Z', 'endDate': '2026-07-18T00:00:00Z',
             'summary': 'Vans by night.', 'notNeeded': ['bookings', 'regulation', 'data'],
             'insurance': 'policy 1',
             'agreement': {'text': 'Sealed agreement.', 'maximumEnd': '2026-12-31T00:00:00Z'}}
            """),
        null);
    desk.sign(pmo, pilot.id());
    city.pass(Duration.ofHours(1));
    desk.sign(builder, pilot.id());
    var indicator = city.all(Kind.INDICATOR).getFirst();
    city.programme.indicators().lock(pmo, indicator.id());
    city.programme.indicators().freezeBaseline(pmo, indicator.id());
    city.move(pmo, get(pilot), "makeReady", "{}");
  }

  void started(Dossier pilot) {
    city.now = get(pilot).moment("startDate");
    city.tick();
  }

  void finished(Dossier pilot) {
    city.pass(Duration.ofDays(2));
    city.move(pmo, get(pilot), "suspend", "{'reason': 'A storm'}");
    city.pass(Duration.ofDays(1));
    city.move(pmo, get(pilot), "resume", "{'causeCleared': 'It is over'}");
    city.now = get(pilot).moment("endDate");
    city.tick();
    var evaluation = city.all(Kind.EVALUATION).getFirst();
    city.programme
        .pilots()
        .publishEvaluation(pmo, evaluation.id(), struct("{'summary': 'It did what it should.'}"));
  }

  void scaled(Dossier pilot) {
    city.pass(Duration.ofDays(1));
    gate(pilot, "SCALE", "'route': 'fund'", "gateScale");
    city.tick();
  }

  Dossier gate(Dossier pilot, String outcome, String more, String action) {
    var gate =
        city.programme
            .gates()
            .open(
                board.getFirst(),
                struct(
                    "{'pilot': '%s', 'outcome': '%s', 'rationale': 'It works.'%s}"
                        .formatted(pilot.id(), outcome, more.isEmpty() ? "" : ", " + more)))
            .record();
    for (var member : board.subList(1, 4))
      city.programme.gates().vote(member, gate.id(), struct("{'approve': true}"));
    var input = action.contains("xtend") ? "{'newEnd': '2026-09-30T00:00:00Z'}" : "{}";
    return city.move(board.get(1), get(pilot), action, input);
  }

  void funded(Dossier pilot) {
    new MoneyTold(this).funded(pilot);
  }

  Dossier running(Dossier pilot) {
    var service =
        city.all(Kind.SERVICE).stream()
            .filter(one -> one.texts("pilot").contains(pilot.id()))
            .findFirst()
            .orElseThrow();
    city.programme
        .uptake()
        .services()
        .amend(
            pmo,
            service.id(),
            struct(
                """
                {'summary': 'Bikes where they are missed.', 'noDataNeeded': 'It needs none.',
                 'supportContact': 'zzhelp@example.org', 'usageMeter': true, 'licence': 'CC-BY-4.0',
                 'accessibility': {'standard': 'WCAG 2.2', 'level': 'AA',
                                   'url': 'https://plaza.example/a11y'},
                 'renewalDate': '2027-07-01T00:00:00Z', 'targetMonthlyUsers': 100,
                 'tags': ['bikes'], 'url': 'https://plaza.example/bikes'}
                """),
            null);
    city.people.give(pmo.id(), "serviceOwner", Standing.CITY);
    return city.move(pmo, get(service), "launch", "{}");
  }

  void fundedService() {
    new MoneyTold(this).fundedService();
  }

  Dossier cancelled() {
    var challenge = approved(city.all(Kind.NEED_CLUSTER).getFirst(), "Never opened");
    return city.move(
        board.get(1), challenge, "cancel", "{'publicReason': 'The money went elsewhere.'}");
  }

  Dossier unanswered() {
    var challenge = approved(city.all(Kind.NEED_CLUSTER).getFirst(), "Nobody answers");
    opened(challenge);
    city.now = get(challenge).moment("closesAt").plusSeconds(1);
    city.tick();
    return city.move(pmo, get(challenge), "declareUnsuccessful", "{}");
  }

  Dossier withoutCall() {
    var start = city.now.plus(Duration.ofDays(1));
    var pilot =
        city.programme
            .pilots()
            .open(
                pmo,
                struct(
                    """
                    {'title': 'Sensors on lamps', 'organisation': '%s', 'department': '%s',
                     'withoutCall': 'Only this organisation owns the lamps, so nobody else could do it.',
                     'slug': 'lamps', 'startDate': '%s', 'endDate': '%s',
                     'notNeeded': ['bookings', 'regulation', 'data'], 'insurance': 'policy 2',
                     'baselineWaiver': 'Nothing was there before.', 'exitPlan': 'Off they go.',
                     'agreement': {'text': 'Sealed agreement.', 'maximumEnd': '2027-12-31T00:00:00Z'}}
                    """
                        .formatted(TEAM, DEPARTMENT, start, start.plus(Duration.ofDays(30)))))
            .record();
    var desk = city.programme.pilots();
    desk.sign(pmo, pilot.id());
    desk.sign(builder, pilot.id());
    var indicator =
        city.programme
            .indicators()
            .define(
                pmo,
                pilot.id(),
                IndicatorDefinition.of(
                    struct(MorningReadings.definition().replace("Neihu", "Nowhere"))))
            .record();
    city.programme.indicators().lock(pmo, indicator.id());
    city.move(pmo, get(pilot), "makeReady", "{}");
    city.now = start;
    city.tick();
    return get(pilot);
  }

  void readings() {
    MorningReadings.write(city);
  }

  @Override
  public void close() {
    city.close();
  }
}
