package plaza.demo.story;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.random.RandomGenerator;
import org.locationtech.jts.simplify.TopologyPreservingSimplifier;
import plaza.access.Access;
import plaza.demo.people.Cast;
import plaza.demo.taipei.Terms;
import plaza.graph.Address;
import plaza.graph.GeoJson;
import plaza.graph.Names;
import plaza.graph.Value;
import plaza.ledger.Actor;
import plaza.ledger.Ledger;
import plaza.ledger.Notebook;
import plaza.ledger.Reader;
import plaza.ledger.store.Note;
import plaza.programme.AccessGrants;
import plaza.programme.AccessRoles;
import plaza.programme.Programme;
import plaza.programme.demand.NewNeed;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Rules;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Kind;

/// Too few bikes in Neihu in the morning: a need becomes a challenge, the challenge a pilot, and
/// the readings say what came of it. The readings are real; nobody ever moved a bike by night, so
/// whatever the verdict is, it is the city's own ups and downs.
public final class Story {
  private static final Actor TELLER = Actor.of("urn:plaza:demo").through("demo");
  private static final String NEIHU = "6301000";
  private static final double ABOUT_A_METRE = 1e-5;
  private static final String TOLD = "told";
  private static final List<String> ATTRIBUTES =
      List.of("name", "address", "availableBikeNumber", "freeSlotNumber", "totalSlotNumber");

  private final Reader reader;
  private final Cast cast;
  private final InstantSource realTime;
  private final Notebook notebook;
  private final StoryClock clock = new StoryClock(Instant.parse("2025-02-10T01:00:00Z"));
  private final Programme programme;
  private final Fields fields;
  private final Parts parts;
  private final BikesAhead service;
  private final Rewards rewards;
  private final Faults faults;
  private final List<Caller> crowd = new ArrayList<>();

  public Story(
      Ledger ledger,
      Reader reader,
      Access access,
      Cast cast,
      RandomGenerator random,
      InstantSource realTime) {
    this.reader = reader;
    this.cast = cast;
    this.realTime = realTime;
    this.notebook = notebook(ledger);
    this.programme =
        new Programme(
            ledger,
            reader,
            new AccessRoles(access),
            new AccessGrants(access, clock),
            Rules.DEFAULT,
            clock,
            random);
    this.fields = new Fields(programme, cast);
    this.parts = new Parts(programme, cast);
    this.service = new BikesAhead(parts, this::all);
    this.rewards = new Rewards(parts, this::all);
    this.faults = new Faults(parts);
  }

  public static boolean isTold(Ledger ledger) {
    return notebook(ledger).find(TOLD).isPresent();
  }

  private static Notebook notebook(Ledger ledger) {
    return ledger.notebook("demo.story");
  }

  /// Tells it once. One that broke off is not told again: what is there, stays as it is.
  ///
  /// @return the pilot's id
  public String tell() {
    notebook.keep(TELLER, Address.DEFAULT, List.of(new Note(TOLD, new byte[] {1})));
    faults.describe();
    service.launch();
    var needs = needs();
    var cluster = cluster(needs);
    var challenge = challenge(cluster);
    var pilot = decide(challenge);
    rewards.open();
    clock.turnTo("2025-04-20T02:00:00Z");
    rewards.prepare();
    clock.turnTo("2025-04-20T16:00:00Z");
    programme.tick(Address.DEFAULT);
    prepare(pilot);
    service.fund();
    clock.turnTo("2025-04-27T16:00:00Z"); // midnight in Taipei: the pilot begins
    programme.tick(Address.DEFAULT);
    clock.turnTo("2025-05-13T02:00:00Z");
    service.stay();
    programme.tick(Address.DEFAULT); // the other pilot ended
    clock.turnTo("2025-05-20T02:00:00Z");
    rewards.close();
    clock.turnTo("2025-06-06T02:00:00Z"); // who came in February has stayed or not
    programme.tick(Address.DEFAULT);
    clock.turnTo(realTime.instant().toString());
    service.today();
    faults.report();
    fields.fill(realTime.instant());
    return pilot.id();
  }

