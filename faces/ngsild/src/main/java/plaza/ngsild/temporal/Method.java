package plaza.ngsild.temporal;

import java.util.ArrayList;
import java.util.List;
import plaza.graph.Refusal;

/// The aggregation methods of clause 4.5.19.1.
public enum Method {
  TOTAL_COUNT("totalCount"),
  DISTINCT_COUNT("distinctCount"),
  SUM("sum"),
  AVG("avg"),
  MIN("min"),
  MAX("max"),
  STDDEV("stddev"),
  SUMSQ("sumsq");

  public final String label;

  Method(String label) {
    this.label = label;
  }

  /// In the order asked.
  public static List<Method> parse(List<String> labels) {
    if (labels.isEmpty())
      throw new Refusal.Invalid("aggregatedValues needs aggrMethods, such as aggrMethods=avg,max");
    var methods = new ArrayList<Method>();
    for (var label : labels) {
      var method = named(label);
      if (!methods.contains(method)) methods.add(method);
    }
    return methods;
  }

  private static Method named(String label) {
    for (var method : values()) if (method.label.equals(label)) return method;
    throw new Refusal.Invalid(
        "aggrMethods knows totalCount, distinctCount, sum, avg, min, max, stddev and sumsq, not '"
            + label
            + "'");
  }
}
