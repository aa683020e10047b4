package plaza.programme.place;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import plaza.programme.procedure.Work;
import plaza.programme.record.Canonical;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Kind;

/// Whether a place can be had: the three questions of every confirmation, asked of the records as
/// they will be after what the command has done so far.
final class Vacancy {
  /// The states in which a booking holds its place.
  static final List<String> HOLDING = List.of("CONFIRMED", "IN_USE");

  private Vacancy() {}

  /// What stands in the way of a booking at its time: nothing, or a clause for each.
  static List<String> obstacles(Work work, Dossier booking) {
    var place = place(work, booking);
    var when = when(booking);
    var obstacles = new ArrayList<String>();
    capacity(work, booking, when).ifPresent(obstacles::add);
    hours(place, when).ifPresent(obstacles::add);
    conditions(place, booking).ifPresent(obstacles::add);
    return obstacles;
  }

  static Dossier place(Work work, Dossier booking) {
    return work.get(Kind.PLACE, booking.text("place"));
  }

  static Interval when(Dossier booking) {
    return new Interval(booking.moment("start"), booking.moment("end"));
  }

  /// noOverlapPerCapacity: at every moment of the time, the units that others hold and these
  /// together are no more than the place has.
  static Optional<String> capacity(Work work, Dossier booking, Interval when) {
    var place = place(work, booking);
    long units = booking.count("units");
    var occupancy = occupancy(work, place, booking.id());
    return occupancy
        .firstShortage(when, units)
        .map(at ->
            "take another time: "
                + place.id()
                + " has "
                + Math.max(0, occupancy.leastFree(when))
                + " of "
                + place.count("capacity")
                + " free then and "
                + units
                + " are wanted (first short at "
                + at
                + ")");
  }

  /// What holds the place now and later, without one booking.
  static Occupancy occupancy(Work work, Dossier place, String withoutId) {
    var bookings = new ArrayList<Dossier>();
    for (var state : HOLDING)
      bookings.addAll(
          work.list(Kind.BOOKING, new Having("place", place.id()), new Having("state", state)));
    return occupancy(place, bookings, withoutId);
  }

  static Occupancy occupancy(Dossier place, List<Dossier> holding, String withoutId) {
    return new Occupancy(
        place.count("capacity"),
        holding.stream().filter(other -> !other.id().equals(withoutId)).map(Vacancy::use).toList());
  }

  /// The time a booking holds its place: as booked, or from when its use began, if that was before.
  static Occupancy.Use use(Dossier booking) {
    var when = when(booking);
    Instant from =
        booking.findMoment("usedFrom").filter(at -> at.isBefore(when.from())).orElse(when.from());
    return new Occupancy.Use(new Interval(from, when.until()), booking.count("units"));
  }

  /// withinOpeningHours: a space is open all the time it is used; a piece of equipment or a test
  /// field when it is taken over and handed back. Never during a closure.
  static Optional<String> hours(Dossier place, Interval when) {
    var hours = OpeningHours.of(place);
    boolean whole = place.findText("hoursApplyTo").orElse("WHOLE").equals("WHOLE");
    boolean open = whole ? hours.covers(when) : hours.coversEnds(when);
    return open
        ? Optional.empty()
        : Optional.of(
            "choose a time in the opening hours of "
                + place.id()
                + " ("
                + hours.zone()
                + ")"
                + (whole ? "" : ", for taking over and handing back")
                + " and outside its closures");
  }

  /// conditionsAccepted: whoever booked accepted the conditions in the words they have now.
  static Optional<String> conditions(Dossier place, Dossier booking) {
    var conditions = conditionsHash(place);
    return conditions.isEmpty() || conditions.equals(booking.findText("conditionsHash"))
        ? Optional.empty()
        : Optional.of("the holder must accept the conditions of " + place.id() + " as they are");
  }

  static Optional<String> conditionsHash(Dossier place) {
    return place.findText("conditions").map(Canonical::hash);
  }
}