  private List<Dossier> needs() {
    var needs = new ArrayList<Dossier>();
    for (var need : Needs.OF_THE_PILOT) needs.add(submit(need));
    var others = new ArrayList<Dossier>();
    for (var need : Needs.OTHERS) others.add(submit(need));
    for (int i = 0; i < needs.size(); i++)
      support(needs.get(i), Needs.OF_THE_PILOT.get(i).supporters());
    for (int i = 0; i < others.size(); i++)
      if (others.get(i).is("PUBLISHED")) support(others.get(i), Needs.OTHERS.get(i).supporters());
    return needs;
  }

  /// Without an account, as most would; the token lets its author support others, once each.
  private Dossier submit(Needs need) {
    var outcome =
        programme
            .needs()
            .submit(
                Caller.anonymous(Address.DEFAULT, null),
                new NewNeed(
                    need.title(),
                    need.description(),
                    need.language(),
                    GeoJson.point(need.longitude(), need.latitude()),
                    need.field(),
                    null,
                    "citizen"));
    if (outcome.answers().get("token") instanceof Value.Text(var token))
      crowd.add(Caller.anonymous(Address.DEFAULT, token));
    return need.state().equals("PUBLISHED")
        ? move("moderator", outcome.record(), "publish", "{}")
        : outcome.record();
  }

  private void support(Dossier need, int supporters) {
    var willing = new ArrayList<Caller>();
    for (var part : List.of("resident", "verifiedResident", "innovator", "auditor", "fieldOwner"))
      willing.add(caller(part));
    willing.addAll(crowd);
    int found = 0;
    for (var supporter : willing) {
      if (found == supporters) return;
      if (isAuthor(supporter, need)) continue;
      programme.needs().support(supporter, need.id());
      found++;
    }
  }

  private boolean isAuthor(Caller supporter, Dossier need) {
    return supporter.token() != null
        && need.findText("tokenHash").filter(Caller.hash(supporter.token())::equals).isPresent();
  }

  private Dossier cluster(List<Dossier> needs) {
    var cluster =
        programme
            .clusters()
            .open(
                caller("moderator"),
                Json.of(
                    """
                    {'title': 'Bikes in the morning in Neihu 內湖早上的車', 'needs': ['%s', '%s']}
                    """,
                    needs.get(0).id(), needs.get(1).id()))
            .record();
    clock.turnTo("2025-02-14T02:00:00Z");
    for (var need : needs)
      move(
          "departmentOfficer",
          need,
          "acknowledge",
          "{'department': '" + cast.organizationId(Cast.DEPARTMENT) + "'}");
    return cluster;
  }

  private Dossier challenge(Dossier cluster) {
    clock.turnTo("2025-02-20T02:00:00Z");
    var challenge =
        programme
            .challenges()
            .draft(
                caller("sponsor"),
                Json.of(
                    """
                    {'title': 'A bike at eight in Neihu (demo)', 'sponsor': '%s',
                     'clusters': ['%s'], 'kind': 'TOP_DOWN',
                     'statement': 'Fewer empty stations in Neihu on weekday mornings, without more bikes. Invented for the demo; the readings are real.',
                     'budget': {'amount': '3000000.00', 'currency': 'TWD'},
                     'opensAt': '2025-02-24T00:00:00Z', 'closesAt': '2025-03-12T00:00:00Z',
                     'rubric': [{'criterion': 'effect', 'weight': 50},
                                {'criterion': 'feasibility', 'weight': 30},
                                {'criterion': 'cost', 'weight': 20}],
                     'afterPilotIntent': 'Write it into the next operating contract if it works.',
                     'panel': ['%s', '%s', '%s', '%s'], 'indicators': [%s]}
                    """,
                    cast.organizationId(Cast.DEPARTMENT),
                    cluster.id(),
                    cast.actor("panelMember").id(),
                    cast.actor("panelMember2").id(),
                    cast.actor("panelMember3").id(),
                    cast.actor("panelMember4").id(),
                    indicator()))
            .record();
    move("sponsor", challenge, "submitForReview", "{}");
    move("programmeBoard", challenge, "approve", "{}");
    clock.turnTo("2025-02-24T00:00:01Z");
    programme.tick(Address.DEFAULT);
    move("pmo", cluster, "takeUp", "{'challenge': '" + challenge.id() + "'}");
    for (var need : all(Kind.NEED)) if (need.is("ACKNOWLEDGED")) move("pmo", need, "takeUp", "{}");
    return challenge;
  }

