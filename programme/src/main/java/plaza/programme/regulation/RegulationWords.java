package plaza.programme.regulation;

import static java.util.Optional.empty;
import static plaza.programme.procedure.CommonWords.keep;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import plaza.graph.Value;
import plaza.programme.procedure.Functions;
import plaza.programme.procedure.Rules;
import plaza.programme.procedure.Situation;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Kind;

/// What the words of the procedure RegulatoryCase mean, and those with which the procedure Pilot
/// asks whether it may go on.
public final class RegulationWords {
  private static final int LEAST_ACT = 40;
  private static final Pattern RULE = Pattern.compile("https?://\\S+|/?eli/\\S+");
  private final Rules rules;

  public RegulationWords(Rules rules) {
    this.rules = rules;
  }

  public void register(Functions functions) {
    confirmation(functions);
    exemption(functions);
    functions
        .guard("regulatoryCasesClear", (s, _) -> clear(s))
        .guard("exemptionsInForce", (s, _) -> inForce(s))
        .effect(
            "notifyOfficer",
            (s, _) -> {
              s.set("remindedAt", s.now());
              s.tell("regulatoryOfficer, the answer is overdue", s.record().id());
              return true;
            })
        .effect(
            "publishPrecedent",
            (s, _) -> {
              s.set("precedent", Value.of(true));
              s.publish("precedent: no rule stands in the way");
              return true;
            })
        .effect(
            "publishRegister",
            (s, _) -> {
              s.record()
                  .find("registeredAt")
                  .ifPresentOrElse(_ -> {}, () -> s.set("registeredAt", s.now()));
              s.publish("register of exemptions");
              return true;
            })
        .effect("suspendPilot", (s, _) -> suspendPilot(s))
        .effect("suspendPilotIfActive", (s, _) -> suspendPilot(s));
  }

  private static void confirmation(Functions functions) {
    functions
        .guard(
            "actDescribed",
            (s, _) ->
                s.record().findText("act").orElse("").length() >= LEAST_ACT
                    ? empty()
                    : Optional.of("describe the act in at least " + LEAST_ACT + " characters"))
        .guard("placeAndScale", (s, _) -> placeAndScale(s.record()))
        .guard(
            "notRemindedYet",
            (s, _) -> s.record().has("remindedAt") ? Optional.of("a reminder was sent") : empty())
        .guard(
            "legalNote",
            (s, _) -> has(s, "legalNote", "send legalNote: why no rule stands in the way"))
        .guard("ruleCited", (s, _) -> rule(s, "rule"))
        .guard("newRuleCited", (s, _) -> rule(s, "newRule"))
        .guard(
            "competentAuthority",
            (s, _) ->
                has(s, "competentAuthority", "send competentAuthority, the one that may exempt"))
        .intake(Kind.REGULATORY_CASE, "confirmNoRule", s -> keep(s, "legalNote", 10_000))
        .intake(
            Kind.REGULATORY_CASE,
            "requestExemption",
            s -> {
              keep(s, "rule", 2_000);
              keep(s, "legalNote", 10_000);
              s.input()
                  .findUri("competentAuthority")
                  .ifPresent(id -> s.set("competentAuthority", id));
            })
        .intake(Kind.REGULATORY_CASE, "changeRule", s -> keep(s, "newRule", 2_000));
  }

  private void exemption(Functions functions) {
    functions
        .guard("period", (s, _) -> period(s.record(), s.now()))
        .guard("placeScope", (s, _) -> has(s, "placeScope", "send placeScope, where it holds"))
        .guard("scaleLimit", (s, _) -> has(s, "scaleLimit", "send scaleLimit, how much it allows"))
        .guard(
            "conditions", (s, _) -> has(s, "conditions", "send conditions, a list of at least one"))
        .guard(
            "liabilityCover",
            (s, _) -> has(s, "liabilityCover", "send liabilityCover, who answers for damage"))
        .guard(
            "renewals",
            (s, term) ->
                term.holds(s.record().count("renewals"))
                    ? empty()
                    : Optional.of("it was renewed before; ask for a change of the rule instead"))
        .guard("renewedPeriod", (s, _) -> renewedPeriod(s))
        .intake(Kind.REGULATORY_CASE, "grant", RegulationWords::takeExemption)
        .settle(
            Kind.REGULATORY_CASE,
            "renewOnce",
            s -> {
              s.set("renewals", Value.of(s.record().count("renewals") + 1));
              s.set("renewedAt", s.now());
              s.input().findMoment("newEnd").ifPresent(end -> s.set("end", end));
            });
  }

  private static void takeExemption(Situation s) {
    s.set("start", s.input().findMoment("start").orElse(s.now()));
    s.input().findMoment("end").ifPresent(end -> s.set("end", end));
    for (var name : List.of("placeScope", "scaleLimit", "liabilityCover")) keep(s, name, 4_000);
    s.input().findPlace("area").ifPresent(area -> s.set("area", area));
    if (s.input().has("conditions"))
      s.set("conditions", Value.of(s.input().texts("conditions", 100)));
  }

