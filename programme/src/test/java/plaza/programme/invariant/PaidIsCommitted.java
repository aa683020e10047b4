package plaza.programme.invariant;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import plaza.graph.Value;
import plaza.programme.invariant.Records.Moment;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// I10: no round, commitment, tranche or contract pays more than was promised, in one currency; a
/// tranche that waits for an indicator is paid when that was MET.
final class PaidIsCommitted extends Invariant {
  PaidIsCommitted() {
    super("I10");
  }

  @Override
  void happened(SmallCity city, Records records, Moment moment) {
    for (var change : moment.changes())
      if (change.after() != null && change.is(Kind.EXPLORATION)) contract(change.after());
    if (!moment.touches(Kind.DISBURSEMENT, Kind.COMMITMENT, Kind.FUNDING_ROUND, Kind.TRANCHE))
      return;
    for (var round : records.all(Kind.FUNDING_ROUND)) round(records, round);
    for (var change : moment.changes())
      if (change.is(Kind.DISBURSEMENT)) earned(records, moment, change);
  }

  private void round(Records records, Dossier round) {
    var paid = records.all(Kind.DISBURSEMENT, "round", round.id());
    if (paid.isEmpty()) return;
    var commitments = records.all(Kind.COMMITMENT, "round", round.id());
    var promised =
        commitments.stream().filter(one -> one.is("CLOSED") && !one.flag("inKind")).toList();
    Set<String> currencies = new HashSet<>(round.texts("currency"));
    paid.forEach(one -> currencies.addAll(one.texts("currency")));
    promised.forEach(one -> currencies.addAll(one.texts("currency")));
    require(currencies.size() == 1, "%s adds %s", round.id(), currencies);
    within(round.id(), paid, sum(promised));
    for (var one : commitments)
      within(
          one.id(),
          of(paid, "commitment", one.id()),
          promised.contains(one) ? sum(List.of(one)) : BigDecimal.ZERO);
    for (var one : records.all(Kind.TRANCHE, "round", round.id()))
      within(one.id(), of(paid, "tranche", one.id()), sum(List.of(one)));
    require(
        new BigDecimal(round.findText("disbursed").orElse("0")).compareTo(sum(paid)) == 0,
        "%s says %s was paid, and %s was",
        round.id(),
        round.findText("disbursed"),
        sum(paid));
  }

  private static List<Dossier> of(List<Dossier> paid, String field, String id) {
    return paid.stream().filter(one -> one.texts(field).contains(id)).toList();
  }

  private void within(String of, List<Dossier> paid, BigDecimal promised) {
    require(sum(paid).compareTo(promised) <= 0, "%s paid %s of %s", of, sum(paid), promised);
  }

  private void earned(Records records, Moment moment, Records.Changed change) {
    require(change.before() == null, "%s was changed: payments stand", change.after());
    var payment = change.after();
    if (payment == null) return;
    payment
        .findText("tranche")
        .flatMap(id -> records.get(Kind.TRANCHE, id).findText("indicator"))
        .ifPresent(id ->
            require(
                records.get(Kind.INDICATOR, id).texts("verdict").contains("MET"),
                "%s was paid, and %s is not MET: %s",
                payment.id(),
                id,
                moment.links()));
  }

  private void contract(Dossier exploration) {
    var paid = BigDecimal.ZERO;
    for (var payment : exploration.items("payments"))
      paid =
          paid.add(
              new BigDecimal(
                  ((Value.Text) ((Value.Struct) payment).members().get("amount")).text()));
    require(
        paid.compareTo(new BigDecimal(exploration.text("amount"))) <= 0,
        "%s paid %s of %s",
        exploration.id(),
        paid,
        exploration.text("amount"));
  }

  private static BigDecimal sum(List<Dossier> of) {
    return of.stream()
        .map(one -> new BigDecimal(one.text("amount")))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
