package plaza.programme.finance;

import static java.util.Optional.empty;
import static plaza.programme.procedure.CommonWords.keep;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Optional;
import plaza.graph.Value;
import plaza.programme.procedure.Functions;
import plaza.programme.procedure.Situation;
import plaza.programme.procedure.Term;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// What the words about paying out a closed round mean: `disburse` takes `{commitment, amount,
/// tranche, paidAt, reference}`, `complete` takes `{residualReleased}`.
///
/// Every payment changes the round's own record, so that two at once cannot together exceed what
/// was committed: one of them finds the record changed.
final class PaymentWords {
  void register(Functions functions) {
    functions
        .guard("sumDisbursed", PaymentWords::sumDisbursed)
        .guard("tranche.kpiVerdict", (s, _) -> trancheEarned(s))
        .guard(
            "residualReleased",
            (s, _) ->
                s.record().has("residualReleased")
                    ? empty()
                    : Optional.of("send residualReleased, why the rest is not paid"))
        .effect(
            "360Giving",
            (s, term) -> {
              boolean due =
                  !"grant".equals(term.onlyIf())
                      || commitment(s)
                          .filter(one -> one.texts("financeType").contains("grant"))
                          .isPresent();
              if (due) s.publish("360Giving " + String.join(" ", term.arguments()));
              return true;
            })
        .settle(Kind.FUNDING_ROUND, "disburse", PaymentWords::pay)
        .intake(Kind.FUNDING_ROUND, "complete", s -> keep(s, "residualReleased", 4_000))
        .settle(
            Kind.FUNDING_ROUND,
            "complete",
            s -> {
              s.set("completedAt", s.now());
              RoundWords.recompute(s);
            });
  }

  /// `sumDisbursed<=sumCommitted` with the payment that is asked for, for the round and for the
  /// commitment it comes from; `sumDisbursed==sumCommitted` when all is paid.
  private static Optional<String> sumDisbursed(Situation s, Term term) {
    var books = Books.of(s.work(), s.record());
    if ("==".equals(term.operator()))
      return RoundWords.holds(books.disbursed(), term, books.committed())
          ? empty()
          : Optional.of(
              "pay the remaining " + books.committed().subtract(books.disbursed()).toPlainString());
    var amount = amount(s);
    if (amount.filter(a -> a.signum() > 0).isEmpty()) return Optional.of("send an amount above 0");
    var from = commitment(s);
    if (from.isEmpty())
      return Optional.of("send commitment, one of cash to this round that was closed");
    var left = Money.of(from.get(), "amount").subtract(books.disbursed("commitment", id(from)));
    if (amount.get().compareTo(left) > 0)
      return Optional.of("of " + id(from) + " only " + left.toPlainString() + " are left");
    return RoundWords.holds(books.disbursed().add(amount.get()), term, books.committed())
        ? empty()
        : Optional.of("pay at most what was committed");
  }

  /// A round that was cut into tranches is paid by them; one with an indicator when the pilot's own
  /// data say MET, frozen when the pilot finished. No word of a person replaces it.
  private static Optional<String> trancheEarned(Situation s) {
    var cut = s.list(Kind.TRANCHE, "round", s.record().id());
    var named = s.input().findUri("tranche");
    if (cut.isEmpty())
      return named.isEmpty() ? empty() : Optional.of("this round was not cut into tranches");
    var tranche = cut.stream().filter(one -> named.equals(Optional.of(one.id()))).findFirst();
    if (tranche.isEmpty())
      return Optional.of(
          "send tranche, one of " + String.join(", ", cut.stream().map(Dossier::id).toList()));
    var paid = Books.of(s.work(), s.record()).disbursed("tranche", tranche.get().id());
    var left = Money.of(tranche.get(), "amount").subtract(paid);
    if (amount(s).filter(a -> a.compareTo(left) > 0).isPresent())
      return Optional.of(
          "of " + tranche.get().id() + " only " + left.toPlainString() + " are left");
    return tranche.get().findText("indicator").flatMap(id -> notMet(s, id));
  }

  private static Optional<String> notMet(Situation s, String indicatorId) {
    var indicator = s.find(Kind.INDICATOR, indicatorId);
    var verdict = indicator.flatMap(one -> one.findText("verdict"));
    return verdict.filter("MET"::equals).isPresent()
        ? empty()
        : Optional.of(
            indicatorId
                + " is "
                + verdict.orElse("not judged yet")
                + "; the tranche is paid when it is MET");
  }

  private static Optional<BigDecimal> amount(Situation s) {
    return Money.find(s.input(), "amount", s.record().text("currency"));
  }

  private static Optional<Dossier> commitment(Situation s) {
    return s.input()
        .findUri("commitment")
        .flatMap(id -> s.find(Kind.COMMITMENT, id))
        .filter(one -> one.texts("round").contains(s.record().id()))
        .filter(one -> one.is(Books.CLOSED) && !one.flag("inKind"));
  }

  private static String id(Optional<Dossier> record) {
    return record.map(Dossier::id).orElse("");
  }

  private static void pay(Situation s) {
    var from = commitment(s).orElseThrow();
    var fields = new LinkedHashMap<String, Value>();
    fields.put("round", Value.of(s.record().id()));
    fields.put("commitment", Value.of(from.id()));
    fields.put("organisation", Value.of(from.text("organisation")));
    fields.put("amount", Money.of(amount(s).orElseThrow()));
    fields.put("currency", Value.of(s.record().text("currency")));
    fields.put("financeType", Value.of(from.text("financeType")));
    s.input().findUri("tranche").ifPresent(id -> fields.put("tranche", Value.of(id)));
    s.input().findText("reference", 200).ifPresent(r -> fields.put("reference", Value.of(r)));
    var paidAt = s.input().findMoment("paidAt").orElse(s.now());
    if (paidAt.isAfter(s.now())) throw RoundWords.refused(s, "paidAt is still to come");
    fields.put("paidAt", Value.of(paidAt.toString()));
    fields.put("enteredBy", Value.of(s.caller().id()));
    var id = s.ids().next(Kind.DISBURSEMENT);
    s.work().save(Dossier.of(Kind.DISBURSEMENT, id, "PAID", fields));
    s.work().answer("disbursement", Value.of(id));
    settleTranche(s);
    RoundWords.recompute(s);
  }

  private static void settleTranche(Situation s) {
    var named = s.input().findUri("tranche");
    if (named.isEmpty()) return;
    var tranche = s.get(Kind.TRANCHE, named.get());
    var paid = Books.of(s.work(), s.record()).disbursed("tranche", tranche.id());
    boolean whole = paid.compareTo(Money.of(tranche, "amount")) >= 0;
    s.work().save(tranche.with("paid", Money.of(paid)).in(whole ? "PAID" : "PARTLY_PAID"));
  }
}
