package plaza.programme.publication.ocds;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import plaza.graph.Value;
import plaza.programme.publication.Publisher;
import plaza.programme.publication.Sheet;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// The sections `planning`, `tender` and `bids` of a release.
final class Tender {
  /// Below this a number of people is not told (I14).
  private static final long SMALLEST_CELL = 10;

  private final Publisher publisher;
  private final Moment moment;
  private final Cast cast;

  Tender(Publisher publisher, Moment moment, Cast cast) {
    this.publisher = publisher;
    this.moment = moment;
    this.cast = cast;
  }

  Sheet planning(Dossier call) {
    var clusters =
        call.texts("clusters").stream().flatMap(id -> cluster(call, id).stream()).toList();
    var rationale = new ArrayList<String>();
    call.findText("departmentStatement").ifPresent(rationale::add);
    clusters.forEach(cluster -> rationale.add(demand(cluster)));
    return new Sheet()
        .put("rationale", String.join("\n", rationale))
        .put(
            "budget",
            new Sheet()
                .put("id", Publisher.local(call.id()))
                .put("description", call.findText("inKind"))
                .put("amount", Values.money(call, "budget")))
        .put(
            "documents",
            clusters.stream()
                .map(cluster ->
                    page("clusters", cluster.id(), "needsAssessment")
                        .put("title", cluster.findText("title")))
                .toList());
  }

  /// As it was when the call was approved: how many stood behind it then.
  private Optional<Dossier> cluster(Dossier call, String id) {
    var approved = moment.first(call, "approve").orElse(moment.at());
    return moment.process().archive().find(Kind.NEED_CLUSTER, id, approved);
  }

  private static String demand(Dossier cluster) {
    long people = cluster.count("supporters");
    long verified = cluster.count("verifiedSupporters");
    return "Cluster of needs “%s”: %s%s"
        .formatted(
            cluster.findText("title").orElse(""),
            people < SMALLEST_CELL
                ? "fewer than 10 people support it"
                : people + " people support it",
            people < SMALLEST_CELL || verified < SMALLEST_CELL
                ? ""
                : ", " + verified + " of them verified");
  }

  Sheet tender(Dossier call) {
    var tender = new Sheet();
    tender
        .put("id", Publisher.local(call.id()))
        .put("title", call.findText("title"))
        .put("description", call.findText("statement"))
        .put("status", status(call))
        .put(
            "procuringEntity",
            call.findText("sponsor").map(id -> cast.refer(id, "procuringEntity")))
        .put("value", Values.money(call, "budget"))
        .put("procurementMethod", "open")
        .put("procurementMethodDetails", call.findText("kind").map(Tender::kind))
        .put("mainProcurementCategory", "services")
        .put("awardCriteria", rubric(call).isEmpty() ? null : "ratedCriteria")
        .put("awardCriteriaDetails", rubric(call))
        .put("submissionMethod", List.of("electronicSubmission"))
        .put("submissionMethodDetails", publisher.record("challenges", call.id()))
        .put("eligibilityCriteria", call.findText("eligibility"))
        .put(
            "tenderPeriod",
            new Sheet()
                .put("startDate", call.findMoment("opensAt"))
                .put("endDate", call.findMoment("closesAt")))
        .put("documents", documents(call))
        .put("amendments", amendments(call))
        .put("targets", targets(call));
    if (moment.isScreened()) tender.put("numberOfTenderers", applicants().size());
    if (moment.isDecided()) tender.put("tenderers", cast.refer(applicants(), "tenderer"));
    return tender;
  }

  /// A call that nobody could answer is none that a pilot needs: the law asks for a reason then.
  Sheet direct(Dossier pilot) {
    return new Sheet()
        .put("id", Publisher.local(pilot.id()))
        .put("title", pilot.findText("title"))
        .put("status", "complete")
        .put(
            "procuringEntity",
            pilot.findText("department").map(id -> cast.refer(id, "procuringEntity")))
        .put("procurementMethod", "direct")
        .put("procurementMethodRationale", pilot.findText("withoutCall"))
        .put("mainProcurementCategory", "services")
        .put("numberOfTenderers", 1)
        .put("tenderers", cast.refer(List.of(Contracts.firstSupplier(pilot)), "tenderer"));
  }

  static String status(Dossier call) {
    return switch (call.state()) {
      case "SCHEDULED" -> "planned";
      case "OPEN", "CLOSED", "EVALUATING" -> "active";
      case "DECIDED", "COMPLETED" -> "complete";
      case "CANCELLED" -> "cancelled";
      case "UNSUCCESSFUL" -> "unsuccessful";
      default -> "planning";
    };
  }

  private static String kind(String kind) {
    return switch (kind) {
      case "TOP_DOWN" -> "Challenge of a department";
      case "BOTTOM_UP" -> "Challenge from residents' needs";
      case "SPRINT" -> "Sprint";
      default -> kind;
    };
  }

