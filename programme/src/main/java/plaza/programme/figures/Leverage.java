package plaza.programme.figures;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import plaza.graph.Value;

/// How much private money came for each unit of public money: L = Σ private / Σ public; the private
/// share is L / (1 + L).
///
/// In three cuts (what was committed, what was closed, what was disbursed), cash only; what was
/// given in kind is counted apart. Currencies are never added up. A party is public when at least
/// half of it is publicly owned.
public final class Leverage {
  private static final BigDecimal HALF = new BigDecimal("0.5");

  private Leverage() {}

  /// What one party put in.
  ///
  /// @param publicShare of the party, 0 to 1
  /// @param currency ISO 4217
  /// @param closed of the committed, what became binding
  /// @param disbursed of the committed, what was paid out
  public record Commitment(
      BigDecimal publicShare,
      String currency,
      boolean inKind,
      BigDecimal committed,
      BigDecimal closed,
      BigDecimal disbursed) {
    public boolean isPublic() {
      return publicShare.compareTo(HALF) >= 0;
    }
  }

  /// Sums of one cut in one currency.
  ///
  /// @param n how many commitments are in it
  public record Cut(BigDecimal publicMoney, BigDecimal privateMoney, long n) {
    /// Null without public money.
    public @Nullable Double value() {
      return publicMoney.signum() == 0
          ? null
          : privateMoney.divide(publicMoney, MathContext.DECIMAL128).doubleValue();
    }

    /// Null without money.
    public @Nullable Double privateShare() {
      var all = publicMoney.add(privateMoney);
      return all.signum() == 0
          ? null
          : privateMoney.divide(all, MathContext.DECIMAL128).doubleValue();
    }

    Value.Struct toValue() {
      return new Answer()
          .with("public", publicMoney)
          .with("private", privateMoney)
          .with("value", value())
          .with("privateShare", privateShare())
          .with("n", n)
          .struct();
    }
  }

  public static Cut cut(List<Commitment> commitments, Function<Commitment, BigDecimal> amount) {
    var publicMoney = BigDecimal.ZERO;
    var privateMoney = BigDecimal.ZERO;
    long n = 0;
    for (var one : commitments) {
      var money = amount.apply(one);
      if (money.signum() == 0) continue;
      n++;
      if (one.isPublic()) publicMoney = publicMoney.add(money);
      else privateMoney = privateMoney.add(money);
    }
    return new Cut(publicMoney, privateMoney, n);
  }

  /// With one currency its cuts stand at the top too, as most cities have only one.
  public static Value.Struct of(List<Commitment> commitments, Window window) {
    var byCurrency = new TreeMap<String, List<Commitment>>();
    for (var one : commitments)
      byCurrency.computeIfAbsent(one.currency(), _ -> new ArrayList<>()).add(one);
    var answer = new Answer();
    if (byCurrency.size() == 1) cuts(answer, byCurrency.firstEntry());
    else answer.with("value", (Double) null);
    return answer
        .with(
            "currencies",
            new Value.Items(
                byCurrency.entrySet().stream()
                    .<Value>map(entry -> cuts(new Answer(), entry).struct())
                    .toList()))
        .with("n", commitments.size())
        .with("window", window.toValue())
        .struct();
  }

  private static Answer cuts(Answer answer, Map.Entry<String, List<Commitment>> currency) {
    var cash = currency.getValue().stream().filter(one -> !one.inKind()).toList();
    var inKind = currency.getValue().stream().filter(Commitment::inKind).toList();
    var committed = cut(cash, Commitment::committed);
    return answer
        .with("value", committed.value())
        .with("privateShare", committed.privateShare())
        .with("currency", currency.getKey())
        .with("committed", committed.toValue())
        .with("closed", cut(cash, Commitment::closed).toValue())
        .with("disbursed", cut(cash, Commitment::disbursed).toValue())
        .with("inKind", cut(inKind, Commitment::committed).toValue());
  }
}
