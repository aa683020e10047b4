package plaza.programme.publication.dataset;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import plaza.graph.Value;
import plaza.programme.publication.Archive;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// The datasets of a city. What is not named here is in none of them.
public final class Datasets {
  private static final Set<String> PARTIES =
      Set.of("organisation", "department", "sponsor", "operator", "organiser", "owner");

  private final Archive archive;
  private final Map<String, Dataset> all = new LinkedHashMap<>();

  /// @param monthlyUsers of a service by its id; counts below ten come as null
  public Datasets(Archive archive, Function<String, Value> monthlyUsers) {
    this.archive = archive;
    demand();
    calls();
    pilots();
    money();
    var known = new HashMap<String, Value>(); // counting reads every user: once is enough
    services(id -> known.computeIfAbsent(id, monthlyUsers));
    places();
    accounts();
  }

  public List<Dataset> list() {
    return List.copyOf(all.values());
  }

  public Optional<Dataset> find(String name) {
    return Optional.ofNullable(all.get(name));
  }

  /// All rows, one after the other as they are read, until the visitor says no more.
  public void each(Dataset dataset, Predicate<Map<String, Value>> visitor) {
    archive.each(
        dataset.kind(),
        List.of(),
        record -> !dataset.which().test(record) || visitor.test(dataset.row(record)));
  }

  private void add(Dataset dataset) {
    all.put(dataset.name(), dataset.with(dataset.columns().stream().flatMap(this::named).toList()));
  }

  /// Beside the id of an organisation its name.
  private Stream<Column> named(Column column) {
    if (!PARTIES.contains(column.name())) return Stream.of(column);
    return Stream.of(
        column,
        new Column(
            column.name() + "Name",
            record ->
                record
                    .findText(column.name())
                    .<Value>map(id -> Value.of(archive.parties().get(id).name()))
                    .orElse(Value.Null.VALUE)));
  }

  private void demand() {
    add(
        Dataset.of(
            "needs",
            "Needs",
            "What residents, departments and companies lack. Who stated or supports one is told"
                + " nowhere; places are rounded to a hundred metres.",
            Kind.NEED,
            List.of(Column.opened()),
            Column.of("title", "description", "language", "field", "affectedGroup", "origin"),
            Column.people("supporters"),
            Column.part("verifiedSupporters", "supporters"),
            Column.of("department", "cluster", "challenge", "publicReason", "evidence"),
            Column.roundedLocation()));
    add(
        Dataset.of(
            "clusters",
            "Clusters of needs",
            "Needs that lack the same, with the distinct people behind them.",
            Kind.NEED_CLUSTER,
            Column.of("title", "text", "department", "needs", "challenge"),
            Column.people("supporters"),
            Column.part("verifiedSupporters", "supporters")));
    add(
        Dataset.of(
            "faults",
            "Reports of faults",
            "What was reported broken (Open311), without who reported it; places are rounded to a"
                + " hundred metres.",
            Kind.SERVICE_REQUEST,
            Column.of("title", "serviceCode", "department", "description", "statusNotes", "need"),
            Column.day("requested", "requestedAt"),
            Column.day("updated", "updatedAt"),
            Column.roundedLocation()));
  }

  private void calls() {
    add(
        Dataset.of(
            "challenges",
            "Challenges",
            "Calls of departments, with their criteria, decisions and reasons.",
            Kind.CHALLENGE,
            Column.of("title", "statement", "kind", "sponsor", "clusters", "departmentStatement"),
            Column.of("budget", "inKind", "opensAt", "closesAt", "eligibility", "rubric"),
            Column.of("rubricHash", "threshold", "afterPilotIntent", "ipTerms", "indicators"),
            Column.of("dataReadiness", "exploration", "selected", "ranking", "deviation"),
            Column.of("publicReason")));
    add(
        Dataset.of(
                "proposals",
                "Proposals",
                "Of decided calls: the public part of proposals. What was sealed stays sealed.",
                Kind.PROPOSAL,
                Column.of("title", "challenge", "organisation", "sealHash"))
            .only(this::isDecided));
    add(
        Dataset.of(
            "explorations",
            "Paid explorations",
            "Contracts by which selected teams explored before one was chosen.",
            Kind.EXPLORATION,
            Column.of("title", "challenge", "proposal", "organisation", "department", "amount"),
            Column.of("currency", "days", "startDate", "endDate", "paid", "handedInAt"),
            Column.parts("payments", "amount", "currency", "paidAt")));
  }

