package plaza.programme.finance;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Optional;
import java.util.regex.Pattern;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.record.Dossier;
import plaza.programme.record.Fields;

/// Reads and writes amounts: decimal texts such as `300000.00`, never binary fractions.
public final class Money {
  private static final Pattern AMOUNT = Pattern.compile("-?\\d{1,15}(\\.\\d{1,4})?");

  private Money() {}

  /// A decimal text, or a whole number; perhaps negative, which a guard then refuses with the rest.
  ///
  /// @throws Refusal.Invalid when it is none
  static Optional<BigDecimal> find(Fields input, String name) {
    return input
        .find(name)
        .map(value ->
            switch (value) {
              case Value.Whole(long number) -> BigDecimal.valueOf(number);
              case Value.Text(var text) when AMOUNT.matcher(text).matches() -> new BigDecimal(text);
              case Value _ -> throw input.wrong(name, "a decimal text such as \"300000.00\"");
            });
  }

  /// An amount of a currency, with no more decimals than it has.
  public static Optional<BigDecimal> find(Fields input, String name, String currency) {
    var amount = find(input, name);
    int digits = Currency.getInstance(currency).getDefaultFractionDigits();
    if (amount.isPresent() && amount.get().stripTrailingZeros().scale() > Math.max(0, digits))
      throw input.wrong(name, "of at most " + digits + " decimals, as " + currency + " has");
    return amount;
  }

  /// A share from 0 to 1, such as `0.6`.
  static Optional<BigDecimal> findShare(Fields input, String name) {
    return input
        .find(name)
        .map(value ->
            switch (value) {
              case Value.Whole(long number) -> BigDecimal.valueOf(number);
              case Value.Decimal(double number) -> BigDecimal.valueOf(number);
              case Value.Text(var text) when AMOUNT.matcher(text).matches() -> new BigDecimal(text);
              case Value _ -> throw input.wrong(name, "a share from 0 to 1 such as \"0.6\"");
            })
        .map(share -> {
          if (share.signum() < 0 || share.compareTo(BigDecimal.ONE) > 0)
            throw input.wrong(name, "a share from 0 to 1 such as \"0.6\"");
          return share;
        });
  }

  static Optional<String> findCurrency(Fields input) {
    return input
        .findText("currency", 3)
        .map(code -> {
          try {
            return Currency.getInstance(code).getCurrencyCode();
          } catch (IllegalArgumentException e) {
            throw input.wrong("currency", "an ISO 4217 code such as TWD");
          }
        });
  }

  public static Value of(BigDecimal amount) {
    return Value.of(amount.toPlainString());
  }

  static Optional<BigDecimal> find(Dossier record, String field) {
    return record.findText(field).map(BigDecimal::new);
  }

  public static BigDecimal of(Dossier record, String field) {
    return find(record, field).orElse(BigDecimal.ZERO);
  }
}
