package plaza.programme.place;

import static java.util.Optional.empty;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plaza.graph.Value;
import plaza.programme.procedure.Functions;
import plaza.programme.procedure.Situation;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Kind;

/// What the procedure Pilot does with its bookings: a pilot is ready when they are confirmed, uses
/// them while it runs, and leaves them when it ends.
public final class PilotBookings {
  public void register(Functions functions) {
    functions
        .guard("fieldBookingsConfirmed", (s, _) -> confirmed(s))
        .effect("fieldBooking.startUse", (s, _) -> startUse(s))
        .effect("releaseBookings", (s, _) -> release(s))
        .effect("extendBookings", (s, _) -> extend(s));
  }

  /// At least one is confirmed, and the field owner has decided on all.
  private static Optional<String> confirmed(Situation s) {
    var bookings = bookings(s);
    var waiting = ids(bookings, "REQUESTED");
    if (!waiting.isEmpty()) return Optional.of("the fieldOwner must decide on " + waiting);
    return bookings.stream().anyMatch(one -> one.is("CONFIRMED", "IN_USE"))
        ? empty()
        : Optional.of("book a field and have it confirmed");
  }

  /// What has begun is in use from now; what begins later starts by the clock.
  private static boolean startUse(Situation s) {
    for (var booking : bookings(s))
      if (booking.is("CONFIRMED") && Vacancy.when(booking).contains(s.now()))
        s.move(Kind.BOOKING, booking.id(), "startUse", "pilotStarted", Value.Struct.EMPTY);
    return true;
  }

  private static boolean release(Situation s) {
    for (var booking : bookings(s)) {
      if (booking.is("REQUESTED", "CONFIRMED"))
        s.move(Kind.BOOKING, booking.id(), "cancel", "pilotTerminal", ended(s));
      if (booking.is("IN_USE"))
        s.move(Kind.BOOKING, booking.id(), "release", "pilotTerminal", ended(s));
    }
    return true;
  }

  private static Value.Struct ended(Situation s) {
    return new Value.Struct(Map.of("reason", Value.of("pilotTerminal: " + s.record().id())));
  }

  /// What was booked to the pilot's last end goes on to the new one where the place is free; where
  /// it is not, the rest is asked for and waits, and the field owner is told.
  private static boolean extend(Situation s) {
    var last = s.record().findMoment("previousEnd");
    var next = s.record().findMoment("endDate");
    if (last.isEmpty() || next.isEmpty()) return true;
    for (var booking : bookings(s)) {
      if (!booking.is("CONFIRMED", "IN_USE") || booking.moment("end").isBefore(last.get()))
        continue;
      if (!next.get().isAfter(booking.moment("end"))) continue;
      if (fits(s, booking, next.get()))
        s.move(
            Kind.BOOKING,
            booking.id(),
            "prolong",
            "pilotExtended",
            new Value.Struct(Map.of("newEnd", Value.of(next.get().toString()))));
      else ask(s, booking, next.get());
    }
    return true;
  }

  private static boolean fits(Situation s, Dossier booking, Instant end) {
    var longer = new Interval(booking.moment("start"), end);
    return Vacancy.capacity(s.work(), booking, longer).isEmpty()
        && Vacancy.hours(Vacancy.place(s.work(), booking), longer).isEmpty();
  }

  private static void ask(Situation s, Dossier booking, Instant end) {
    var fields = new LinkedHashMap<String, Value>();
    for (var name :
        List.of(
            "place",
            "owner",
            "placeKind",
            "grace",
            "units",
            "title",
            "pilot",
            "organisation",
            "holder",
            "conditionsHash",
            "conditionsAcceptedAt")) booking.find(name).ifPresent(value -> fields.put(name, value));
    fields.put("start", Value.of(booking.text("end")));
    fields.put("end", Value.of(end.toString()));
    fields.put("continues", Value.of(booking.id()));
    fields.put("sequence", Value.of(0));
    var record = Dossier.of(Kind.BOOKING, s.ids().next(Kind.BOOKING), "REQUESTED", fields);
    s.work().save(record);
    s.work().enter(record, "request", Waitlist.told(record, "parties", "fieldOwner"));
  }

  private static List<Dossier> bookings(Situation s) {
    return s.work().list(Kind.BOOKING, new Having("pilot", s.record().id()));
  }

  private static List<String> ids(List<Dossier> bookings, String state) {
    return bookings.stream().filter(one -> one.is(state)).map(Dossier::id).toList();
  }
}