  /// Share of station-time without a bike, weekdays from seven to nine, Neihu against Shilin.
  private static String indicator() {
    return """
    {'name': 'Share of station-time with no bike to rent, weekdays 07:00–09:00',
     'unit': 'share of station-time', 'entityType': '%s', 'attribute': '%s',
     'hours': {'days': ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY'],
               'from': '07:00', 'until': '09:00', 'zone': '+08:00'},
     'population': {'name': '內湖區 Neihu', 'attribute': '%s', 'path': ['addressLocality'],
                    'equals': '內湖區'},
     'control': {'name': '士林區 Shilin', 'attribute': '%s', 'path': ['addressLocality'],
                 'equals': '士林區'},
     'baseline': {'from': '2025-04-09', 'to': '2025-04-25'},
     'measurement': {'from': '2025-04-28', 'to': '2025-05-12'},
     'direction': 'LOWER_IS_BETTER', 'target': -0.02, 'mandatory': true}
    """
        .formatted(Terms.STATION, Terms.BIKES, Terms.ADDRESS, Terms.ADDRESS);
  }

  private Dossier decide(Dossier challenge) {
    clock.turnTo("2025-03-03T02:00:00Z");
    var ours =
        proposal("innovator", Cast.TEAM, challenge, "Move bikes by night (demo)", "Electric vans");
    var theirs =
        proposal(
            "innovator2",
            Cast.OTHER_TEAM,
            challenge,
            "Pay riders who bring bikes back (demo)",
            "Small rewards");
    clock.turnTo("2025-03-12T00:00:01Z");
    programme.tick(Address.DEFAULT);
    for (var proposal : List.of(ours, theirs))
      move("pmo", proposal, "screenIn", "{'checklist': [{'item': 'eligible', 'met': true}]}");
    for (var member : List.of("panelMember", "panelMember2", "panelMember3", "panelMember4"))
      programme
          .reviews()
          .declareInterests(
              caller(member), challenge.id(), Json.of("{'conflicts': [], 'signed': true}"));
    clock.turnTo("2025-03-14T02:00:00Z");
    move("pmo", challenge, "startEvaluation", "{}");
    for (var review : all(Kind.REVIEW))
      if (review.is("ASSIGNED")) review(review, review.text("proposal").equals(ours.id()) ? 4 : 3);
    clock.turnTo("2025-03-20T02:00:00Z");
    move("programmeBoard2", ours, "shortlist", "{}");
    move("programmeBoard2", challenge, "decide", "{'selected': ['" + ours.id() + "']}");
    move("programmeBoard2", ours, "select", "{}");
    move("programmeBoard2", theirs, "notSelect", "{}");
    return all(Kind.PILOT).getFirst();
  }

  private Dossier proposal(
      String part, String organization, Dossier challenge, String title, String solution) {
    var draft =
        programme
            .proposals()
            .draft(
                caller(part),
                Json.of(
                    """
                    {'challenge': '%s', 'organisation': '%s', 'title': '%s',
                     'team': ['%s'],
                     'body': {'solution': '%s', 'trlIn': 6, 'trlOut': 8,
                              'dataNeeds': ['stations of Neihu'], 'cost': '3000000',
                              'ask': '2000000', 'exitPlan': 'Nothing stays behind.'}}
                    """,
                    challenge.id(),
                    cast.organizationId(organization),
                    title,
                    organization,
                    solution))
            .record();
    return move(part, draft, "submit", "{}");
  }

