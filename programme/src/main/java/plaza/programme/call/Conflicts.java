package plaza.programme.call;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import plaza.programme.procedure.Rules;
import plaza.programme.procedure.Standing;
import plaza.programme.procedure.Work;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Kind;

/// Finds from the records whether somebody who is to judge has a tie to whom they judge: the same
/// organisation, a funding link, a joint pilot not long ago, or a conflict they declared.
public final class Conflicts {
  private final Rules rules;

  public Conflicts(Rules rules) {
    this.rules = rules;
  }

  /// @param judge id of the person
  /// @param judged a proposal or a pilot
  /// @return the first tie found, as a clause
  public Optional<String> find(Work work, String judge, Standing standing, Dossier judged) {
    return sameOrganisation(judge, standing, judged)
        .or(() -> fundingLink(work, standing, judged))
        .or(() -> jointPilot(work, standing, judged))
        .or(() -> declared(work, judge, judged));
  }

  Optional<String> sameOrganisation(String judge, Standing standing, Dossier judged) {
    if (judged.texts("team").contains(judge) || judged.texts("author").contains(judge))
      return Optional.of(judge + " is of the team");
    return standing.belongsToAny(judged.texts("organisation"))
        ? Optional.of(judge + " belongs to " + judged.text("organisation"))
        : Optional.empty();
  }

  /// A funder judges nobody it pays, nor those it is paid by: who says so, and who committed to a
  /// round of theirs.
  Optional<String> fundingLink(Work work, Standing standing, Dossier judged) {
    if (standing.belongsToAny(judged.texts("funders")))
      return Optional.of("an organisation of theirs funds " + judged.id());
    for (var organisation : standing.organisations())
      for (var one : work.list(Kind.COMMITMENT, new Having("organisation", organisation)))
        if (one.is("COMMITTED", "CLOSED") && isPaid(work, one, judged))
          return Optional.of(organisation + " has committed money by " + one.id());
    return Optional.empty();
  }

  /// Whether a commitment's round is for whom is judged, or for another of their pilots or
  /// services.
  private static boolean isPaid(Work work, Dossier commitment, Dossier judged) {
    var round = work.find(Kind.FUNDING_ROUND, commitment.text("round"));
    var paid = new HashSet<String>();
    for (var pilot : round.map(one -> one.texts("pilot")).orElse(List.of())) {
      paid.add(pilot);
      work.find(Kind.PILOT, pilot).ifPresent(one -> paid.addAll(parties(one)));
    }
    for (var service : round.map(one -> one.texts("service")).orElse(List.of())) {
      paid.add(service);
      work.find(Kind.SERVICE, service).ifPresent(one -> paid.addAll(one.texts("operator")));
    }
    return paid.contains(judged.id()) || parties(judged).stream().anyMatch(paid::contains);
  }

  Optional<String> jointPilot(Work work, Standing standing, Dossier judged) {
    var theirs = parties(judged);
    for (var organisation : standing.organisations())
      for (var pilot : pilotsOf(work, organisation)) {
        if (pilot.id().equals(judged.id()) || !isRecent(pilot, work.now())) continue;
        var parties = parties(pilot);
        parties.remove(organisation);
        parties.retainAll(theirs);
        if (!parties.isEmpty())
          return Optional.of(organisation + " shared " + pilot.id() + " with " + parties);
      }
    return Optional.empty();
  }

  Optional<String> declared(Work work, String judge, Dossier judged) {
    return work.list(Kind.CONFLICT_DECLARATION, new Having("person", judge)).stream()
        .filter(d ->
            d.texts("conflicts").contains(judged.id())
                || d.texts("conflicts").stream().anyMatch(parties(judged)::contains))
        .findFirst()
        .map(d -> judge + " declared a conflict: " + d.findText("reason").orElse("no reason"));
  }

  private boolean isRecent(Dossier pilot, Instant now) {
    var end = pilot.findMoment("endDate").or(() -> pilot.findMoment("startDate"));
    return end.isPresent() && end.get().plus(rules.coParticipation()).isAfter(now);
  }

  private static List<Dossier> pilotsOf(Work work, String organisation) {
    var found =
        new java.util.ArrayList<>(work.list(Kind.PILOT, new Having("organisation", organisation)));
    found.addAll(work.list(Kind.PILOT, new Having("partners", organisation)));
    found.addAll(work.list(Kind.PILOT, new Having("formerOrganisations", organisation)));
    return found;
  }

  private static Set<String> parties(Dossier record) {
    var parties = new HashSet<>(record.texts("organisation"));
    parties.addAll(record.texts("partners"));
    // Who gave a pilot over to others worked on it all the same.
    parties.addAll(record.texts("formerOrganisations"));
    return parties;
  }
}
