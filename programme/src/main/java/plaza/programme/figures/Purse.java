package plaza.programme.figures;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// What was committed to a city's rounds, read from its records for [Leverage].
final class Purse {
  private Purse() {}

  /// A commitment and the record of it.
  record Standing(Dossier source, Leverage.Commitment commitment) {}

  static List<Leverage.Commitment> commitments(CityRecords records, Window window) {
    return standing(records, window).stream().map(Standing::commitment).toList();
  }

  /// Commitments that stand and were made in the window. What is paid later counts with them.
  static List<Standing> standing(CityRecords records, Window window) {
    var paid = new HashMap<String, BigDecimal>();
    for (var payment : records.all(Kind.DISBURSEMENT))
      paid.merge(payment.text("commitment"), amount(payment, "amount"), BigDecimal::add);
    var found = new ArrayList<Standing>();
    for (var one : records.all(Kind.COMMITMENT))
      if (!one.is("RELEASED") && one.findMoment("committedAt").filter(window::contains).isPresent())
        found.add(new Standing(one, commitment(one, paid.getOrDefault(one.id(), BigDecimal.ZERO))));
    return found;
  }

  private static Leverage.Commitment commitment(Dossier one, BigDecimal disbursed) {
    var amount = amount(one, "amount");
    return new Leverage.Commitment(
        amount(one, "publicShare"),
        one.text("currency"),
        one.flag("inKind"),
        amount,
        one.is("CLOSED") ? amount : BigDecimal.ZERO,
        disbursed);
  }

  private static BigDecimal amount(Dossier record, String field) {
    return record.findText(field).map(BigDecimal::new).orElse(BigDecimal.ZERO);
  }
}
