package plaza.programme.publication.ocds;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import plaza.graph.Value;
import plaza.programme.publication.Event;
import plaza.programme.record.Dossier;

/// Who took a pilot's agreement over from whom: the pilot's list `novations`.
final class Novations {
  /// One change of the partner; the agreement and the OCID stay (I15).
  record Novation(String from, String to, String date, String reason) {}

  private Novations() {}

  /// Oldest first.
  static List<Novation> of(Dossier pilot) {
    var found = new ArrayList<Novation>();
    for (var one : pilot.items("novations"))
      if (one instanceof Value.Struct(var members))
        found.add(
            new Novation(
                Values.text(members, "from"),
                Values.text(members, "to"),
                Values.text(members, "date"),
                Values.text(members, "reason")));
    return found;
  }

  static Optional<Novation> at(Dossier pilot, Event event) {
    return of(event.record()).stream()
        .filter(one -> one.date().equals(event.at().toString()))
        .findFirst()
        .or(() -> of(pilot).stream().reduce((_, last) -> last));
  }
}
