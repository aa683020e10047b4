package plaza.programme.publication.ocds;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import plaza.graph.Value;
import plaza.programme.publication.Publisher;
import plaza.programme.publication.Sheet;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Kind;

/// The money behind a pilot, from its funding rounds: `finance`, `financeSummary`, closes as
/// milestones, payments as transactions (OCDS for PPPs).
///
/// Who committed what is public once a round is commercially closed, its conditions never.
final class Finance {
  private static final Set<String> DEBT = Set.of("loan", "bond", "debt", "hybrid");
  private static final Set<String> EQUITY = Set.of("shares.listed", "shares.unlisted", "equity");

  /// Codes of financingArrangementType; the rest of Plaza's words are asset classes.
  private static final Set<String> ARRANGEMENTS =
      Set.of("bond", "loan", "hybrid", "shares.listed", "shares.unlisted", "grant", "guarantee");

  private final Moment moment;
  private final Cast cast;
  private final Dossier pilot;
  private final List<Dossier> rounds;

  Finance(Moment moment, Cast cast, Dossier pilot) {
    this.moment = moment;
    this.cast = cast;
    this.pilot = pilot;
    this.rounds =
        moment.rounds().stream().filter(round -> moment.process().isFor(round, pilot)).toList();
  }

  private static boolean isClosed(Dossier round) {
    return round.has("commercialCloseAt") && !round.is("FAILED");
  }

  private List<Dossier> commitments(Dossier round) {
    return moment
        .process()
        .archive()
        .listConcealed(Kind.COMMITMENT, new Having("round", round.id()));
  }

  List<Sheet> sheets() {
    var sheets = new ArrayList<Sheet>();
    for (var round : rounds)
      if (isClosed(round)) for (var one : commitments(round)) sheets.add(sheet(round, one));
    return sheets;
  }

  private Sheet sheet(Dossier round, Dossier commitment) {
    var type = commitment.findText("financeType").orElse("");
    return new Sheet()
        .put("id", Publisher.local(commitment.id()))
        .put("title", round.findText("title"))
        .put("description", commitment.flag("inKind") ? "Given in kind" : null)
        .put("financingParty", cast.refer(commitment.text("organisation"), role(type)))
        .put("assetClass", assetClass(type).stream().toList())
        .put("type", ARRANGEMENTS.contains(type) ? type : null)
        .put("value", Values.money(Values.amount(commitment), currency(round)));
  }

  private static String role(String type) {
    if (DEBT.contains(type)) return "lender";
    return EQUITY.contains(type) ? "equityInvestor" : "funder";
  }

  private static Optional<String> assetClass(String type) {
    if (EQUITY.contains(type)) return Optional.of("equity");
    return DEBT.contains(type) ? Optional.of("debt") : Optional.empty();
  }

  private static String currency(Dossier round) {
    return round.findText("currency").orElse("");
  }

  /// What was financially closed in cash, when it is in one currency.
  Optional<Sheet> value() {
    var closed = rounds.stream().filter(round -> round.has("financialCloseAt")).toList();
    var currencies = closed.stream().map(Finance::currency).distinct().toList();
    if (currencies.size() != 1) return Optional.empty();
    return Optional.of(Values.money(sum(closed, _ -> true), currencies.getFirst()));
  }

  private BigDecimal sum(List<Dossier> of, Predicate<Dossier> which) {
    return of.stream()
        .flatMap(round -> commitments(round).stream())
        .filter(one -> !one.flag("inKind") && which.test(one))
        .map(Values::amount)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /// Ratios of the cash of rounds that are closed, when they are in one currency.
  Sheet summary() {
    var closed = rounds.stream().filter(Finance::isClosed).toList();
    var summary = new Sheet();
    if (closed.stream().map(Finance::currency).distinct().count() != 1) return summary;
    var all = sum(closed, _ -> true);
    var debt = sum(closed, one -> DEBT.contains(one.findText("financeType").orElse("")));
    var equity = sum(closed, one -> EQUITY.contains(one.findText("financeType").orElse("")));
    var subsidy =
        sum(closed, one -> one.flag("publicParty") && one.texts("financeType").contains("grant"));
    if (equity.signum() > 0)
      summary
          .put("debtEquityRatio", ratio(debt, equity))
          .put("debtEquityRatioDetails", "Debt to equity of the cash that was committed")
          .put("shareCapital", Values.money(equity, currency(closed.getFirst())));
    if (all.signum() > 0)
      summary
          .put("subsidyRatio", ratio(subsidy, all))
          .put("subsidyRatioDetails", "Grants of public parties to all cash that was committed");
    return summary;
  }

  private static BigDecimal ratio(BigDecimal part, BigDecimal of) {
    return part.divide(of, 6, RoundingMode.HALF_EVEN).stripTrailingZeros();
  }

  /// Commercial and financial close (codes of the profile).
  List<Sheet> milestones() {
    var milestones = new ArrayList<Sheet>();
    for (var round : rounds) {
      milestones.add(milestone(round, "commercialClose", "Commercial close", "commercialCloseAt"));
      milestones.add(milestone(round, "financialClose", "Financial close", "financialCloseAt"));
    }
    return milestones;
  }

  private static Sheet milestone(Dossier round, String code, String title, String field) {
    boolean met = round.has(field);
    return new Sheet()
        .put("id", code + "-" + Publisher.local(round.id()))
        .put("title", title)
        .put("type", "financing")
        .put("description", round.findText("title"))
        .put("code", code)
        .put("dueDate", code.equals("commercialClose") ? round.findMoment("deadline") : null)
        .put("dateMet", round.findMoment(field))
        .put("status", met ? "met" : round.is("FAILED", "CANCELLED") ? "notMet" : "scheduled");
  }

  /// The terms of the round and what was signed.
  List<Sheet> documents() {
    var documents = new ArrayList<Sheet>();
    for (var round : rounds) {
      var all = new ArrayList<Value>();
      round.findStruct("terms").ifPresent(all::add);
      all.addAll(round.items("documents"));
      int number = 0;
      for (var one : all)
        if (one instanceof Value.Struct(var members))
          documents.add(
              new Sheet()
                  .put("id", "finance-" + Publisher.local(round.id()) + "-" + ++number)
                  .put("documentType", "financeArrangements")
                  .put("title", Values.text(members, "title"))
                  .put(
                      "description",
                      members.containsKey("sha256")
                          ? "SHA-256 " + Values.text(members, "sha256")
                          : null)
                  .put("url", Values.text(members, "url")));
    }
    return documents;
  }

  /// What was paid by then, in the order in which it was paid.
  List<Sheet> transactions() {
    var transactions = new ArrayList<Sheet>();
    for (var round : rounds)
      moment.process().archive().list(Kind.DISBURSEMENT, new Having("round", round.id())).stream()
          .sorted(Comparator.comparing(Dossier::id))
          .limit(moment.count(round, "disburse"))
          .forEach(one -> transactions.add(transaction(one)));
    return transactions;
  }

  private Sheet transaction(Dossier payment) {
    return new Sheet()
        .put("id", Publisher.local(payment.id()))
        .put("date", payment.findMoment("paidAt"))
        .put("value", Values.money(Values.amount(payment), currency(payment)))
        .put("payer", cast.refer(payment.text("organisation"), "payer"))
        .put("payee", cast.refer(pilot.text("organisation"), "payee"));
  }
}
