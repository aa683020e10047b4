package plaza.programme.figures;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;
import plaza.graph.Value;

/// How well another city could take a solution over: Σ wᵢsᵢ / Σ wᵢ over what the solution needs. It
/// can be deployed when every mandatory need is satisfied or mappable.
public final class Portability {
  private Portability() {}

  /// How a city meets one need of a solution.
  public enum Fit {
    SATISFIED("1"),
    /// It has the same under another name or unit.
    MAPPABLE("0.8"),
    /// It has something coarser or older.
    DEGRADED("0.4"),
    MISSING("0");

    @SuppressWarnings("ImmutableEnumChecker") // BigDecimal is immutable
    private final BigDecimal score;

    Fit(String score) {
      this.score = new BigDecimal(score);
    }

    public BigDecimal score() {
      return score;
    }

    public boolean isEnough() {
      return this == SATISFIED || this == MAPPABLE;
    }

    /// @throws Refusal.Invalid when there is no such fit
    public static Fit of(String text) {
      for (var fit : values()) if (fit.name().equalsIgnoreCase(text)) return fit;
      throw new Refusal.Invalid(
          "a requirement is "
              + String.join(", ", Arrays.stream(values()).map(Portability::name).toList())
              + ", not '"
              + text
              + "'");
    }
  }

  /// @param weight not negative
  public record Requirement(String name, BigDecimal weight, boolean mandatory, Fit fit) {
    public Requirement {
      if (weight.signum() < 0)
        throw new Refusal.Invalid(
            "the weight of requirement " + name + " must not be negative: " + weight);
    }
  }

  /// Null without weight.
  public static @Nullable Double score(List<Requirement> requirements) {
    var weights = BigDecimal.ZERO;
    var sum = BigDecimal.ZERO;
    for (var one : requirements) {
      weights = weights.add(one.weight());
      sum = sum.add(one.weight().multiply(one.fit().score()));
    }
    return weights.signum() == 0 ? null : sum.divide(weights, MathContext.DECIMAL128).doubleValue();
  }

  public static boolean isDeployable(List<Requirement> requirements) {
    return requirements.stream().allMatch(one -> !one.mandatory() || one.fit().isEnough());
  }

  public static Value.Struct of(List<Requirement> requirements, Window window) {
    return new Answer()
        .with("value", score(requirements))
        .with("deployable", isDeployable(requirements))
        .with(
            "blocking",
            Value.of(
                requirements.stream()
                    .filter(one -> one.mandatory() && !one.fit().isEnough())
                    .map(Requirement::name)
                    .toList()))
        .with("n", requirements.size())
        .with("window", window.toValue())
        .struct();
  }

  private static String name(Fit fit) {
    return fit.name().toLowerCase(java.util.Locale.ROOT);
  }
}
