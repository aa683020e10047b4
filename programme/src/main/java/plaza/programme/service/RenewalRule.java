package plaza.programme.service;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import plaza.graph.Value;
import plaza.programme.figures.Retention;
import plaza.programme.record.Dossier;
import plaza.programme.usage.Use;

/// When a service is worth renewing: enough of those who began stayed, or enough use it in a month.
///
/// @param retention the least R₉₀; empty for the usual 0.25
/// @param monthlyShare the least share of the target that the users of 28 days must reach; empty
///   for the usual 0.6
record RenewalRule(Optional<BigDecimal> retention, Optional<BigDecimal> monthlyShare) {
  private static final BigDecimal USUAL_RETENTION = new BigDecimal("0.25");
  private static final BigDecimal USUAL_SHARE = new BigDecimal("0.6");

  static RenewalRule of(Dossier service) {
    var members = service.findStruct("renewalRule").map(Value.Struct::members).orElse(Map.of());
    return new RenewalRule(number(members, "retention"), number(members, "monthlyShare"));
  }

  private static Optional<BigDecimal> number(Map<String, Value> members, String name) {
    var value = members.get(name);
    return value == null ? Optional.empty() : Optional.of(BigDecimal.valueOf(value.asNumber()));
  }

  /// R₉₀ ≥ 0.25. A cohort below 10 says nothing.
  boolean isRetained(Use use) {
    if (use.cohort() < Retention.SMALLEST_COHORT) return false;
    var least = retention.orElse(USUAL_RETENTION).multiply(BigDecimal.valueOf(use.cohort()));
    return BigDecimal.valueOf(use.stayed()).compareTo(least) >= 0;
  }

  /// MAU28 ≥ 0.6 × target; without a target never.
  boolean isUsed(Use use, long target) {
    if (target <= 0) return false;
    var least = monthlyShare.orElse(USUAL_SHARE).multiply(BigDecimal.valueOf(target));
    return BigDecimal.valueOf(use.monthly()).compareTo(least) >= 0;
  }

  Value.Struct toValue() {
    var members = new LinkedHashMap<String, Value>();
    members.put("retention", Value.of(retention.orElse(USUAL_RETENTION).doubleValue()));
    members.put("monthlyShare", Value.of(monthlyShare.orElse(USUAL_SHARE).doubleValue()));
    return new Value.Struct(members);
  }
}
