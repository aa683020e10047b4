package plaza.programme.place;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Kind;

/// What is booked and what happens, as calendars and as free capacity. Says only what everybody may
/// know: for whom and what for stays with the booking.
public final class Calendars {
  private static final Duration PAST = Duration.ofDays(365);
  private static final int MOST_ENTRIES = 5_000;
  private static final int MOST_PLACES = 500;
  private static final Duration LONGEST = Duration.ofDays(400);
  private final Dossiers dossiers;
  private final InstantSource clock;

  public Calendars(Dossiers dossiers, InstantSource clock) {
    this.dossiers = dossiers;
    this.clock = clock;
  }

  /// Of a place and all that lies in it: its bookings and its events, as iCalendar (RFC 5545).
  public String ofPlace(Address address, String id) {
    var place = dossiers.get(address, Kind.PLACE, id);
    var entries = new ArrayList<ICalendar.Entry>();
    for (var one : inside(address, place)) {
      for (var booking : having(address, Kind.BOOKING, "place", one.id()))
        booking(address, booking, one).ifPresent(entries::add);
      for (var event : having(address, Kind.EVENT, "place", one.id()))
        event(event, one).ifPresent(entries::add);
    }
    return calendar(place.text("name"), entries);
  }

  /// Of a pilot: all its bookings, wherever.
  public String ofPilot(Address address, String id) {
    var pilot =
        dossiers
            .find(address, Kind.PILOT, id)
            .filter(one -> !Kind.PILOT.isConcealed(one.state()))
            .orElseThrow(() -> new Refusal.NotFound("there is no Pilot " + id));
    return bookings(address, pilot.text("title"), "pilot", id);
  }

  /// Of an organisation: what it booked and the events it invites to.
  public String ofOrganisation(Address address, String id, String name) {
    var entries = new ArrayList<ICalendar.Entry>();
    for (var booking : having(address, Kind.BOOKING, "organisation", id))
      booking(address, booking, null).ifPresent(entries::add);
    for (var event : having(address, Kind.EVENT, "organiser", id))
      event(event, place(address, event)).ifPresent(entries::add);
    return calendar(name, entries);
  }

  /// Of all events of the city.
  public String ofEvents(Address address) {
    var entries = new ArrayList<ICalendar.Entry>();
    for (var event : dossiers.list(address, Kind.EVENT))
      event(event, place(address, event)).ifPresent(entries::add);
    return calendar("Events", entries);
  }

  private String bookings(Address address, String name, String field, String id) {
    var entries = new ArrayList<ICalendar.Entry>();
    for (var booking : having(address, Kind.BOOKING, field, id))
      booking(address, booking, null).ifPresent(entries::add);
    return calendar(name, entries);
  }

  private static String calendar(String name, List<ICalendar.Entry> entries) {
    entries.sort(Comparator.comparing(ICalendar.Entry::start).thenComparing(ICalendar.Entry::uid));
    int first = Math.max(0, entries.size() - MOST_ENTRIES);
    return ICalendar.text(name, entries.subList(first, entries.size()));
  }

  private List<Dossier> having(Address address, Kind kind, String field, String text) {
    return dossiers.list(address, kind, List.of(new Having(field, text)));
  }

  private List<Dossier> inside(Address address, Dossier place) {
    var found = new LinkedHashMap<String, Dossier>();
    found.put(place.id(), place);
    var open = new java.util.ArrayDeque<Dossier>(List.of(place));
    while (!open.isEmpty() && found.size() < MOST_PLACES)
      for (var one : having(address, Kind.PLACE, "within", open.pop().id()))
        if (found.putIfAbsent(one.id(), one) == null) open.add(one);
    return List.copyOf(found.values());
  }

  private Optional<ICalendar.Entry> booking(
      Address address, Dossier booking, @Nullable Dossier known) {
    var place = known == null ? place(address, booking) : known;
    return entry(booking, place, title(address, booking), status(booking.state()));
  }

  private Optional<ICalendar.Entry> event(Dossier event, @Nullable Dossier place) {
    return entry(event, place, event.text("title"), event.text("status"));
  }

