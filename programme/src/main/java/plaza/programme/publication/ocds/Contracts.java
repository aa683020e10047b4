package plaza.programme.publication.ocds;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import plaza.graph.Value;
import plaza.programme.publication.Event;
import plaza.programme.publication.Publisher;
import plaza.programme.publication.Sheet;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Kind;

/// The sections `awards` and `contracts` of a release: who was chosen, and the pilots.
final class Contracts {
  private final Publisher publisher;
  private final Moment moment;
  private final Cast cast;

  Contracts(Publisher publisher, Moment moment, Cast cast) {
    this.publisher = publisher;
    this.moment = moment;
    this.cast = cast;
  }

  List<Sheet> awards(Dossier call) {
    var awards = new ArrayList<Sheet>();
    if (!moment.isDecided()) return awards;
    for (var id : call.texts("selected")) {
      var proposal =
          moment.process().proposals().stream().filter(one -> one.id().equals(id)).findFirst();
      if (proposal.isEmpty()) continue;
      var pilot =
          moment.process().pilots().stream()
              .filter(one -> one.texts("proposal").contains(id))
              .findFirst();
      boolean lapsed = pilot.filter(one -> moment.count(one, "lapse") > 0).isPresent();
      var signed =
          pilot.flatMap(
              one -> moment.pilots().stream().filter(is -> is.id().equals(one.id())).findFirst());
      awards.add(
          new Sheet()
              .put("id", Publisher.local(id))
              .put("title", proposal.get().findText("title"))
              .put("status", lapsed ? "cancelled" : "active")
              .put("date", moment.first(call, "decide"))
              .put(
                  "suppliers",
                  cast.refer(
                      signed
                          .map(Contracts::suppliers)
                          .orElseGet(() -> proposal.get().texts("organisation")),
                      "supplier"))
              .put("contractPeriod", signed.map(Contracts::period))
              .put("relatedBid", Publisher.local(id)));
    }
    return awards;
  }

  /// Of what had no call.
  List<Sheet> awards(List<Dossier> pilots) {
    return pilots.stream()
        .map(pilot ->
            new Sheet()
                .put("id", awardId(pilot))
                .put("title", pilot.findText("title"))
                .put("description", pilot.findText("withoutCall"))
                .put("status", "active")
                .put(
                    "date",
                    moment.first(pilot, "makeReady").or(() -> moment.first(pilot, "launch")))
                .put("suppliers", cast.refer(suppliers(pilot), "supplier"))
                .put("contractPeriod", period(pilot)))
        .toList();
  }

  private static String awardId(Dossier pilot) {
    return pilot
        .findText("proposal")
        .map(Publisher::local)
        .orElse(Publisher.local(pilot.id()) + "-award");
  }

  /// Who does the pilot, as it stands: after a novation the one it went to.
  static List<String> suppliers(Dossier pilot) {
    return pilot.texts("organisation");
  }

  /// Who did it at first.
  static String firstSupplier(Dossier pilot) {
    return Novations.of(pilot).stream()
        .findFirst()
        .map(Novations.Novation::from)
        .orElseGet(() -> pilot.text("organisation"));
  }

  Sheet contract(Dossier pilot) {
    var finance = new Finance(moment, cast, pilot);
    return new Sheet()
        .put("id", Publisher.local(pilot.id()))
        .put("awardID", awardId(pilot))
        .put("title", pilot.findText("title"))
        .put("description", pilot.findText("summary"))
        .put("status", status(pilot))
        .put("period", period(pilot))
        .put("value", finance.value())
        .put("dateSigned", signedAt(pilot))
        .put("documents", documents(pilot, finance))
        .put("milestones", finance.milestones())
        .put("amendments", amendments(pilot))
        .put("finance", finance.sheets())
        .put("financeSummary", finance.summary())
        .put(
            "agreedMetrics",
            indicators(pilot).map(one -> Metrics.agreed(one, moment.at())).toList())
        .put("implementation", implementation(pilot, finance));
  }

  private static String status(Dossier pilot) {
    return switch (pilot.state()) {
      case "READY" -> "pending";
      case "SCALED", "STOPPED", "CLOSED", "RETIRED" -> "terminated";
      default -> "active";
    };
  }

  private static Sheet period(Dossier pilot) {
    return new Sheet()
        .put("startDate", pilot.findMoment("startDate"))
        .put("endDate", pilot.findMoment("endDate"));
  }

  /// The later of the two signatures.
  static Optional<Instant> signedAt(Dossier pilot) {
    return Stream.of("cityConsent", "partnerConsent")
        .map(field -> Values.text(Values.members(pilot, field), "at"))
        .filter(text -> !text.isEmpty())
        .map(Instant::parse)
        .max(Instant::compareTo);
  }

  private Stream<Dossier> indicators(Dossier pilot) {
    return pilot.texts("indicators").stream()
        .flatMap(id -> moment.process().archive().find(Kind.INDICATOR, id).stream());
  }

  private List<Sheet> documents(Dossier pilot, Finance finance) {
    var documents = new ArrayList<Sheet>();
    documents.add(
        new Sheet()
            .put("id", "page")
            .put("documentType", "contractSummary")
            .put("title", "What was agreed, on a page")
            .put(
                "url",
                pilot.kind() == Kind.SERVICE
                    ? publisher.record("services", pilot.id())
                    : publisher.url("/pilots/" + Publisher.local(pilot.id())))
            .put("format", "text/html")
            .put("language", publisher.language()));
    pilot
        .findText("exitPlan")
        .ifPresent(plan ->
            documents.add(
                new Sheet()
                    .put("id", "exit-plan")
                    .put("documentType", "handover")
                    .put("title", "Exit plan")
                    .put("description", plan)));
    documents.addAll(finance.documents());
    return documents;
  }

