package plaza.programme.publication.ocds;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import plaza.programme.publication.Event;
import plaza.programme.record.Dossier;

/// A process as it was right after one of its steps.
record Moment(ContractingProcess process, Event event) {
  Instant at() {
    return event.at();
  }

  /// The steps that a record had taken by then.
  List<Event> history(Dossier record) {
    return process.history(record).stream().filter(one -> one.number() <= event.number()).toList();
  }

  /// How often a record had taken a step by then.
  long count(Dossier record, String action) {
    return history(record).stream().filter(one -> one.is(action)).count();
  }

  /// A record as it was; empty when it was not there or nobody outside might see it.
  private Optional<Dossier> then(Dossier record) {
    var history = history(record);
    return history.isEmpty()
        ? Optional.empty()
        : Optional.of(history.getLast().record())
            .filter(was -> !was.kind().isConcealed(was.state()));
  }

  Optional<Dossier> challenge() {
    return Optional.ofNullable(process.challenge()).flatMap(this::then);
  }

  List<Dossier> pilots() {
    return process.pilots().stream().flatMap(one -> then(one).stream()).toList();
  }

  List<Dossier> explorations() {
    return process.explorations().stream().flatMap(one -> then(one).stream()).toList();
  }

  List<Dossier> rounds() {
    return process.rounds().stream().flatMap(one -> then(one).stream()).toList();
  }

  List<Dossier> evaluations() {
    return process.evaluations().stream().flatMap(one -> then(one).stream()).toList();
  }

  /// When a record first took a step, if it had by then.
  Optional<Instant> first(Dossier record, String action) {
    return history(record).stream().filter(one -> one.is(action)).map(Event::at).findFirst();
  }

  /// Whether the call was decided, one way or the other: from then on who took part is public.
  boolean isDecided() {
    return challenge().filter(call -> call.is("DECIDED", "COMPLETED", "UNSUCCESSFUL")).isPresent();
  }

  /// Whether every proposal had been screened.
  boolean isScreened() {
    return isDecided() || challenge().filter(call -> call.is("EVALUATING")).isPresent();
  }
}