  private Optional<ICalendar.Entry> entry(
      Dossier record, @Nullable Dossier place, String summary, String status) {
    if (record.moment("end").isBefore(clock.instant().minus(PAST))) return Optional.empty();
    var middle =
        Optional.ofNullable(place)
            .flatMap(PlaceDesk::location)
            .map(location -> location.geometry().getCentroid());
    var stamp =
        record
            .findMoment("calendarChangedAt")
            .or(() -> Optional.ofNullable(record.createdAt()))
            .orElse(Instant.EPOCH);
    return Optional.of(
        new ICalendar.Entry(
            record.id(),
            record.count("sequence"),
            status,
            record.moment("start"),
            record.moment("end"),
            stamp,
            summary,
            record.findText("description").orElse(null),
            place == null ? null : address(place),
            middle.map(org.locationtech.jts.geom.Point::getY).orElse(null),
            middle.map(org.locationtech.jts.geom.Point::getX).orElse(null),
            record.findText("url").orElse(null)));
  }

  private static String address(Dossier place) {
    return place.text("name") + place.findText("address").map(text -> ", " + text).orElse("");
  }

  private @Nullable Dossier place(Address address, Dossier record) {
    return record
        .findText("place")
        .flatMap(id -> dossiers.find(address, Kind.PLACE, id))
        .orElse(null);
  }

  private String title(Address address, Dossier booking) {
    return booking
        .findText("title")
        .or(() ->
            booking
                .findText("pilot")
                .flatMap(id -> dossiers.find(address, Kind.PILOT, id))
                .filter(pilot -> !Kind.PILOT.isConcealed(pilot.state()))
                .flatMap(pilot -> pilot.findText("title")))
        .orElse("Booked");
  }

  /// What calendars call a booking's state.
  static String status(String state) {
    return switch (state) {
      case "REQUESTED" -> "TENTATIVE";
      case "CONFIRMED", "IN_USE", "RELEASED" -> "CONFIRMED";
      default -> "CANCELLED";
    };
  }

  /// How much of a place is free when: `{place, capacity, timeZone, from, until, open: [{from,
  /// until}], bookable: [{from, until}], stretches: [{from, until, free}]}`. Without opening hours
  /// `open` is the whole period; `bookable` is when it can be in use, at night too where the hours
  /// count for taking over and handing back.
  public Value.Struct availability(Address address, String id, Interval period) {
    if (period.length().compareTo(LONGEST) > 0)
      throw new Refusal.Invalid(
          "availability is told for at most " + LONGEST.toDays() + " days at once");
    var place = dossiers.get(address, Kind.PLACE, id);
    if (!place.has("capacity"))
      throw new Refusal.Invalid(id + " is a " + place.text("kind") + " and is not booked");
    var hours = OpeningHours.of(place);
    var view = new LinkedHashMap<String, Value>();
    view.put("place", Value.of(id));
    view.put("capacity", Value.of(place.count("capacity")));
    view.put("timeZone", Value.of(hours.zone().getId()));
    view.put("from", Value.of(period.from().toString()));
    view.put("until", Value.of(period.until().toString()));
    view.put(
        "open",
        new Value.Items(hours.within(period).stream().<Value>map(Interval::toValue).toList()));
    var usable =
        place.findText("hoursApplyTo").orElse("WHOLE").equals("WHOLE")
            ? hours
            : new OpeningHours(List.of(), hours.zone(), hours.closures());
    view.put(
        "bookable",
        new Value.Items(usable.within(period).stream().<Value>map(Interval::toValue).toList()));
    view.put(
        "stretches",
        new Value.Items(
            occupancy(address, place).stretches(period).stream()
                .<Value>map(Calendars::stretch)
                .toList()));
    return new Value.Struct(view);
  }

  private Occupancy occupancy(Address address, Dossier place) {
    var bookings = new ArrayList<Dossier>();
    for (var state : Vacancy.HOLDING)
      dossiers.each(
          address,
          Kind.BOOKING,
          List.of(new Having("place", place.id()), new Having("state", state)),
          bookings::add);
    return Vacancy.occupancy(place, bookings, "");
  }

  private static Value stretch(Occupancy.Stretch stretch) {
    var members = new LinkedHashMap<>(stretch.when().toValue().members());
    members.put("free", Value.of(stretch.free()));
    return new Value.Struct(Map.copyOf(members));
  }
}
