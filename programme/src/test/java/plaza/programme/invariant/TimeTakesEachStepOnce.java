package plaza.programme.invariant;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import plaza.programme.invariant.Records.Changed;
import plaza.programme.invariant.Records.Link;
import plaza.programme.invariant.Records.Moment;
import plaza.programme.procedure.Procedures;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// Every record's links in the audit chain are a way through its procedure: each begins where the
/// last ended, by a step that is there, and nothing moves without one. What time takes, it takes
/// once, however often the city is opened anew.
final class TimeTakesEachStepOnce extends Invariant {
  private final Procedures procedures = Procedures.load();
  private final Map<String, String> states = new HashMap<>();

  /// Steps that time took since the record came into its state.
  private final Map<String, Set<String>> taken = new HashMap<>();

  TimeTakesEachStepOnce() {
    super("clock");
  }

  @Override
  void happened(SmallCity city, Records records, Moment moment) {
    for (var link : moment.links())
      Kind.find(link.kind())
          .filter(kind -> procedures.find(kind).isPresent())
          .ifPresent(kind -> follow(kind, link));
    for (var change : moment.changes()) arrived(change);
  }

  private void follow(Kind kind, Link link) {
    var state = states.getOrDefault(link.subject(), procedures.get(kind).initial());
    require(link.from().equals(state), "%s, and it was %s", link, state);
    boolean isStep =
        procedures.get(kind).from(link.from()).stream()
            .anyMatch(step -> step.action().equals(link.action()) && step.to().equals(link.to()));
    require(isStep || !link.moves(), "%s is no step of the procedure", link);
    if (link.role().equals("system(clock)"))
      require(
          taken.computeIfAbsent(link.subject(), _ -> new HashSet<>()).add(link.action()),
          "%s, and time took that step before",
          link);
    if (link.moves()) taken.remove(link.subject());
    states.put(link.subject(), link.to());
  }

  private void arrived(Changed change) {
    Dossier after = change.after();
    if (after == null || procedures.find(after.kind()).isEmpty()) return;
    var said = states.computeIfAbsent(after.id(), _ -> procedures.get(after.kind()).initial());
    require(
        after.state().equals(said),
        "%s is %s, and its last link says %s",
        after.id(),
        after.state(),
        said);
  }
}
