package plaza.portal.place;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.locationtech.jts.geom.Coordinate;
import plaza.graph.Address;
import plaza.graph.GeoJson;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.portal.city.City;
import plaza.portal.city.Sketch;
import plaza.portal.page.Forms;
import plaza.portal.page.Page;
import plaza.portal.page.Pages;
import plaza.portal.page.Seen;
import plaza.portal.page.Times;
import plaza.portal.record.Collection;
import plaza.portal.record.Panel;
import plaza.portal.record.Steps;
import plaza.portal.record.Told;
import plaza.portal.story.Visitors;
import plaza.programme.Programme;
import plaza.programme.place.Interval;
import plaza.programme.procedure.Caller;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Kind;
import plaza.web.Exchange;
import plaza.web.Right;
import plaza.web.Routes;

/// The city's places, each with its calendar and a form to book it; of the other cities that live
/// here too, under their own names.
public final class PlacePages {
  private static final int MOST = 1_000;
  private static final int DAYS = 14;
  private static final int WEEKS = 8;
  private static final int SOON = 25;

  private final Pages pages;
  private final City city;
  private final Programme programme;
  private final ZoneId zone;
  private final Steps steps;
  private final Supplier<List<Panel.Named>> organisations;

  /// @param organisations all there are, for their names
  public PlacePages(
      Pages pages,
      City city,
      Programme programme,
      Steps steps,
      ZoneId zone,
      Supplier<List<Panel.Named>> organisations) {
    this.pages = pages;
    this.city = city;
    this.programme = programme;
    this.steps = steps;
    this.zone = zone;
    this.organisations = organisations;
  }

  public Routes routes(Routes routes) {
    for (var home : List.of("/places", "/cities/{tenant}/places"))
      routes
          .get(home, Right.anyone(), this::all)
          .get(home + "/{id}", Right.anyone(), e -> one(e, Asked.NOTHING))
          .post(home + "/{id}/bookings", Right.known(), this::book);
    return routes.post("/places/{id}/steps/{action}", Right.known(), this::step);
  }

  private void step(Exchange exchange) {
    var id = Visitors.id(Kind.PLACE, exchange.parameter("id"));
    var told = steps.take(exchange, Kind.PLACE, id);
    if (told.isDone()) exchange.redirect(Collection.PLACES.path(id) + "?done=" + told.action());
    else one(exchange, Asked.NOTHING, told);
  }

  /// What came of a form, told on the page.
  ///
  /// @param alternatives words and where they lead
  public record Asked(
      int status,
      boolean good,
      String sentence,
      List<String> obstacles,
      List<Panel.Link> alternatives) {
    static final Asked NOTHING = new Asked(200, true, "", List.of(), List.of());
  }

  /// An innovation cluster or an event, and where it leads.
  public record Hub(Seen seen, String when) {}

  private Where where(Exchange exchange) {
    return Where.of(exchange, pages.settings().city());
  }

  private static Caller caller(Exchange exchange, Where where) {
    return new Visitors(where.address()).caller(exchange);
  }

  private void all(Exchange exchange) {
    var where = where(exchange);
    var caller = caller(exchange, where);
    var places = seen(programme.list(caller, Kind.PLACE, List.of(), 0, MOST));
    if (places.isEmpty() && !where.address().equals(Address.DEFAULT))
      throw new Refusal.NotFound("no city called " + where.name() + " lives here");
    var model = new HashMap<String, Object>();
    model.put("home", where.home());
    model.put("name", where.name());
    model.put("town", Town.of(places));
    model.put(
        "clusters", seen(programme.list(caller, Kind.INNOVATION_CLUSTER, List.of(), 0, MOST)));
    model.put("events", events(caller, List.of()));
    model.put("sketch", sketch(exchange, where, places));
    model.put(
        "approximate", places.stream().anyMatch(one -> one.text("locationQuality").length() > 0));
    model.put(
        "others",
        where.address().equals(Address.DEFAULT) ? pages.settings().otherCities().get() : List.of());
    pages.show(
        exchange,
        Page.of("Places of " + where.name(), "Fields, rooms and equipment to book.", "places")
            .ofProgramme(),
        "places",
        model);
  }

  private static List<Seen> seen(List<Value.Struct> views) {
    return views.stream().map(Seen::new).toList();
  }

  private Sketch sketch(Exchange exchange, Where where, List<Seen> places) {
    var pins = new ArrayList<Coordinate>();
    for (var place : places) point(place).ifPresent(pins::add);
    var own = where.address().equals(Address.DEFAULT);
    return own ? Sketch.of(city, exchange.caller().actor(), null, pins) : Sketch.ofPins(pins);
  }

  private static Optional<Coordinate> point(Seen place) {
    return place.find("location").map(at -> GeoJson.geometry(at).getCentroid().getCoordinate());
  }

