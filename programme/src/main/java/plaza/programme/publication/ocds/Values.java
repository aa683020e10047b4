package plaza.programme.publication.ocds;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import plaza.graph.Value;
import plaza.programme.publication.Sheet;
import plaza.programme.record.Dossier;

/// Amounts and numbers of records as OCDS writes them.
final class Values {
  private Values() {}

  /// The `Value` of a field `{amount, currency}`.
  static Optional<Sheet> money(Dossier record, String field) {
    return record
        .findStruct(field)
        .map(Value.Struct::members)
        .filter(members -> members.containsKey("amount") && members.containsKey("currency"))
        .map(members -> money(new BigDecimal(text(members, "amount")), text(members, "currency")));
  }

  static Sheet money(BigDecimal amount, String currency) {
    return new Sheet().put("amount", amount).put("currency", currency);
  }

  /// Zero when the record has none.
  static BigDecimal amount(Dossier record) {
    return record.findText("amount").map(BigDecimal::new).orElse(BigDecimal.ZERO);
  }

  static String text(Map<String, Value> members, String name) {
    return members.get(name) instanceof Value.Text(var text) ? text : "";
  }

  static Map<String, Value> members(Dossier record, String field) {
    return record.findStruct(field).map(Value.Struct::members).orElse(Map.of());
  }

  /// A number without exponent; empty when it is none.
  static Optional<String> number(Value value) {
    return switch (value) {
      case Value.Whole(long number) -> Optional.of(Long.toString(number));
      case Value.Decimal(double number) ->
          Optional.of(BigDecimal.valueOf(number).stripTrailingZeros().toPlainString());
      case Value.Text _, Value.Flag _, Value.Null _, Value.Items _, Value.Struct _ ->
          Optional.empty();
    };
  }
}
