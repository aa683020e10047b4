package plaza.programme.figures;

import java.util.Arrays;
import java.util.stream.Collectors;
import plaza.graph.Refusal;

/// The mayor's figures, by the names that the programme's answer has for them, and two that stand
/// within conversion.
public enum Figure {
  CONVERSION("conversion"),
  DURABLE_SCALE("durableScale"),
  COMPLETION("completion"),
  DEMAND_COVERAGE("demandCoverage"),
  TIME_TO_PILOT("timeToPilotDays"),
  LEVERAGE("leverage"),
  RETENTION("retention"),
  COLLABORATION("collaboration");

  private final String code;

  Figure(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }

  /// @throws Refusal.NotFound when there is no such figure
  public static Figure of(String code) {
    return Arrays.stream(values())
        .filter(figure -> figure.code.equals(code))
        .findFirst()
        .orElseThrow(() ->
            new Refusal.NotFound(
                "there is no figure '"
                    + code
                    + "'; the figures are "
                    + Arrays.stream(values()).map(Figure::code).collect(Collectors.joining(", "))));
  }
}
