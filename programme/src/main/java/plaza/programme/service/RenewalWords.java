package plaza.programme.service;

import static java.util.Optional.empty;
import static plaza.programme.procedure.CommonWords.keep;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Optional;
import plaza.graph.Value;
import plaza.programme.pilot.GateWords;
import plaza.programme.procedure.Functions;
import plaza.programme.procedure.Situation;
import plaza.programme.record.Kind;
import plaza.programme.usage.UsageMeter;

/// What the words about renewing a service mean: 90 days before its end Plaza computes what its use
/// shows, and the board decides on that.
final class RenewalWords {
  private static final Duration TERM = Duration.ofDays(365);
  private final UsageMeter meter;

  RenewalWords(UsageMeter meter) {
    this.meter = meter;
  }

  void register(Functions functions) {
    functions
        .guard("renewalRuleMet", (s, _) -> ruleMet(s))
        .guard("newOwner", (s, _) -> newOwner(s))
        .effect(
            "computeRenewalEvidence",
            (s, _) -> {
              s.set("renewalEvidence", evidence(s));
              return true;
            })
        .effect("extend", (s, _) -> extend(s))
        .effect(
            "publish",
            (s, _) -> {
              s.publish("renewal");
              return true;
            })
        .intake(Kind.SERVICE, "renew", s -> keep(s, "overrideReason", 4_000))
        .intake(Kind.SERVICE, "revive", s -> keep(s, "newOwner", 2_048))
        .settle(Kind.SERVICE, "renew", RenewalWords::renewed);
  }

  /// `{computedAt, retention, cohort, monthlyActiveUsers, suppressed, target, rule, retentionMet,
  /// usageMet, ruleMet}`: judged on exact counts, shown without those below 10.
  private Value.Struct evidence(Situation s) {
    var use = meter.use(s.caller().address(), s.record().id());
    var rule = RenewalRule.of(s.record());
    long target = s.record().count("targetMonthlyUsers");
    boolean retained = rule.isRetained(use);
    boolean used = rule.isUsed(use, target);
    var evidence = new LinkedHashMap<String, Value>();
    evidence.put("computedAt", Value.of(s.now().toString()));
    evidence.putAll(use.toValue().members());
    evidence.put("target", target > 0 ? Value.of(target) : Value.Null.VALUE);
    evidence.put("rule", rule.toValue());
    evidence.put("retentionMet", Value.of(retained));
    evidence.put("usageMet", Value.of(used));
    evidence.put("ruleMet", Value.of(retained || used));
    return new Value.Struct(evidence);
  }

  private static Optional<String> ruleMet(Situation s) {
    boolean met =
        s.record()
            .findStruct("renewalEvidence")
            .filter(evidence -> Value.of(true).equals(evidence.members().get("ruleMet")))
            .isPresent();
    return met ? empty() : Optional.of("its use does not meet the rule: let it go, or say why not");
  }

  private static Optional<String> newOwner(Situation s) {
    var owner = s.record().findText("newOwner");
    if (owner.isEmpty()) return Optional.of("send newOwner, the organisation that takes it over");
    return s.isVerifiedOrganisation(owner.get())
        ? empty()
        : Optional.of("have somebody's membership in " + owner.get() + " verified");
  }

  private static void renewed(Situation s) {
    GateWords.decided(s);
    var renewal = new LinkedHashMap<String, Value>();
    renewal.put("at", Value.of(s.now().toString()));
    s.record().find("renewalEvidence").ifPresent(one -> renewal.put("evidence", one));
    s.record().find("overrideReason").ifPresent(one -> renewal.put("overrideReason", one));
    var renewals = new ArrayList<>(s.record().items("renewals"));
    renewals.add(new Value.Struct(renewal));
    s.set("renewals", new Value.Items(renewals));
    s.clear("renewalEvidence");
    s.clear("overrideReason");
  }

  /// A year from the date it was due, or from now when that is long ago; the new owner's, if it has
  /// one.
  private static boolean extend(Situation s) {
    var due = s.record().findMoment("renewalDate").orElse(s.now());
    s.set("renewalDate", later(due, s.now()).plus(TERM));
    s.record()
        .findText("newOwner")
        .ifPresent(owner -> {
          s.set("operator", owner);
          s.clear("newOwner");
        });
    return true;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