  private static String rubric(Dossier call) {
    return call.items("rubric").stream()
        .filter(Value.Struct.class::isInstance)
        .map(one -> ((Value.Struct) one).members())
        .map(one ->
            Values.text(one, "criterion")
                + ": "
                + Optional.ofNullable(one.get("weight")).flatMap(Values::number).orElse("1"))
        .collect(Collectors.joining("; "));
  }

  private List<String> applicants() {
    return moment.process().proposals().stream()
        .flatMap(proposal -> proposal.findText("organisation").stream())
        .distinct()
        .toList();
  }

  private List<Sheet> documents(Dossier call) {
    var documents = new ArrayList<Sheet>();
    if (!rubric(call).isEmpty())
      documents.add(
          page("challenges", call.id(), "evaluationCriteria")
              .put("id", "rubric")
              .put("title", "Criteria, frozen when the call was approved")
              .put("description", call.findText("rubricHash").map(hash -> "SHA-256 " + hash))
              .put("datePublished", moment.first(call, "approve")));
    if (call.has("dataReadiness"))
      documents.add(
          page("challenges", call.id(), "feasibilityStudy")
              .put("id", "data-readiness")
              .put("title", "Check of the data that the indicators need"));
    if (call.has("ipTerms"))
      documents.add(
          page("challenges", call.id(), "technicalSpecifications")
              .put("id", "ip-terms")
              .put("title", "Terms of intellectual property")
              .put("description", call.findText("ipTerms")));
    if (call.is("CANCELLED"))
      documents.add(
          page("challenges", call.id(), "cancellationDetails")
              .put("id", "cancellation")
              .put("title", "Why the call was cancelled")
              .put("description", call.findText("publicReason")));
    if (call.has("ranking"))
      documents.add(
          page("challenges", call.id(), "evaluationReports")
              .put("id", "ranking")
              .put("title", "Ranking and decision")
              .put("description", call.findText("deviation"))
              .put("datePublished", moment.first(call, "decide")));
    return documents;
  }

  private Sheet page(String collection, String id, String type) {
    return new Sheet()
        .put("id", Publisher.local(id))
        .put("documentType", type)
        .put("url", publisher.record(collection, id))
        .put("format", "text/html")
        .put("language", publisher.language());
  }

  private List<Sheet> amendments(Dossier call) {
    var amendments = new ArrayList<Sheet>();
    String closesAt = null;
    for (var event : moment.history(call)) {
      var now = event.record().findText("closesAt").orElse(null);
      if (event.is("extend"))
        amendments.add(
            Amendments.of(moment.process(), event, "extension")
                .put("rationale", "More time for proposals")
                .put("description", "The call closes " + now + " instead of " + closesAt));
      if (event.is("cancel"))
        amendments.add(
            Amendments.of(moment.process(), event, "cancellation")
                .put("rationale", event.record().findText("publicReason"))
                .put("description", "The call is cancelled"));
      closesAt = now;
    }
    return amendments;
  }

  /// What a pilot is to reach, as the call says it (`targets` of the metrics extension).
  private static List<Sheet> targets(Dossier call) {
    var targets = new ArrayList<Sheet>();
    int number = 0;
    for (var draft : call.items("indicators")) {
      number++;
      if (draft instanceof Value.Struct(Map<String, Value> definition))
        targets.add(Metrics.target("indicator-" + number, definition));
    }
    return targets;
  }

  /// How many bid once all are screened; who, and how many were valid, once the call is decided:
  /// until then an appeal may change it.
  Sheet bids() {
    var proposals = moment.process().proposals();
    if (!moment.isScreened() || proposals.isEmpty()) return new Sheet();
    var statistics = new ArrayList<Sheet>();
    statistics.add(statistic("bids", proposals.size()));
    statistics.add(statistic("bidders", applicants().size()));
    if (moment.isDecided())
      statistics.add(statistic("validBids", proposals.stream().filter(one -> !isOut(one)).count()));
    return new Sheet()
        .put("statistics", statistics)
        .put(
            "details", moment.isDecided() ? proposals.stream().map(this::bid).toList() : List.of());
  }

  private Sheet bid(Dossier proposal) {
    return new Sheet()
        .put("id", Publisher.local(proposal.id()))
        .put("status", isOut(proposal) ? "disqualified" : "valid")
        .put("tenderers", cast.refer(proposal.texts("organisation"), "tenderer"));
  }

  private static boolean isOut(Dossier proposal) {
    return proposal.is("INELIGIBLE", "APPEALED");
  }

  private static Sheet statistic(String measure, long value) {
    return new Sheet().put("id", measure).put("measure", measure).put("value", value);
  }
}
