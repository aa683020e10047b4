package plaza.bench;

import java.util.Locale;

/// One measured number beside its goals.
///
/// @param must what it has to reach; @param aim what we want
/// @param higherIsBetter whether larger numbers are better ones
/// @param note how it was measured: percentiles, failures
public record Figure(
    String name,
    double value,
    String unit,
    double must,
    double aim,
    boolean higherIsBetter,
    String note) {
  public String verdict() {
    if (Double.isNaN(value)) return "not measured";
    if (meets(aim)) return "aim";
    return meets(must) ? "must" : "short";
  }

  private boolean meets(double goal) {
    return higherIsBetter ? value >= goal : value <= goal;
  }

  String row() {
    return String.format(
        Locale.ROOT,
        "%-44s %12s %-10s must %-9s aim %-9s %-6s %s",
        name,
        number(value),
        unit,
        number(must),
        number(aim),
        verdict(),
        note);
  }

  private static String number(double value) {
    if (Double.isNaN(value)) return "–";
    return value >= 100
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, "%.2f", value);
  }
}
