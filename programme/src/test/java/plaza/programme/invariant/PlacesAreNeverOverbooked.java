package plaza.programme.invariant;

import java.time.Instant;
import java.util.TreeSet;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// I7: at no instant from now on more is booked of a place than it has; what ends at an instant
/// does not meet what begins at it. Counted moment by moment, not with the engine's own sums.
final class PlacesAreNeverOverbooked extends Invariant {
  PlacesAreNeverOverbooked() {
    super("I7");
  }

  @Override
  void settled(SmallCity city, Records records) {
    for (var place : records.all(Kind.PLACE)) {
      var held =
          records.all(Kind.BOOKING, "place", place.id()).stream()
              .filter(one -> one.is("CONFIRMED", "IN_USE"))
              .toList();
      var moments = new TreeSet<Instant>();
      moments.add(city.now);
      held.forEach(one -> moments.add(from(one)));
      for (var moment : moments.tailSet(city.now)) {
        long units =
            held.stream()
                .filter(one -> !moment.isBefore(from(one)) && moment.isBefore(one.moment("end")))
                .mapToLong(one -> one.count("units"))
                .sum();
        if (units > 0)
          require(
              units <= place.count("capacity"),
              "%s has %s and holds %s at %s",
              place.id(),
              place.count("capacity"),
              units,
              moment);
      }
    }
  }

  private static Instant from(Dossier booking) {
    var start = booking.moment("start");
    return booking.findMoment("usedFrom").filter(at -> at.isBefore(start)).orElse(start);
  }
}
