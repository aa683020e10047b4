package plaza.programme;

import java.time.InstantSource;
import plaza.programme.place.BookingDesk;
import plaza.programme.place.Calendars;
import plaza.programme.place.HubDesk;
import plaza.programme.place.PlaceDesk;
import plaza.programme.procedure.Engine;
import plaza.programme.record.Dossiers;

/// The desks of where innovation takes place.
///
/// @param clusters innovation clusters and events
/// @param calendars places, pilots and organisations as calendars, and what is free
public record Hub(PlaceDesk places, BookingDesk bookings, HubDesk clusters, Calendars calendars) {
  static Hub of(Engine engine, Dossiers dossiers, InstantSource clock) {
    return new Hub(
        new PlaceDesk(engine),
        new BookingDesk(engine),
        new HubDesk(engine),
        new Calendars(dossiers, clock));
  }
}