  private boolean isDecided(Dossier proposal) {
    return archive
        .find(Kind.CHALLENGE, proposal.text("challenge"))
        .filter(call -> call.is("DECIDED", "COMPLETED", "UNSUCCESSFUL"))
        .isPresent();
  }

  private void pilots() {
    add(
        Dataset.of(
            "pilots",
            "Pilots",
            "What was tried in the city, with the verdicts that its data gave.",
            Kind.PILOT,
            Column.of("title", "summary", "challenge", "proposal", "organisation", "department"),
            Column.of("partners", "needs", "withoutCall", "startDate", "endDate", "extensions"),
            Column.of("exitPlan", "agreementVersion"),
            Column.parts("novations", "date", "from", "to", "reason", "version"),
            new Column("verdicts", this::verdicts)));
    add(
        Dataset.of(
            "indicators",
            "Indicators",
            "What pilots are measured by, as queries over series, with what was frozen and"
                + " measured; earlier versions with the reason of their amendment.",
            Kind.INDICATOR,
            Column.of("pilot", "name", "unit", "revision", "definition", "definitionHash"),
            Column.of("baseline", "controlBaseline", "measured", "controlMeasured", "measuredAt"),
            Column.of("effect", "interval", "controlled", "verdict", "verdictReasons", "earlier")));
    add(
        Dataset.of(
            "evaluations",
            "Evaluations",
            "How pilots were evaluated, with the evidence as it was sealed.",
            Kind.EVALUATION,
            Column.of("pilot", "summary", "evidence", "draftedAt", "publishedAt")));
    add(
        Dataset.of(
            "gates",
            "Gate decisions",
            "What the board decided about pilots and services, on which evidence, and dissent.",
            Kind.GATE_DECISION,
            Column.of("pilot", "service", "outcome", "route", "rationale", "dissent"),
            Column.of("evidence", "evidenceHash", "openedAt", "decidedAt")));
    add(
        Dataset.of(
            "data-grants",
            "Grants of data",
            "Which data pilots and services may read, for what, under which licence and until when.",
            Kind.DATA_GRANT,
            Column.of("pilot", "service", "exploration", "organisation", "types", "attributes"),
            Column.of("areaName", "dataFrom", "dataUntil", "startDate", "endDate", "purpose"),
            Column.of("personalData", "dpiaRef", "licence")));
  }

  private Value verdicts(Dossier pilot) {
    var verdicts =
        pilot.texts("indicators").stream()
            .flatMap(id -> archive.find(Kind.INDICATOR, id).stream())
            .<Value>map(indicator -> {
              var members = new LinkedHashMap<String, Value>();
              members.put("indicator", Value.of(indicator.id()));
              for (var name : List.of("name", "unit", "effect", "interval", "verdict"))
                members.put(name, indicator.find(name).orElse(Value.Null.VALUE));
              return new Value.Struct(members);
            })
            .toList();
    return verdicts.isEmpty() ? Value.Null.VALUE : new Value.Items(verdicts);
  }

