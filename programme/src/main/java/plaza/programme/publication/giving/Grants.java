package plaza.programme.publication.giving;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import plaza.graph.Value;
import plaza.programme.publication.Archive;
import plaza.programme.publication.Party;
import plaza.programme.publication.Publisher;
import plaza.programme.publication.Sheet;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Kind;

/// What was given as a grant in cash, once its round is commercially closed: a package of the
/// 360Giving Data Standard 1.1. Loans, shares and what is in kind are no grants of money.
public final class Grants {
  private final Archive archive;
  private final Publisher publisher;

  public Grants(Archive archive, Publisher publisher) {
    this.archive = archive;
    this.publisher = publisher;
  }

  /// The package; its list is empty while nothing was granted.
  public Sheet sheet() {
    var grants = new ArrayList<Sheet>();
    var modified = Instant.EPOCH;
    for (var round : archive.list(Kind.FUNDING_ROUND)) {
      if (!round.has("commercialCloseAt") || round.is("FAILED", "CANCELLED")) continue;
      for (var one : archive.list(Kind.COMMITMENT, new Having("round", round.id()))) {
        if (one.flag("inKind") || !one.texts("financeType").contains("grant")) continue;
        var payments = payments(one);
        var changed = changed(round, payments);
        if (changed.isAfter(modified)) modified = changed;
        grants.add(grant(round, one, payments, changed));
      }
    }
    var sheet =
        new Sheet()
            .put("version", "1.1")
            .put("title", "Grants of money of " + publisher.name())
            .put("description", "What was granted for pilots and services of the programme")
            .put("issued", modified)
            .put("modified", modified)
            .put("identifier", publisher.givingPrefix())
            .put("license", publisher.licence())
            .put("accessURL", publisher.url("/open-data"))
            .put("downloadURL", publisher.url("/api/v1/open-data/360giving.json"))
            .put(
                "publisher",
                new Sheet().put("name", publisher.name()).put("website", publisher.root()));
    return grants.isEmpty()
        ? sheet.put("grants", new Value.Items(List.of()))
        : sheet.put("grants", grants);
  }

  private List<Dossier> payments(Dossier commitment) {
    return archive.list(Kind.DISBURSEMENT, new Having("commitment", commitment.id()));
  }

  private static Instant changed(Dossier round, List<Dossier> payments) {
    var changed = new ArrayList<Instant>();
    for (var field : List.of("commercialCloseAt", "financialCloseAt", "completedAt"))
      round.findMoment(field).ifPresent(changed::add);
    payments.forEach(one -> one.findMoment("paidAt").ifPresent(changed::add));
    return changed.stream().max(Comparator.naturalOrder()).orElse(Instant.EPOCH);
  }

  private Sheet grant(Dossier round, Dossier commitment, List<Dossier> payments, Instant changed) {
    var service = round.findText("service").flatMap(id -> archive.findConcealed(Kind.SERVICE, id));
    var pilot =
        round
            .findText("pilot")
            .or(() -> service.flatMap(one -> one.findText("pilot")))
            .flatMap(id -> archive.find(Kind.PILOT, id));
    var call =
        pilot
            .flatMap(one -> one.findText("challenge"))
            .flatMap(id -> archive.find(Kind.CHALLENGE, id));
    var recipient =
        service
            .flatMap(one -> one.findText("operator"))
            .or(() -> pilot.flatMap(one -> one.findText("organisation")))
            .or(() -> service.flatMap(one -> one.findText("department")));
    var paid = payments.stream().map(Grants::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    var title = round.findText("title").orElse("A funding round");
    return new Sheet()
        .put("id", id(commitment.id()))
        .put("title", title)
        .put("description", description(title, pilot, service))
        .put("currency", commitment.findText("currency"))
        .put("amountAwarded", amount(commitment))
        .put("amountDisbursed", paid)
        .put("awardDate", day(round.moment("commercialCloseAt")))
        .put("url", publisher.record("rounds", round.id()))
        .put("plannedDates", pilot.map(Grants::planned).stream().toList())
        .put("recipientOrganization", recipient.map(this::organisation).stream().toList())
        .put("fundingOrganization", List.of(organisation(commitment.text("organisation"))))
        .put("grantProgramme", call.map(this::programme).stream().toList())
        .put("fromOpenCall", call.isPresent() ? "Yes" : "No")
        .put("disbursementTransaction", payments.stream().map(this::transaction).toList())
        .put("dateModified", changed)
        .put("dataSource", publisher.url("/open-data"));
  }

  private static String description(
      String title, Optional<Dossier> pilot, Optional<Dossier> service) {
    return service
        .or(() -> pilot)
        .map(one -> one.findText("summary").or(() -> one.findText("title")).orElse(title))
        .orElse(title);
  }

  private static Sheet planned(Dossier pilot) {
    return new Sheet()
        .put("startDate", pilot.findMoment("startDate").map(Grants::day))
        .put("endDate", pilot.findMoment("endDate").map(Grants::day));
  }

  private Sheet programme(Dossier call) {
    return new Sheet()
        .put("code", Publisher.local(call.id()))
        .put("title", call.findText("title"))
        .put("url", publisher.record("challenges", call.id()));
  }

  /// Under its number in a register of the outside world, as org-id.guide has it; one that the city
  /// knows only itself under the publisher's prefix.
  private Sheet organisation(String id) {
    var party = archive.parties().get(id);
    var registration =
        party.registrations().stream().filter(one -> one.scheme() != null).findFirst();
    return new Sheet()
        .put(
            "id",
            registration
                .map(one -> one.scheme() + "-" + one.id())
                .orElseGet(() -> publisher.givingPrefix() + "-ORG-" + Publisher.local(id)))
        .put("name", party.name())
        .put("streetAddress", party.address())
        .put("companyNumber", registration.filter(_ -> isCompany(party)).map(Party.Identifier::id))
        .put("organisationType", party.kind());
  }

  private static boolean isCompany(Party party) {
    return List.of("company", "sme", "startup").contains(party.kind());
  }

  private Sheet transaction(Dossier payment) {
    return new Sheet()
        .put("id", Publisher.local(payment.id()))
        .put("transactionDate", payment.findMoment("paidAt").map(Grants::day))
        .put("currency", payment.findText("currency"))
        .put("value", amount(payment))
        .put(
            "provider",
            payment
                .findText("organisation")
                .map(one -> String.valueOf(organisation(one).find("id").orElse(""))));
  }

  private String id(String commitmentId) {
    return publisher.givingPrefix() + "-" + Publisher.local(commitmentId);
  }

  private static BigDecimal amount(Dossier record) {
    return record.findText("amount").map(BigDecimal::new).orElse(BigDecimal.ZERO);
  }

  private static String day(Instant at) {
    return at.toString().substring(0, 10);
  }
}
