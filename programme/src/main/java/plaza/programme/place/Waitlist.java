package plaza.programme.place;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import plaza.graph.Value;
import plaza.programme.procedure.Situation;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Kind;

/// Those who asked for a place and wait, in the order in which they asked.
final class Waitlist {
  private static final int MOST = 200;

  private Waitlist() {}

  /// When something has become free: who waits and can have it now gets it where the place confirms
  /// by itself, and is told elsewhere, with the field owner, who decides.
  static boolean offer(Situation s) {
    var place = BookingWords.place(s);
    if (place.has("retiredAt")) return true;
    var freed = Vacancy.use(s.record()).when();
    for (var waiting : waiting(s, place.id())) {
      if (!Vacancy.when(waiting).overlaps(freed)) continue;
      if (!Vacancy.when(waiting).until().isAfter(s.now())) continue;
      if (!Vacancy.obstacles(s.work(), waiting).isEmpty()) continue;
      if (place.flag("autoConfirm"))
        s.move(Kind.BOOKING, waiting.id(), "confirm", "auto", Value.Struct.EMPTY);
      else {
        var offered = waiting.with("offeredAt", s.now());
        s.work().save(offered);
        s.work().enter(offered, "offer", told(offered, "parties", "fieldOwner"));
      }
    }
    return true;
  }

  /// Who is to learn of something that is no step, as the audit chain keeps it.
  static Value.Struct told(Dossier record, String... audiences) {
    return new Value.Struct(
        Map.of(
            "told",
            Value.of(Arrays.stream(audiences).map(one -> one + " of " + record.id()).toList())));
  }

  private static List<Dossier> waiting(Situation s, String place) {
    return s
        .work()
        .list(Kind.BOOKING, new Having("place", place), new Having("state", "REQUESTED"))
        .stream()
        .filter(one -> !one.id().equals(s.record().id()))
        // Ids are made of the time first: younger ones sort later.
        .sorted(Comparator.comparing(Dossier::id))
        .limit(MOST)
        .toList();
  }
}
