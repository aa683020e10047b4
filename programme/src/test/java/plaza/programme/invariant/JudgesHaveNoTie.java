package plaza.programme.invariant;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import plaza.programme.invariant.Records.Link;
import plaza.programme.invariant.Records.Moment;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// I4: nobody scores or votes on whom they have a tie to: the same organisation, a funding link, a
/// joint pilot within 24 months, or a conflict they declared.
final class JudgesHaveNoTie extends Invariant {
  private static final Duration MONTHS_24 = Duration.ofDays(730);

  JudgesHaveNoTie() {
    super("I4");
  }

  @Override
  void happened(SmallCity city, Records records, Moment moment) {
    for (var link : moment.links())
      judged(records, link)
          .ifPresent(judged -> {
            var tie = tie(city, records, link, judged);
            require(tie.isEmpty(), "%s, though %s", link, tie.orElse(""));
          });
  }

  /// Whom a step judges; empty when it judges nobody.
  private static Optional<Dossier> judged(Records records, Link link) {
    if (link.is(Kind.REVIEW, "score", "revise", "finalise"))
      return Optional.of(
          records.get(Kind.PROPOSAL, records.get(Kind.REVIEW, link.subject()).text("proposal")));
    if (!link.is(Kind.GATE_DECISION, "vote")) return Optional.empty();
    var gate = records.get(Kind.GATE_DECISION, link.subject());
    return gate.findText("pilot")
        .map(id -> records.get(Kind.PILOT, id))
        .or(() -> gate.findText("service").map(id -> records.get(Kind.SERVICE, id)));
  }

  private static Optional<String> tie(SmallCity city, Records records, Link link, Dossier judged) {
    var judge = link.actor();
    var theirs = city.access.organizations().verifiedOf(judge);
    var parties = parties(judged);
    if (judged.texts("team").contains(judge) || judged.texts("author").contains(judge))
      return Optional.of("they are of the team");
    for (var own : theirs) {
      if (judged.texts("organisation").contains(own) || judged.texts("operator").contains(own))
        return Optional.of("they belong to " + own);
      if (judged.texts("funders").contains(own) || commits(records, own, judged))
        return Optional.of(own + " funds it");
      for (var pilot : records.all(Kind.PILOT))
        if (!pilot.id().equals(judged.id()) && isJoint(pilot, own, parties, link))
          return Optional.of(own + " shared " + pilot.id());
    }
    for (var declared : records.all(Kind.CONFLICT_DECLARATION, "person", judge))
      for (var conflict : declared.texts("conflicts"))
        if (conflict.equals(judged.id()) || parties.contains(conflict))
          return Optional.of("they declared a conflict with " + conflict);
    return Optional.empty();
  }

  /// Whether the organisation has money in the judged, or in another pilot or service of theirs.
  private static boolean commits(Records records, String organisation, Dossier judged) {
    var parties = parties(judged);
    parties.addAll(judged.texts("operator"));
    parties.add(judged.id());
    for (var one : records.all(Kind.COMMITMENT, "organisation", organisation)) {
      if (!one.is("COMMITTED", "CLOSED")) continue;
      var round = records.get(Kind.FUNDING_ROUND, one.text("round"));
      for (var id : round.texts("pilot"))
        if (parties.contains(id)
            || parties(records.get(Kind.PILOT, id)).stream().anyMatch(parties::contains))
          return true;
      for (var id : round.texts("service"))
        if (parties.contains(id)
            || records.get(Kind.SERVICE, id).texts("operator").stream().anyMatch(parties::contains))
          return true;
    }
    return false;
  }

  private static boolean isJoint(Dossier pilot, String own, Set<String> parties, Link link) {
    var of = parties(pilot);
    var end = pilot.findMoment("endDate").or(() -> pilot.findMoment("startDate"));
    if (!of.remove(own) || end.isEmpty()) return false;
    return of.stream().anyMatch(parties::contains) && end.get().plus(MONTHS_24).isAfter(link.at());
  }

  private static Set<String> parties(Dossier record) {
    var parties = new HashSet<>(record.texts("organisation"));
    parties.addAll(record.texts("partners"));
    return parties;
  }
}