  private List<Sheet> amendments(Dossier pilot) {
    var amendments = new ArrayList<Sheet>();
    Dossier before = pilot;
    for (var event : moment.history(pilot)) {
      var is = event.record();
      switch (event.action()) {
        case "extend", "gateExtend" ->
            amendments.add(
                Amendments.of(moment.process(), event, "extension")
                    .put("rationale", gate(pilot, event))
                    .put(
                        "description",
                        "The pilot ends %s instead of %s"
                            .formatted(
                                is.findText("endDate").orElse(""),
                                before.findText("endDate").orElse(""))));
        case "amendKpi" ->
            amendments.add(
                Amendments.of(moment.process(), event, "indicator")
                    .put("rationale", indicatorReason(pilot, event))
                    .put(
                        "description",
                        "An indicator was amended; its earlier version stays public"));
        case "novate" ->
            amendments.add(
                Amendments.of(moment.process(), event, "novation")
                    .put("rationale", Novations.at(pilot, event).map(Novations.Novation::reason))
                    .put(
                        "description",
                        "Novation: %s takes the place of %s; the identifier stays"
                            .formatted(names(suppliers(is)), names(suppliers(before)))));
        default -> {
          // No change of what was agreed.
        }
      }
      before = is;
    }
    return amendments;
  }

  private String names(List<String> ids) {
    return String.join(
        ", ", ids.stream().map(id -> moment.process().archive().parties().get(id).name()).toList());
  }

  /// Why the board decided so, in its own words.
  private Optional<String> gate(Dossier pilot, Event event) {
    return moment
        .process()
        .archive()
        .list(Kind.GATE_DECISION, new Having("pilot", pilot.id()))
        .stream()
        .filter(one -> one.findMoment("decidedAt").filter(event.at()::equals).isPresent())
        .flatMap(one -> one.findText("rationale").stream())
        .findFirst();
  }

  private Optional<String> indicatorReason(Dossier pilot, Event event) {
    return indicators(pilot)
        .flatMap(one -> one.items("earlier").stream())
        .filter(Value.Struct.class::isInstance)
        .map(one -> ((Value.Struct) one).members())
        .filter(one -> Values.text(one, "amendedAt").equals(event.at().toString()))
        .map(one -> Values.text(one, "reason"))
        .findFirst();
  }

  private Sheet implementation(Dossier pilot, Finance finance) {
    if (pilot.is("READY")) return new Sheet();
    var milestones = new ArrayList<Sheet>();
    for (var event : moment.history(pilot))
      if (event.is("suspend", "resume"))
        milestones.add(
            new Sheet()
                .put("id", event.action() + "-" + event.number())
                .put("title", event.is("suspend") ? "Suspended" : "Resumed")
                .put("type", "delivery")
                .put(
                    "description",
                    event.is("suspend") ? event.record().findText("suspendedBecause") : null)
                .put("status", "met")
                .put("dateMet", event.at()));
    indicators(pilot)
        .forEach(one -> milestones.add(Metrics.milestone(one, evidence(pilot, one), moment.at())));
    return new Sheet()
        .put("transactions", finance.transactions())
        .put("milestones", milestones)
        .put("documents", evaluations(pilot))
        .put(
            "metrics",
            indicators(pilot)
                .flatMap(
                    one -> evidence(pilot, one).map(found -> Metrics.measured(one, found)).stream())
                .toList());
  }

  /// What the last evaluation by then sealed of an indicator.
  private Optional<Metrics.Evidence> evidence(Dossier pilot, Dossier indicator) {
    return moment.process().evaluations().stream()
        .filter(one -> one.texts("pilot").contains(pilot.id()))
        .filter(one -> one.has("draftedAt") && !one.moment("draftedAt").isAfter(moment.at()))
        .max(Comparator.comparing(one -> one.moment("draftedAt")))
        .flatMap(one ->
            row(one, indicator.id())
                .map(row -> new Metrics.Evidence(one.moment("draftedAt"), row)));
  }

  private static Optional<Map<String, Value>> row(Dossier evaluation, String indicatorId) {
    if (Values.members(evaluation, "evidence").get("indicators") instanceof Value.Items(var rows))
      for (var one : rows)
        if (one instanceof Value.Struct(var row)
            && Values.text(row, "indicator").equals(indicatorId)
            && row.containsKey("measured")) return Optional.of(row);
    return Optional.empty();
  }

  private List<Sheet> evaluations(Dossier pilot) {
    return moment.evaluations().stream()
        .filter(one -> one.texts("pilot").contains(pilot.id()))
        .map(one ->
            new Sheet()
                .put("id", Publisher.local(one.id()))
                .put("documentType", "performanceReport")
                .put("title", "Evaluation")
                .put("description", one.findText("summary"))
                .put("url", publisher.record("evaluations", one.id()))
                .put("datePublished", moment.first(one, "publish"))
                .put("format", "text/html")
                .put("language", publisher.language()))
        .toList();
  }
}
