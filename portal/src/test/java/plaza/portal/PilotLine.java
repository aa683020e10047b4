package plaza.portal;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import plaza.access.people.Organization;
import plaza.access.people.Role;
import plaza.graph.Address;
import plaza.graph.GeoJson;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.ledger.Actor;
import plaza.programme.demand.NewNeed;
import plaza.programme.indicator.IndicatorDefinition;
import plaza.programme.procedure.Caller;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// A need that became a pilot, in the portal's test city: running, measured, its grant open.
final class PilotLine {
  final Dossier need;
  final String slug;
  private final PortalCity city;

  /// Works in Neihu, is compared with Daan, and measured on two days of May 2025.
  PilotLine(PortalCity city) {
    this.city = city;
    var area = box(121.56, 25.06, 121.62, 25.11);
    var control = box(121.52, 25.01, 121.56, 25.05);
    var baseline = "2025-05-11/2025-05-11";
    var measurement = "2025-05-12/2025-05-12";
    var programme = city.programme;
    var moderator = caller("mona", Role.MODERATOR);
    var pmo = caller("po", Role.PMO);
    var steward = caller("dan", Role.DATA_STEWARD);
    var builder = caller("bea");
    var office = PortalCity.LOADER;
    var wheels =
        city.access
            .organizations()
            .add(office, "Night Wheels", Organization.Kind.STARTUP, Set.of(), null, null);
    city.access.organizations().join(office, builder.id(), wheels.id(), true);
    var transport =
        city.access
            .organizations()
            .add(office, "Transport", Organization.Kind.DEPARTMENT, Set.of(), null, null);

    var place = GeoJson.geometry(area).getInteriorPoint().getCoordinate();
    var stated =
        programme
            .needs()
            .submit(
                Caller.anonymous(Address.DEFAULT, null),
                NewNeed.of(
                    struct(
                        """
                        {'title': 'No bike when I leave for work', 'field': 'TRA', 'language': 'en',
                         'description': 'At half past seven every station near me is empty.',
                         'location': {'type': 'Point', 'coordinates': [%s, %s]}}
                        """
                            .formatted(place.x, place.y))));
    need = move(moderator, stated.record(), "publish", "{}");
    for (var name : new String[] {"ann", "bob", "cyd"})
      programme.needs().support(caller(name), need.id());
    move(pmo, need, "acknowledge", "{'department': '" + transport.id() + "'}");

    var pilot =
        programme
            .pilots()
            .open(
                pmo,
                struct(
                    """
                    {'title': 'Night vans for morning bikes', 'organisation': '%s',
                     'department': '%s', 'needs': ['%s'], 'slug': 'night-vans',
                     'summary': 'Vans bring bikes to empty stations before the city wakes.',
                     'withoutCall': 'A test of the portal needs a pilot, and holds no call for it.',
                     'startDate': '%s', 'endDate': '%s', 'notNeeded': ['bookings', 'regulation'],
                     'insurance': 'policy 1', 'exitPlan': 'The vans drive home.',
                     'agreement': {'text': 'We agree.', 'maximumEnd': '%s'}}
                    """
                        .formatted(
                            wheels.id(), transport.id(), need.id(), days(-2), days(30), days(60))))
            .record();
    slug = pilot.id().substring(pilot.id().lastIndexOf(':') + 1);
    programme.pilots().sign(pmo, pilot.id());
    programme.pilots().sign(builder, pilot.id());
    var indicator =
        programme
            .indicators()
            .define(pmo, pilot.id(), definition(area, control, baseline, measurement))
            .record();
    programme.indicators().lock(pmo, indicator.id());
    programme.indicators().freezeBaseline(pmo, indicator.id());
    var grant =
        programme
            .grants()
            .request(
                builder,
                struct(
                    "{'pilot': '%s', 'types': ['%s'], 'areaName': 'Neihu', 'endDate': '%s',"
                            .formatted(pilot.id(), plaza.testkit.TestCity.STATION, days(30))
                        + "'purpose': 'plan the vans', 'area': "
                        + Json.text(area)
                        + "}"))
            .record();
    move(steward, grant, "review", "{}");
    move(steward, grant, "approve", "{'licence': 'OGDL-Taiwan-1.0'}");
    move(pmo, pilot, "makeReady", "{}");
    programme.tick(Address.DEFAULT);
  }

  private static IndicatorDefinition definition(
      Value.Struct area, Value.Struct control, String baseline, String measurement) {
    return IndicatorDefinition.of(
        struct(
            """
            {'name': 'Station-time with no bike to rent', 'unit': 'share of station-time',
             'entityType': '%s', 'attribute': '%s',
             'hours': {'days': ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY',
               'SUNDAY'], 'from': '07:00', 'until': '09:00', 'zone': 'Asia/Taipei'},
             'population': {'name': '內湖區 Neihu', 'area': %s},
             'control': {'name': '大安區 Daan', 'area': %s},
             'baseline': {'from': '%s', 'to': '%s'}, 'measurement': {'from': '%s', 'to': '%s'},
             'direction': 'LOWER_IS_BETTER', 'target': -0.02, 'minimumCoverage': 0.2,
             'mandatory': true}
            """
                .formatted(
                    plaza.testkit.TestCity.STATION,
                    plaza.testkit.TestCity.BIKES,
                    Json.text(area),
                    Json.text(control),
                    baseline.split("/")[0],
                    baseline.split("/")[1],
                    measurement.split("/")[0],
                    measurement.split("/")[1])));
  }

  private Caller caller(String name, Role... roles) {
    return Caller.of(Actor.of(city.person(name, roles)), Address.DEFAULT);
  }

  private Dossier move(Caller caller, Dossier record, String action, String json) {
    return city.programme
        .transition(caller, record.kind(), record.id(), action, struct(json), null)
        .record();
  }

  Dossier pilot() {
    return new plaza.programme.record.Dossiers(city.reader)
        .get(Address.DEFAULT, Kind.PILOT, "urn:ngsi-ld:Pilot:" + slug);
  }

  private static Instant days(int from) {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(from, ChronoUnit.DAYS);
  }

  /// A JSON object; single quotes stand for double ones.
  static Value.Struct struct(String json) {
    return (Value.Struct) Json.parse(json.replace('\'', '"'));
  }

  static Value.Struct box(double west, double south, double east, double north) {
    return new Value.Struct(
        Map.of(
            "type",
            Value.of("Polygon"),
            "coordinates",
            Json.parse(
                "[[[%s,%s],[%s,%s],[%s,%s],[%s,%s],[%s,%s]]]"
                    .formatted(west, south, east, south, east, north, west, north, west, south))));
  }
}