  private static Optional<String> placeAndScale(Dossier record) {
    boolean placed = record.has("location") || record.has("area") || record.has("placeDescription");
    return placed && record.has("scale")
        ? empty()
        : Optional.of("say where (location, area or placeDescription) and at which scale");
  }

  /// The rule by its permanent address: an ELI URI (European Legislation Identifier) where the
  /// country has them, else the law's own.
  private static Optional<String> rule(Situation s, String field) {
    var rule = s.record().findText(field).orElse("");
    return RULE.matcher(rule).matches()
        ? empty()
        : Optional.of(
            "send "
                + field
                + ", the rule's ELI URI such as http://data.europa.eu/eli/reg/2019/947/oj");
  }

  private Optional<String> period(Dossier record, Instant now) {
    var end = record.findMoment("end");
    if (end.isEmpty()) return Optional.of("send end, when the exemption ends");
    var start = record.moment("start");
    if (!end.get().isAfter(start) || !end.get().isAfter(now))
      return Optional.of("end the exemption after it begins and in the future");
    var most = start.plus(rules.longestExemption());
    return end.get().isAfter(most) ? Optional.of("end it by " + most) : empty();
  }

  private Optional<String> renewedPeriod(Situation s) {
    var end = s.input().findMoment("newEnd");
    var last = s.record().findMoment("end");
    if (end.isEmpty() || last.isEmpty() || !end.get().isAfter(last.get()))
      return Optional.of("send newEnd, later than " + last.map(Instant::toString).orElse("before"));
    return Duration.between(last.get(), end.get()).compareTo(rules.longestExemption()) > 0
        ? Optional.of("end it by " + last.get().plus(rules.longestExemption()))
        : empty();
  }

  /// regulatoryCasesClear: every case of the pilot is answered in its favour, or there is none and
  /// somebody said that none is needed.
  private static Optional<String> clear(Situation s) {
    var cases = cases(s, one -> isAnswered(one, s.now()));
    if (cases.isEmpty())
      return s.record().texts("notNeeded").contains("regulation")
          ? empty()
          : Optional.of("raise a regulatory case, or state notNeeded: regulation");
    var open = cases.stream().filter(one -> !isAnswered(one, s.now())).map(Dossier::id).toList();
    return open.isEmpty() ? empty() : Optional.of("not answered in its favour: " + open);
  }

  /// exemptionsInForce: no exemption of the pilot has ended, been revoked or not begun.
  private static Optional<String> inForce(Situation s) {
    var ended =
        cases(s, one -> isInForce(one, s.now())).stream()
            .filter(one ->
                one.is("EXPIRED", "REVOKED")
                    || hasEnded(one, s.now())
                    || (one.is("GRANTED") && s.now().isBefore(one.moment("start"))))
            .map(Dossier::id)
            .toList();
    return ended.isEmpty()
        ? empty()
        : Optional.of(
            "have a new exemption granted that supersedes what is not in force: " + ended);
  }

  private static boolean hasEnded(Dossier one, Instant now) {
    return one.is("GRANTED") && !now.isBefore(one.moment("end"));
  }

  /// Those of a pilot whose place no other one has taken.
  private static List<Dossier> cases(Situation s, Predicate<Dossier> answers) {
    var all = s.work().list(Kind.REGULATORY_CASE, new Having("pilot", s.record().id()));
    return all.stream().filter(one -> !isSuperseded(one, all, answers)).toList();
  }

  private static boolean isSuperseded(Dossier one, List<Dossier> all, Predicate<Dossier> answers) {
    return all.stream()
        .anyMatch(later -> later.texts("supersedes").contains(one.id()) && answers.test(later));
  }

  /// Whether a case allows what was asked, now or later.
  private static boolean isAnswered(Dossier one, Instant now) {
    return one.is("NO_RULE", "GRANTED", "RULE_CHANGED") && !hasEnded(one, now);
  }

  private static boolean isInForce(Dossier one, Instant now) {
    return isAnswered(one, now) && (!one.is("GRANTED") || !now.isBefore(one.moment("start")));
  }

  /// No pilot runs under an exemption that has ended, unless another one took its place.
  private static boolean suspendPilot(Situation s) {
    var pilot = s.record().findText("pilot").flatMap(id -> s.find(Kind.PILOT, id));
    if (pilot.isEmpty()) return true;
    var all = s.work().list(Kind.REGULATORY_CASE, new Having("pilot", pilot.get().id()));
    if (isSuperseded(s.record(), all, later -> isInForce(later, s.now()))) return true;
    if (pilot.get().is("ACTIVE"))
      s.move(
          Kind.PILOT,
          pilot.get().id(),
          "suspend",
          "exemptionEnded",
          new Value.Struct(Map.of("reason", Value.of("exemptionEnded: " + s.record().id()))));
    return true;
  }

  private static Optional<String> has(Situation s, String field, String remedy) {
    return s.record().has(field) ? empty() : Optional.of(remedy);
  }
}
