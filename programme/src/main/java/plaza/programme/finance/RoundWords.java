package plaza.programme.finance;

import static java.util.Optional.empty;
import static plaza.programme.procedure.CommonWords.invalid;
import static plaza.programme.procedure.CommonWords.keep;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import plaza.graph.Value;
import plaza.programme.procedure.Functions;
import plaza.programme.procedure.Situation;
import plaza.programme.procedure.Term;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// What the words of the procedure FundingRound mean, up to financial close; what follows is
/// [PaymentWords]'.
public final class RoundWords {
  private static final Kind ROUND = Kind.FUNDING_ROUND;

  public void register(Functions functions) {
    opening(functions);
    committing(functions);
    closing(functions);
    new PaymentWords().register(functions);
  }

  private static void opening(Functions functions) {
    functions
        .guard("targetAmount", (s, _) -> targetAmount(s.record()))
        .guard(
            "publicCap",
            (s, _) -> has(s, "publicCap", "set publicCap, the most that public parties may give"))
        .guard("ownerPilotOrService", (s, _) -> owner(s))
        .guard("termsDocument", (s, _) -> has(s, "terms", "name the document of its terms"))
        .guard(
            "deadlineAhead",
            (s, _) ->
                s.record().findMoment("deadline").filter(at -> at.isAfter(s.now())).isPresent()
                    ? empty()
                    : Optional.of("set a deadline that is still to come"))
        .effect(
            "notifyInvestors",
            (s, _) -> {
              s.tell("investors", s.record().id());
              return true;
            })
        .settle(ROUND, "open", s -> s.set("openedAt", s.now()));
  }

  /// A target in a currency, and a minimum that is not above it.
  private static Optional<String> targetAmount(Dossier round) {
    if (!round.has("currency")) return Optional.of("set the currency");
    if (Money.of(round, "target").signum() <= 0) return Optional.of("set a target above 0");
    return Money.find(round, "minimum").isPresent()
        ? empty()
        : Optional.of("set the minimum without which the round fails");
  }

  private static Optional<String> owner(Situation s) {
    boolean known =
        s.record().findText("pilot").flatMap(id -> s.find(Kind.PILOT, id)).isPresent()
            || s.record().findText("service").flatMap(id -> s.find(Kind.SERVICE, id)).isPresent();
    return known ? empty() : Optional.of("name the pilot or service that the money is for");
  }

  private static void committing(Functions functions) {
    functions
        .guard("amount", (s, term) -> amount(s, term))
        .guard("partyVerified", (s, _) -> partyVerified(s))
        .guard(
            "financeTypeCode",
            (s, _) ->
                Offer.of(s).financeType().filter(Offer.FINANCE_TYPES::contains).isPresent()
                    ? empty()
                    : Optional.of(
                        "send a financeType, one of " + String.join(", ", Offer.FINANCE_TYPES)))
        .guard("relatedPartyDeclared", (s, _) -> relatedDeclared(s))
        .effect(
            "recomputeLeverage",
            (s, _) -> {
              recompute(s);
              return true;
            })
        // Who is no member sees nothing of it and cannot commit for it.
        .only(
            ROUND,
            "investor",
            s ->
                Offer.of(s)
                    .organisation()
                    .map(party -> s.standing().belongsToAny(List.of(party)))
                    .orElse(true))
        .settle(
            ROUND,
            "commit",
            s -> {
              var id = s.ids().next(Kind.COMMITMENT);
              s.work().save(Dossier.of(Kind.COMMITMENT, id, "OFFERED", Offer.of(s).fields(s)));
              s.work().answer("commitment", Value.of(id));
            });
  }

  /// `amount>0`, in the currency of the round: two currencies are never added.
  private static Optional<String> amount(Situation s, Term term) {
    var offer = Offer.of(s);
    if (offer.amount().filter(amount -> holds(amount, term, BigDecimal.ZERO)).isEmpty())
      return Optional.of("send an amount above 0");
    return offer.currency().equals(s.record().findText("currency"))
        ? empty()
        : Optional.of("send the amount in " + s.record().text("currency"));
  }

  private static Optional<String> partyVerified(Situation s) {
    var party = Offer.of(s).organisation();
    if (party.isEmpty()) return Optional.of("send organisation, the party that commits");
    return s.isVerifiedOrganisation(party.get())
        ? empty()
        : Optional.of("have somebody's membership in " + party.get() + " verified");
  }

  /// Every party says whether it is tied to those who are to get the money; what the records show
  /// cannot be denied.
  private static Optional<String> relatedDeclared(Situation s) {
    var offer = Offer.of(s);
    if (offer.related().isEmpty())
      return Optional.of("send relatedPartyDeclared: true or false, whether the party is related");
    var party = offer.organisation();
    boolean tied = party.isPresent() && beneficiaries(s).contains(party.get());
    return tied && !offer.related().get()
        ? Optional.of(party.get() + " is a party of the pilot: declare it with true")
        : empty();
  }

