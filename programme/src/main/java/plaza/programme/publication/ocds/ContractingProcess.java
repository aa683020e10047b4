package plaza.programme.publication.ocds;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plaza.programme.publication.Archive;
import plaza.programme.publication.Event;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Kind;

/// A contracting process: a challenge, a pilot without one, or a funded service without a pilot,
/// and all that came of it, with the steps that each record took.
///
/// @param ocid never changes, whoever the supplier is
/// @param challenge as it is; null of what had no call
/// @param pilots what was agreed: pilots that are or were public, with those that came to nothing;
///   a service is one in the shape of a pilot ([Services])
/// @param explorations paid before one was selected
/// @param proposals that were screened; who took part is public once the call is decided
/// @param financed the pilot or service that each round is for, by the round's id
/// @param histories of the subjects, by their ids
record ContractingProcess(
    String ocid,
    @Nullable Dossier challenge,
    List<Dossier> pilots,
    List<Dossier> explorations,
    List<Dossier> rounds,
    List<Dossier> evaluations,
    List<Dossier> proposals,
    Map<String, String> financed,
    Map<String, List<Event>> histories,
    Archive archive) {
  private static final String[] SCREENED = {
    "ELIGIBLE", "SHORTLISTED", "EXPLORATION", "SELECTED", "NOT_SELECTED", "INELIGIBLE", "APPEALED"
  };

  static ContractingProcess of(String ocid, Dossier subject, Archive of) {
    var archive = of.remembering();
    var call = subject.kind() == Kind.CHALLENGE ? subject : null;
    var pilots =
        call == null
            ? List.of(subject)
            : archive.listConcealed(Kind.PILOT, new Having("challenge", call.id())).stream()
                .filter(pilot -> pilot.has("proposal"))
                .toList();
    var ofCall = new Having("challenge", subject.id());
    var rounds = new ArrayList<Dossier>();
    var financed = new HashMap<String, String>();
    var evaluations = new ArrayList<Dossier>();
    for (var pilot : pilots) {
      for (var round : rounds(pilot, archive)) {
        rounds.add(round);
        financed.put(round.id(), pilot.id());
      }
      evaluations.addAll(archive.listConcealed(Kind.EVALUATION, new Having("pilot", pilot.id())));
    }
    var proposals =
        call == null
            ? List.<Dossier>of()
            : archive.listConcealed(Kind.PROPOSAL, ofCall).stream()
                .filter(proposal -> proposal.is(SCREENED))
                .toList();
    var explorations =
        call == null ? List.<Dossier>of() : archive.listConcealed(Kind.EXPLORATION, ofCall);
    var histories = new HashMap<String, List<Event>>();
    var subjects = new ArrayList<>(pilots);
    if (call != null) subjects.add(call);
    subjects.addAll(explorations);
    subjects.addAll(rounds);
    subjects.addAll(evaluations);
    for (var one : subjects) histories.put(one.id(), history(one, archive));
    return new ContractingProcess(
        ocid,
        call,
        pilots,
        explorations,
        rounds,
        evaluations,
        proposals,
        Map.copyOf(financed),
        Map.copyOf(histories),
        archive);
  }

  private static List<Event> history(Dossier record, Archive archive) {
    var history = archive.history(record);
    return record.kind() == Kind.SERVICE ? Services.asPilots(history) : history;
  }

  /// Of a pilot also those of the services that came of it.
  static List<Dossier> rounds(Dossier pilot, Archive archive) {
    if (pilot.kind() == Kind.SERVICE)
      return archive.list(Kind.FUNDING_ROUND, new Having("service", pilot.id()));
    var ofPilot = new Having("pilot", pilot.id());
    var rounds = new ArrayList<>(archive.list(Kind.FUNDING_ROUND, ofPilot));
    for (var service : archive.listConcealed(Kind.SERVICE, ofPilot))
      rounds.addAll(archive.list(Kind.FUNDING_ROUND, new Having("service", service.id())));
    return rounds;
  }

  /// Whether a round is for the pilot, or for a service that came of it.
  boolean isFor(Dossier round, Dossier pilot) {
    return pilot.id().equals(financed.get(round.id()));
  }

  List<Event> history(Dossier record) {
    return histories.getOrDefault(record.id(), List.of());
  }

  /// A public step and what it publishes (releaseTag of OCDS).
  record Step(Event event, List<String> tags) {}

  /// All public steps, in the order of the audit chain.
  List<Step> steps() {
    return histories.values().stream()
        .flatMap(List::stream)
        .map(event -> new Step(event, Tags.of(event, this)))
        .filter(step -> !step.tags().isEmpty())
        .sorted(Comparator.comparingLong(step -> step.event().number()))
        .toList();
  }

  /// The name of the release that a step gives.
  String releaseId(Event event) {
    return ocid + "-" + "%010d".formatted(event.number());
  }

  /// The release before a step; what an amendment amends.
  @Nullable String releaseBefore(Event event) {
    return steps().stream()
        .filter(step -> step.event().number() < event.number())
        .reduce((_, last) -> last)
        .map(step -> releaseId(step.event()))
        .orElse(null);
  }

  /// The process as it was right after a step.
  Moment after(Event event) {
    return new Moment(this, event);
  }
}