  private List<Hub> events(Caller caller, List<Having> having) {
    var now = programme.now();
    var times = new Times(zone);
    return programme.list(caller, Kind.EVENT, having, 0, MOST).stream()
        .map(Seen::new)
        .filter(one -> Instant.parse(one.text("end")).isAfter(now))
        .sorted(Comparator.comparing(one -> one.text("start")))
        .limit(SOON)
        .map(one -> new Hub(one, times.moment(Instant.parse(one.text("start")))))
        .toList();
  }

  private void one(Exchange exchange, Asked asked) {
    one(exchange, asked, Told.NOTHING);
  }

  private void one(Exchange exchange, Asked asked, Told told) {
    var where = where(exchange);
    var caller = caller(exchange, where);
    var id = Visitors.id(Kind.PLACE, exchange.parameter("id"));
    var place = new Seen(programme.view(caller, Kind.PLACE, id));
    var placeZone = place.findText("timeZone").map(ZoneId::of).orElse(ZoneId.of("UTC"));
    boolean bookable = !Double.isNaN(place.number("capacity"));
    boolean byWeek = place.text("hoursApplyTo").equals("ENDS");
    var first = first(exchange, placeZone, byWeek);
    var model = new HashMap<String, Object>();
    model.put("home", where.home());
    model.put("place", place);
    model.put("asked", asked);
    model.put("times", new Times(placeZone));
    model.put("zone", placeZone.getId());
    model.put("path", path(caller, place));
    model.put(
        "inside",
        Town.of(
                seen(
                    programme.list(caller, Kind.PLACE, List.of(new Having("within", id)), 0, MOST)))
            .elsewhere());
    model.put("bookable", bookable);
    model.put("byWeek", byWeek);
    model.put("ribbons", bookable ? ribbons(where, place, first, byWeek, placeZone) : List.of());
    model.put("before", first.minusDays(byWeek ? 7L * WEEKS : DAYS).toString());
    model.put("after", first.plusDays(byWeek ? 7L * WEEKS : DAYS).toString());
    model.put("bookings", soon(caller, id));
    model.put("events", events(caller, List.of(new Having("place", id))));
    model.put("panel", panel(exchange, where, place, told));
    model.put("holders", holders(exchange, caller, place));
    model.put("written", written(exchange, placeZone));
    model.put(
        "sketch", sketch(exchange, where, point(place).isPresent() ? List.of(place) : List.of()));
    pages.show(
        exchange,
        Math.max(asked.status(), told.status()),
        Page.of(place.text("name"), "What is free at " + place.text("name"), "places")
            .ofProgramme(),
        "place",
        model);
  }

  /// Another city's places are kept by its own office.
  private Panel panel(Exchange exchange, Where where, Seen place, Told told) {
    if (!where.address().equals(Address.DEFAULT)) return Panel.NONE;
    return told.equals(Told.NOTHING)
        ? steps.panel(exchange, Kind.PLACE, place)
        : steps.panel(exchange, Kind.PLACE, place, told);
  }

