package plaza.programme.finance;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import plaza.graph.Value;
import plaza.programme.figures.Leverage;
import plaza.programme.figures.Window;
import plaza.programme.procedure.Work;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Kind;

/// What was committed to a round and what was paid of it, added up from its records.
///
/// @param commitments that stand: those released are not among them
record Books(Dossier round, List<Dossier> commitments, List<Dossier> payments) {
  static final String RELEASED = "RELEASED";
  static final String CLOSED = "CLOSED";

  Books {
    commitments = List.copyOf(commitments);
    payments = List.copyOf(payments);
  }

  static Books of(Work work, Dossier round) {
    var ofRound = new Having("round", round.id());
    return new Books(
        round,
        work.list(Kind.COMMITMENT, ofRound).stream().filter(one -> !one.is(RELEASED)).toList(),
        work.list(Kind.DISBURSEMENT, ofRound));
  }

  /// Cash only; what is given in kind is counted apart.
  BigDecimal committed() {
    return sum(cash(), one -> Money.of(one, "amount"));
  }

  BigDecimal inKind() {
    return sum(
        commitments.stream().filter(one -> one.flag("inKind")).toList(),
        one -> Money.of(one, "amount"));
  }

  BigDecimal disbursed() {
    return sum(payments, one -> Money.of(one, "amount"));
  }

  /// What was paid of one commitment or of one tranche.
  ///
  /// @param field `commitment` or `tranche`
  BigDecimal disbursed(String field, String id) {
    return sum(
        payments.stream().filter(one -> one.texts(field).contains(id)).toList(),
        one -> Money.of(one, "amount"));
  }

  /// The part of the cash that public parties committed; 0 without any cash.
  BigDecimal publicShare() {
    var all = committed();
    if (all.signum() == 0) return BigDecimal.ZERO;
    var ofPublic =
        sum(
            cash().stream().filter(one -> one.flag("publicParty")).toList(),
            one -> Money.of(one, "amount"));
    return ofPublic.divide(all, MathContext.DECIMAL64);
  }

  /// The round with its sums and its leverage in three cuts.
  Dossier added(Instant now) {
    return round
        .with("committed", Money.of(committed()))
        .with("committedInKind", Money.of(inKind()))
        .with("disbursed", Money.of(disbursed()))
        .with("leverage", leverage(now));
  }

  private Value.Struct leverage(Instant now) {
    var all = Leverage.of(commitments.stream().map(this::counted).toList(), new Window(null, now));
    var members = new LinkedHashMap<>(all.members());
    members.remove("currencies"); // a round has one, and it stands at the top
    return new Value.Struct(members);
  }

  private Leverage.Commitment counted(Dossier one) {
    var amount = Money.of(one, "amount");
    return new Leverage.Commitment(
        Money.of(one, "publicShare"),
        one.text("currency"),
        one.flag("inKind"),
        amount,
        one.is(CLOSED) ? amount : BigDecimal.ZERO,
        disbursed("commitment", one.id()));
  }

  private List<Dossier> cash() {
    return commitments.stream().filter(one -> !one.flag("inKind")).toList();
  }

  private static BigDecimal sum(List<Dossier> records, Function<Dossier, BigDecimal> amount) {
    return records.stream().map(amount).reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