  private static List<String> beneficiaries(Situation s) {
    var parties = new ArrayList<String>();
    var service = s.record().findText("service").flatMap(id -> s.find(Kind.SERVICE, id));
    service.ifPresent(one -> parties.addAll(one.texts("operator")));
    s.record()
        .findText("pilot")
        .or(() -> service.flatMap(one -> one.findText("pilot")))
        .flatMap(id -> s.find(Kind.PILOT, id))
        .ifPresent(pilot -> {
          for (var field : List.of("organisation", "partners", "funders"))
            parties.addAll(pilot.texts(field));
        });
    return parties;
  }

  private static void closing(Functions functions) {
    functions
        .guard("sumCommitted", (s, term) -> sumCommitted(s, term))
        .guard("publicShare", (s, term) -> publicShare(s, term))
        .guard(
            "deadline",
            (s, _) ->
                s.record().findMoment("deadline").filter(at -> !s.now().isBefore(at)).isPresent()
                    ? empty()
                    : Optional.of("wait until the deadline"))
        .guard("allConditionsPrecedentMet", (s, _) -> conditionsMet(s))
        .guard("documentsSigned", (s, _) -> documentsSigned(s))
        .effect(
            "OCDS",
            (s, term) -> {
              s.publish("OCDS " + String.join(" ", term.arguments()));
              return true;
            })
        .effect("releaseCommitments", (s, _) -> release(s))
        .settle(
            ROUND,
            "commercialClose",
            s -> {
              commitments(s, "COMMITTED");
              s.set("commercialCloseAt", s.now());
              recompute(s);
            })
        .intake(ROUND, "financialClose", RoundWords::documents)
        .settle(
            ROUND,
            "financialClose",
            s -> {
              commitments(s, Books.CLOSED);
              s.set("financialCloseAt", s.now());
              recompute(s);
            })
        .intake(ROUND, "cancel", s -> keep(s, "reason", 4_000))
        .intake(ROUND, "fail", s -> keep(s, "reason", 4_000));
  }

  /// `sumCommitted>=minimum`: of cash; what is in kind pays no bill.
  private static Optional<String> sumCommitted(Situation s, Term term) {
    var committed = Books.of(s.work(), s.record()).committed();
    var minimum = Money.of(s.record(), term.right());
    return holds(committed, term, minimum)
        ? empty()
        : Optional.of(
            "%s %s are committed, the %s is %s"
                .formatted(
                    committed.toPlainString(),
                    s.record().findText("currency").orElse(""),
                    term.right(),
                    minimum.toPlainString()));
  }

  private static Optional<String> publicShare(Situation s, Term term) {
    var share = Books.of(s.work(), s.record()).publicShare();
    var cap = Money.of(s.record(), term.right());
    return holds(share, term, cap)
        ? empty()
        : Optional.of(
            "public parties give %s of the cash, the cap is %s; find private money"
                .formatted(share.toPlainString(), cap.toPlainString()));
  }

  /// Those of the round, one by one, and those that parties attached to their commitments.
  private static Optional<String> conditionsMet(Situation s) {
    var open = new ArrayList<String>();
    int number = 0;
    for (var condition : s.record().items("conditionsPrecedent")) {
      number++;
      if (condition instanceof Value.Struct(var members) && !members.containsKey("metAt"))
        open.add("condition " + number);
    }
    for (var one : Books.of(s.work(), s.record()).commitments())
      if (!one.texts("conditions").isEmpty() && !one.has("conditionsMetAt"))
        open.add("the conditions of " + one.id());
    return open.isEmpty()
        ? empty()
        : Optional.of("note with its evidence that met is: " + String.join(", ", open));
  }

  private static void documents(Situation s) {
    var sent = s.input().structs("documents", 50);
    if (sent.isEmpty()) return;
    s.set(
        "documents",
        new Value.Items(
            sent.stream().<Value>map(json -> RoundDesk.document("a document", json)).toList()));
  }

  private static Optional<String> documentsSigned(Situation s) {
    var documents = s.record().items("documents");
    boolean signed =
        documents.stream()
            .allMatch(
                one -> one instanceof Value.Struct(var members) && members.containsKey("signedAt"));
    return !documents.isEmpty() && signed
        ? empty()
        : Optional.of("send documents: [{title, url, sha256, signedAt}], each signed");
  }

  private static void commitments(Situation s, String state) {
    for (var one : Books.of(s.work(), s.record()).commitments()) s.work().save(one.in(state));
  }

  private static boolean release(Situation s) {
    commitments(s, Books.RELEASED);
    recompute(s);
    return true;
  }

  static void recompute(Situation s) {
    s.work().save(Books.of(s.work(), s.record()).added(s.now()));
  }

  static boolean holds(BigDecimal amount, Term term, BigDecimal other) {
    int order = amount.compareTo(other);
    return switch (term.operator()) {
      case ">=" -> order >= 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      case "<" -> order < 0;
      case "=", "==" -> order == 0;
      case null, default -> throw new IllegalArgumentException(term.text() + " compares nothing");
    };
  }

  private static Optional<String> has(Situation s, String field, String remedy) {
    return s.record().has(field) ? empty() : Optional.of(remedy);
  }

  static RuntimeException refused(Situation s, String sentence) {
    return invalid(s, sentence);
  }
}