  private LocalDate first(Exchange exchange, ZoneId placeZone, boolean byWeek) {
    var today = programme.now().atZone(placeZone).toLocalDate();
    LocalDate first;
    try {
      first = exchange.query("from").map(LocalDate::parse).orElse(today);
    } catch (DateTimeException e) {
      throw new Refusal.Invalid("from must be a day such as 2026-06-01: " + e.getMessage());
    }
    return byWeek ? first.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)) : first;
  }

  private List<Ribbon> ribbons(
      Where where, Seen place, LocalDate first, boolean byWeek, ZoneId placeZone) {
    int lines = byWeek ? WEEKS : DAYS;
    var last = first.plusDays(byWeek ? 7L * WEEKS : DAYS);
    var period =
        new Interval(
            first.atStartOfDay(placeZone).toInstant(), last.atStartOfDay(placeZone).toInstant());
    var availability =
        new Seen(programme.hub().calendars().availability(where.address(), place.id(), period));
    return Ribbon.of(availability, first, lines, byWeek, programme.now());
  }

  /// What a place lies in, from the outside.
  private List<Seen> path(Caller caller, Seen place) {
    var path = new ArrayList<Seen>();
    var within = place.text("within");
    while (!within.isEmpty() && path.size() < 6) {
      var around = new Seen(programme.view(caller, Kind.PLACE, within));
      path.addFirst(around);
      within = around.text("within");
    }
    return path;
  }

  private List<Seen> soon(Caller caller, String id) {
    var now = programme.now();
    return programme.list(caller, Kind.BOOKING, List.of(new Having("place", id)), 0, MOST).stream()
        .map(Seen::new)
        .filter(one -> List.of("REQUESTED", "CONFIRMED", "IN_USE").contains(one.state()))
        .filter(one -> Instant.parse(one.text("end")).isAfter(now))
        .sorted(Comparator.comparing(one -> one.text("start")))
        .limit(SOON)
        .toList();
  }

  /// For whom the visitor may book: their pilots, their organisations, themselves where residents
  /// may.
  private List<Panel.Named> holders(Exchange exchange, Caller caller, Seen place) {
    if (exchange.caller().isAnonymous()) return List.of();
    var standing = programme.standing(caller);
    var holders = new ArrayList<Panel.Named>();
    for (var view : programme.list(caller, Kind.PILOT, List.of(), 0, MOST)) {
      var pilot = new Seen(view);
      boolean open =
          List.of("PREPARING", "READY", "ACTIVE", "SUSPENDED", "EVALUATING")
              .contains(pilot.state());
      if (open && (standing.belongsToAny(pilot.texts("organisation")) || standing.holds("pmo")))
        holders.add(new Panel.Named(pilot.id(), "Pilot: " + pilot.text("title")));
    }
    boolean keeper = standing.holds("pmo") || standing.holds("fieldOwner");
    for (var one : organisations.get())
      if (keeper || standing.organisations().contains(one.id())) holders.add(one);
    if (place.text("openTo").equals("residents")) holders.add(new Panel.Named("me", "Myself"));
    return holders;
  }

  /// What the form begins with: what was written, or what an alternative suggests.
  private static Map<String, String> written(Exchange exchange, ZoneId placeZone) {
    var written = new LinkedHashMap<String, String>();
    for (var name : List.of("start", "end"))
      exchange
          .query(name)
          .flatMap(text -> local(text, placeZone))
          .ifPresent(text -> written.put(name, text));
    if (exchange.method().equals("POST")) written.putAll(Forms.ofOurs(exchange));
    return written;
  }

  private static Optional<String> local(String moment, ZoneId placeZone) {
    try {
      return Optional.of(Instant.parse(moment).atZone(placeZone).toLocalDateTime().toString());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private void book(Exchange exchange) {
    var where = where(exchange);
    var caller = caller(exchange, where);
    var form = Forms.ofOurs(exchange);
    var id = Visitors.id(Kind.PLACE, exchange.parameter("id"));
    var place = new Seen(programme.view(caller, Kind.PLACE, id));
    var placeZone = place.findText("timeZone").map(ZoneId::of).orElse(ZoneId.of("UTC"));
    try {
      var outcome = programme.hub().bookings().request(caller, body(id, form, placeZone));
      one(
          exchange,
          asked(
              where,
              new Seen(new Value.Struct(outcome.answers())),
              outcome.record().state(),
              placeZone));
    } catch (Refusal.Invalid | Refusal.Forbidden | Refusal.Conflict | Refusal.Unmet refusal) {
      one(
          exchange,
          new Asked(
              plaza.web.Errors.status(refusal),
              false,
              String.valueOf(refusal.getMessage()),
              List.of(),
              List.of()));
    }
  }

  private static Value.Struct body(String id, Map<String, String> form, ZoneId placeZone) {
    var body = new LinkedHashMap<String, Value>();
    body.put("place", Value.of(id));
    for (var name : List.of("start", "end"))
      body.put(name, Value.of(moment(form.getOrDefault(name, ""), name, placeZone)));
    for (var name : List.of("title", "purpose")) {
      var text = form.getOrDefault(name, "");
      if (!text.isBlank()) body.put(name, Value.of(text));
    }
    var units = form.getOrDefault("units", "1");
    if (!units.matches("[0-9]{1,6}"))
      throw new Refusal.Invalid("how many must be a number, not '" + units + "'");
    body.put("units", Value.of(Long.parseLong(units)));
    var holder = form.getOrDefault("holder", "me");
    if (!holder.equals("me"))
      body.put(
          holder.startsWith("urn:ngsi-ld:Pilot:") ? "pilot" : "organisation", Value.of(holder));
    if (form.containsKey("conditionsAccepted")) body.put("conditionsAccepted", Value.of(true));
    return new Value.Struct(body);
  }

  private static String moment(String text, String name, ZoneId placeZone) {
    try {
      return LocalDateTime.parse(text).atZone(placeZone).toInstant().toString();
    } catch (DateTimeException e) {
      throw new Refusal.Invalid(name + " must be a day and a time such as 2026-06-01T09:00");
    }
  }

  private static Asked asked(Where where, Seen answers, String state, ZoneId placeZone) {
    var obstacles = answers.texts("obstacles");
    var times = new Times(placeZone);
    var alternatives =
        answers.parts("alternatives").stream()
            .map(one ->
                new Panel.Link(
                    where.home()
                        + "/"
                        + one.text("place").substring(one.text("place").lastIndexOf(':') + 1)
                        + "?start="
                        + one.text("start")
                        + "&end="
                        + one.text("end")
                        + "#book",
                    one.text("name")
                        + ", "
                        + times.moment(Instant.parse(one.text("start")))
                        + " – "
                        + times.moment(Instant.parse(one.text("end")))))
            .toList();
    var sentence =
        state.equals("CONFIRMED")
            ? "Booked. It is yours."
            : obstacles.isEmpty()
                ? "Asked for. Whoever looks after the place decides and confirms it."
                : "It cannot be had then. Your request waits, in case something becomes free.";
    return new Asked(201, obstacles.isEmpty(), sentence, obstacles, alternatives);
  }
}