  /// By whoever it was given to; who has a conflict was recused before.
  private void review(Dossier review, int score) {
    var reviewer = Caller.of(Actor.of(review.text("reviewer")), Address.DEFAULT);
    move(reviewer, review, "declareNoConflict", "{'declarationSigned': true}");
    move(
        reviewer,
        review,
        "score",
        """
        {'scores': [{'criterion': 'effect', 'score': %d, 'comment': 'Invented for the demo.'},
                    {'criterion': 'feasibility', 'score': %d, 'comment': 'Invented for the demo.'},
                    {'criterion': 'cost', 'score': %d, 'comment': 'Invented for the demo.'}]}
        """
            .formatted(score, score, score));
    move(reviewer, review, "finalise", "{}");
  }

  private void prepare(Dossier pilot) {
    var end = realTime.instant().plus(200, ChronoUnit.DAYS).truncatedTo(ChronoUnit.DAYS);
    clock.turnTo("2025-04-26T02:00:00Z"); // the baseline is over
    programme
        .pilots()
        .amend(
            caller("pmo"),
            pilot.id(),
            Json.of(
                """
                {'startDate': '2025-04-27T16:00:00Z', 'endDate': '%s',
                 'notNeeded': ['regulation'], 'insurance': 'invented for the demo',
                 'agreement': {'text': 'Invented for the demo.', 'maximumEnd': '%s'}}
                """,
                end, end.plus(180, ChronoUnit.DAYS)),
            null);
    fields.describe();
    fields.book(pilot, "2025-04-27T16:00:00Z", end);
    programme.pilots().sign(caller("pmo"), pilot.id());
    programme.pilots().sign(caller("innovator"), pilot.id());
    for (var indicator : all(Kind.INDICATOR)) {
      if (Rewards.isOf(indicator)) continue;
      programme.indicators().lock(caller("pmo"), indicator.id());
      programme.indicators().freezeBaseline(caller("pmo"), indicator.id());
    }
    var grant = programme.grants().request(caller("innovator"), grantTerms(pilot, end)).record();
    move("dataSteward", grant, "review", "{}");
    move("dataSteward", grant, "approve", "{'licence': 'OGDL-Taiwan-1.0'}");
    move("pmo", pilot, "makeReady", "{}");
  }

  private Value.Struct grantTerms(Dossier pilot, Instant end) {
    var terms = new LinkedHashMap<String, Value>();
    terms.put("pilot", Value.of(pilot.id()));
    terms.put("types", Value.of(List.of(Terms.STATION)));
    var attributes = new ArrayList<String>();
    attributes.add(Names.LOCATION);
    for (var name : ATTRIBUTES) attributes.add(Terms.of(name));
    terms.put("attributes", Value.of(attributes));
    var district = reader.get(TELLER, Address.DEFAULT, Terms.districtId(NEIHU));
    var shape = district.findPlace(Names.LOCATION).orElseThrow().geometry();
    terms.put("area", GeoJson.write(TopologyPreservingSimplifier.simplify(shape, ABOUT_A_METRE)));
    terms.put("areaName", Value.of("內湖區 Neihu"));
    terms.put("dataFrom", Value.of("2025-04-08T16:00:00Z"));
    terms.put("endDate", Value.of(end.toString()));
    terms.put("purpose", Value.of("Plan the night's moves. Invented for the demo."));
    return new Value.Struct(terms);
  }

  private Caller caller(String part) {
    return parts.caller(part);
  }

  private Dossier move(String part, Dossier record, String action, String json) {
    return parts.move(part, record, action, json);
  }

  private Dossier move(Caller caller, Dossier record, String action, String json) {
    return programme
        .transition(caller, record.kind(), record.id(), action, Json.of(json), null)
        .record();
  }

  private List<Dossier> all(Kind kind) {
    return new Dossiers(reader).list(Address.DEFAULT, kind);
  }
}