  private void money() {
    add(
        Dataset.of(
            "rounds",
            "Funding rounds",
            "Rounds with their sums and leverage; amounts are decimal texts.",
            Kind.FUNDING_ROUND,
            Column.of("title", "pilot", "service", "currency", "target", "minimum", "publicCap"),
            Column.of("deadline", "terms", "committed", "committedInKind", "disbursed", "leverage"),
            Column.of("commercialCloseAt", "financialCloseAt", "documents", "completedAt")));
    add(
        Dataset.of(
            "commitments",
            "Commitments",
            "Who gave what to rounds that are commercially closed.",
            Kind.COMMITMENT,
            Column.of("round", "organisation", "financeType", "amount", "currency", "inKind"),
            Column.of("publicParty", "committedAt")));
    add(
        Dataset.of(
            "tranches",
            "Tranches",
            "Parts of rounds, and the indicators that they wait for.",
            Kind.TRANCHE,
            Column.of("round", "title", "amount", "currency", "indicator", "paid")));
    add(
        Dataset.of(
            "disbursements",
            "Payments",
            "What was paid out of rounds.",
            Kind.DISBURSEMENT,
            Column.of("round", "commitment", "tranche", "organisation", "amount", "currency"),
            Column.of("financeType", "paidAt")));
  }

  private void services(Function<String, Value> monthlyUsers) {
    var users = new Column("monthlyUsers", record -> monthlyUsers.apply(record.id()));
    add(
        Dataset.of(
            "services",
            "Services",
            "What runs in the city, with the people of the last 28 days; fewer than ten are not"
                + " told.",
            Kind.SERVICE,
            Column.of("title", "summary", "pilot", "department", "operator", "url", "endpoint"),
            Column.of("licence", "contract", "tags", "accessibility", "dataRequirements"),
            users,
            new Column(
                "monthlyUsersSuppressed",
                record -> Value.of(users.of().apply(record) instanceof Value.Null)),
            Column.of("launchedAt", "renewalDate", "renewalRule", "targetMonthlyUsers"),
            Column.of("overrideReason", "sunsetDate", "publicReason", "exportPath", "retiredAt")));
    add(
        Dataset.of(
            "packages",
            "Solution packages",
            "What other cities can take over, with its evidence.",
            Kind.SOLUTION_PACKAGE,
            Column.of("title", "service", "version", "licence", "artefact", "digest"),
            Column.of("dataRequirements", "evidence", "publishedAt")));
    add(
        Dataset.of(
            "replications",
            "Replications",
            "Where packages were taken over, and what their data lacked there.",
            Kind.REPLICATION,
            Column.of("title", "package", "organisation", "city", "catalogue", "report")));
  }

  private void places() {
    add(
        Dataset.of(
            "places",
            "Places",
            "Districts, sites, spaces, equipment and test fields.",
            Kind.PLACE,
            Column.of("name", "kind", "within", "owner", "address", "description", "capacity"),
            Column.of("unit", "timeZone", "openingHours", "closures", "conditions", "openTo"),
            Column.of("fact", "source", "locationQuality", "location", "retiredAt")));
    add(
        Dataset.of(
            "bookings",
            "Bookings",
            "When what is used, under its public title; who booked it is not told.",
            Kind.BOOKING,
            Column.of("title", "place", "start", "end", "units", "pilot", "organisation")));
    add(
        Dataset.of(
            "innovation-clusters",
            "Innovation clusters",
            "Organisations and places with a theme.",
            Kind.INNOVATION_CLUSTER,
            Column.of("title", "theme", "description", "places", "organisations", "source")));
    add(
        Dataset.of(
            "events",
            "Events",
            "What takes place in the districts.",
            Kind.EVENT,
            Column.of("title", "start", "end", "place", "cluster", "organiser", "description"),
            Column.of("url", "status")));
  }

  private void accounts() {
    add(
        Dataset.of(
            "regulatory-register",
            "Register of exemptions and precedents",
            "What was exempted from which rule, and what needed no exemption.",
            Kind.REGULATORY_CASE,
            Column.of("title", "act", "pilot", "organisation", "rule", "competentAuthority"),
            Column.of("legalNote", "precedent", "start", "end", "placeScope", "scaleLimit"),
            Column.of("conditions", "liabilityCover", "newRule", "supersedes", "registeredAt")));
    add(
        Dataset.of(
            "lessons",
            "Lessons",
            "What was learned from all that ended, failures included.",
            Kind.LESSON,
            Column.of("what", "evidence", "tags", "about", "outcome", "learnedAt", "pilot"),
            Column.of("service", "round", "replication", "challenge")));
  }
}
