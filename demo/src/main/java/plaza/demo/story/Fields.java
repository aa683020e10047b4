package plaza.demo.story;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import plaza.demo.people.Cast;
import plaza.graph.Address;
import plaza.graph.Value;
import plaza.programme.Programme;
import plaza.programme.procedure.Caller;
import plaza.programme.record.Dossier;

/// Places of the story, all invented: a kerb where vans may stand by night, a workshop, a trike.
final class Fields {
  static final String KERB = "urn:ngsi-ld:Place:demo-kerb";
  private static final String WORKSHOP = "urn:ngsi-ld:Place:demo-workshop";
  private static final ZoneId TAIPEI = ZoneId.of("Asia/Taipei");

  private final Programme programme;
  private final Cast cast;

  Fields(Programme programme, Cast cast) {
    this.programme = programme;
    this.cast = cast;
  }

  void describe() {
    place(
        """
        {'name': '內湖區 Neihu', 'slug': 'neihu', 'kind': 'district', 'owner': '%s',
         'timeZone': 'Asia/Taipei',
         'location': {'type': 'Point', 'coordinates': [121.588, 25.083]},
         'locationQuality': 'approx, the middle of the district'}
        """
            .formatted(cast.organizationId(Cast.DEPARTMENT)));
    place(
        """
        {'name': 'Night depot (invented for the demo)', 'slug': 'demo-depot', 'kind': 'site',
         'within': 'urn:ngsi-ld:Place:neihu',
         'location': {'type': 'Point', 'coordinates': [121.5752, 25.0800]}}
        """);
    place(
        """
        {'name': 'Night kerb (invented for the demo)', 'slug': 'demo-kerb', 'kind': 'testField',
         'within': 'urn:ngsi-ld:Place:demo-depot', 'capacity': 3, 'unit': 'vans',
         'description': 'Kerb space where vans of a pilot may stand from dusk to dawn.',
         'conditions': 'Leave a metre for wheelchairs. Take everything away within two weeks of the end.',
         'dismantleDays': 14}
        """);
    place(
        """
        {'name': 'Workshop (invented for the demo)', 'slug': 'demo-workshop', 'kind': 'space',
         'within': 'urn:ngsi-ld:Place:demo-depot', 'capacity': 2, 'unit': 'benches',
         'autoConfirm': true,
         'openingHours': [{'days': ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY'],
                           'from': '08:00', 'until': '20:00'},
                          {'days': ['SATURDAY'], 'from': '10:00', 'until': '16:00'}]}
        """);
    place(
        """
        {'name': 'Cargo trike (invented for the demo)', 'slug': 'demo-trike', 'kind': 'equipment',
         'within': 'urn:ngsi-ld:Place:demo-depot', 'autoConfirm': true}
        """);
  }

  private void place(String json) {
    programme.hub().places().open(caller("pmo"), Json.of(json));
  }

  /// The pilot's kerb for all its time; whoever looks after it confirms.
  void book(Dossier pilot, String start, Instant end) {
    var booking =
        programme
            .hub()
            .bookings()
            .request(
                caller("innovator"),
                Json.of(
                    """
                    {'place': '%s', 'pilot': '%s', 'start': '%s', 'end': '%s', 'units': 2,
                     'title': 'Vans of the night (demo)', 'conditionsAccepted': true}
                    """,
                    KERB, pilot.id(), start, end))
            .record();
    programme.transition(
        caller("fieldOwner"), booking.kind(), booking.id(), "confirm", Value.Struct.EMPTY, null);
  }

  /// A few bookings in the days to come, so that the workshop's calendar has something to show.
  void fill(Instant today) {
    var day = today.atZone(TAIPEI).toLocalDate();
    for (int ahead : new int[] {1, 2, 3, 5, 8}) {
      var start = day.plusDays(ahead).atTime(9 + ahead, 0).atZone(TAIPEI);
      for (var who : List.of("innovator", "innovator2"))
        if (ahead % 2 == 1 || who.equals("innovator"))
          programme
              .hub()
              .bookings()
              .request(
                  caller(who),
                  Json.of(
                      "{'place': '%s', 'start': '%s', 'end': '%s', 'organisation': '%s',"
                          + " 'title': '%s'}",
                      WORKSHOP,
                      start.toInstant(),
                      start.plusHours(2).toInstant(),
                      cast.organizationId(who.equals("innovator") ? Cast.TEAM : Cast.OTHER_TEAM),
                      who.equals("innovator") ? "Mending locks (demo)" : "Fitting racks (demo)"));
    }
  }

  private Caller caller(String part) {
    return Caller.of(cast.actor(part), Address.DEFAULT);
  }
}
