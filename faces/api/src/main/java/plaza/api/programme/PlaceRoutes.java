package plaza.api.programme;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.query.Moments;
import plaza.programme.Programme;
import plaza.programme.place.Interval;
import plaza.web.Exchange;
import plaza.web.Right;
import plaza.web.Routes;

/// Places, what is booked in them, innovation clusters and events; and all of these as calendars.
final class PlaceRoutes {
  private static final String CALENDAR = "text/calendar; charset=utf-8";
  private static final Duration WEEK = Duration.ofDays(7);
  private final Programme programme;
  private final ProgrammeRoutes records;

  PlaceRoutes(Programme programme, ProgrammeRoutes records) {
    this.programme = programme;
    this.records = records;
  }

  void addTo(Routes routes) {
    places(routes);
    bookings(routes);
    hubs(routes);
    calendars(routes);
  }

  private void places(Routes routes) {
    var places = Records.PLACES.path();
    routes
        .post(places, Right.known(), e -> records.open(e, programme.hub().places()::open))
        .patch(
            places + "/{id}", Right.known(), e -> records.amend(e, programme.hub().places()::amend))
        .get(places + "/{id}/availability", Right.anyone(), this::availability);
  }

  private void bookings(Routes routes) {
    var bookings = Records.BOOKINGS.path();
    routes
        .post(bookings, Right.known(), e -> records.open(e, programme.hub().bookings()::request))
        .patch(
            bookings + "/{id}",
            Right.known(),
            e -> records.amend(e, programme.hub().bookings()::amend))
        .post(
            bookings + "/{id}/dismantling",
            Right.known(),
            e -> records.apply(e, 200, programme.hub().bookings()::dismantled));
  }

  private void hubs(Routes routes) {
    var clusters = Records.INNOVATION_CLUSTERS.path();
    var events = Records.EVENTS.path();
    routes
        .post(
            clusters, Right.known(), e -> records.open(e, programme.hub().clusters()::openCluster))
        .patch(
            clusters + "/{id}",
            Right.known(),
            e -> records.amend(e, programme.hub().clusters()::amendCluster))
        .post(
            clusters + "/{id}/members",
            Right.known(),
            e -> records.apply(e, 201, programme.hub().clusters()::join))
        .post(
            clusters + "/{id}/leave",
            Right.known(),
            e -> records.apply(e, 200, programme.hub().clusters()::leave))
        .post(events, Right.known(), e -> records.open(e, programme.hub().clusters()::announce))
        .patch(
            events + "/{id}",
            Right.known(),
            e -> records.amend(e, programme.hub().clusters()::amendEvent));
  }

  private void calendars(Routes routes) {
    routes
        .get(
            Records.PLACES.path() + "/{id}/calendar.ics",
            Right.anyone(),
            e -> calendar(e, programme.hub().calendars().ofPlace(address(e), Asking.id(e))))
        .get(
            Records.PILOTS.path() + "/{id}/calendar.ics",
            Right.anyone(),
            e -> calendar(e, programme.hub().calendars().ofPilot(address(e), Asking.id(e))))
        .get(
            "/api/v1/organisations/{id}/calendar.ics",
            Right.anyone(),
            e ->
                calendar(
                    e,
                    programme
                        .hub()
                        .calendars()
                        .ofOrganisation(address(e), Asking.id(e), Asking.id(e))))
        .get(
            Records.EVENTS.path() + "/calendar.ics",
            Right.anyone(),
            e -> calendar(e, programme.hub().calendars().ofEvents(address(e))));
  }

  private static Address address(Exchange exchange) {
    return Asking.caller(exchange).address();
  }

  private static void calendar(Exchange exchange, String text) {
    exchange.setHeader("Content-Disposition", "inline; filename=\"calendar.ics\"");
    exchange.send(200, CALENDAR, text);
  }

  /// `?from=…&until=…`; a week from now when nothing is said.
  private void availability(Exchange exchange) {
    var from = moment(exchange, "from").orElseGet(() -> programme.now());
    var until = moment(exchange, "until").orElseGet(() -> from.plus(WEEK));
    exchange.json(
        200,
        programme
            .hub()
            .calendars()
            .availability(address(exchange), Asking.id(exchange), new Interval(from, until)));
  }

  private static Optional<Instant> moment(Exchange exchange, String name) {
    return exchange
        .query(name)
        .map(text -> {
          try {
            return Moments.parse(text);
          } catch (java.time.format.DateTimeParseException e) {
            throw new Refusal.Invalid(
                name + " must be a date-time such as 2026-06-01T12:00:00Z, not '" + text + "'");
          }
        });
  }
}
