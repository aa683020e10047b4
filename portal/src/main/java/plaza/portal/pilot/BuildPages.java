package plaza.portal.pilot;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import plaza.graph.GeoJson;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.ledger.Actor;
import plaza.portal.city.City;
import plaza.portal.city.Sketch;
import plaza.portal.city.Station;
import plaza.portal.city.Stations;
import plaza.portal.page.Forms;
import plaza.portal.page.Page;
import plaza.portal.page.Pages;
import plaza.portal.page.Seen;
import plaza.portal.page.Times;
import plaza.portal.story.Plain;
import plaza.portal.story.Visitors;
import plaza.programme.Programme;
import plaza.programme.record.Kind;
import plaza.web.Exchange;
import plaza.web.Right;
import plaza.web.Routes;

/// Where builders start: a key, what it covers, and requests that really run.
public final class BuildPages {
  private static final String HOME = "/ngsi-ld/v1/";

  private final Pages pages;
  private final City city;
  private final Programme programme;
  private final Visitors visitors;
  private final Times times;

  public BuildPages(Pages pages, City city, Programme programme, Visitors visitors, Times times) {
    this.pages = pages;
    this.city = city;
    this.programme = programme;
    this.visitors = visitors;
    this.times = times;
  }

  public Routes routes(Routes routes) {
    return routes
        .get("/build", Right.anyone(), this::all)
        .get("/pilots/{id}/build", Right.anyone(), e -> one(e, ""))
        .post("/pilots/{id}/keys", Right.known(), this::issue);
  }

  /// A request to try.
  ///
  /// @param refused whether the point of it is that the key does not reach so far
  public record Sample(String words, String path, boolean refused) {}

  private void all(Exchange exchange) {
    var pilots =
        programme.list(visitors.caller(exchange), Kind.PILOT, List.of(), 0, 100).stream()
            .map(Seen::new)
            .toList();
    var model = new HashMap<String, Object>();
    model.put("pilots", pilots);
    model.put("samples", samples(exchange.caller().actor(), Optional.empty()));
    model.put("origin", exchange.origin());
    pages.show(
        exchange,
        Page.of("Build", "Build on the city's live data, through open standards.", "build")
            .with("tryit", "copy")
            .ofProgramme(),
        "build",
        model);
  }

  private void one(Exchange exchange, String key) {
    var caller = visitors.caller(exchange);
    var id = Visitors.id(Kind.PILOT, exchange.parameter("id"));
    var pilot = new Seen(programme.view(caller, Kind.PILOT, id));
    var grants = pilot.parts("grants");
    var area =
        grants.stream()
            .flatMap(grant -> grant.find("area").stream())
            .map(GeoJson::geometry)
            .findFirst();
    var model = new HashMap<String, Object>();
    model.put("pilot", pilot);
    model.put("grants", grants);
    model.put("sketch", Sketch.of(city, exchange.caller().actor(), area.orElse(null), List.of()));
    model.put("samples", samples(exchange.caller().actor(), area));
    model.put("key", key);
    model.put("mayIssue", mayIssue(exchange, pilot));
    model.put("origin", exchange.origin());
    model.put("times", times);
    pages.show(
        exchange,
        Page.of(
                "Build: " + pilot.text("title"),
                "The key, the data and the samples of " + pilot.text("title"),
                "build")
            .with("tryit", "copy")
            .ofProgramme(),
        "pilotbuild",
        model);
  }

  /// Only a hint for the page; the programme decides.
  private boolean mayIssue(Exchange exchange, Seen pilot) {
    var person = exchange.caller();
    return person.isPerson()
        && !pilot.text("organisation").isEmpty()
        && (person.holds(plaza.access.people.Role.PMO)
            || person.holds(plaza.access.people.Role.INNOVATOR));
  }

  private void issue(Exchange exchange) {
    var form = Forms.ofOurs(exchange);
    var id = Visitors.id(Kind.PILOT, exchange.parameter("id"));
    var label = form.getOrDefault("label", "").strip();
    var outcome =
        programme
            .pilots()
            .issueKey(visitors.caller(exchange), id, label.isEmpty() ? "from the portal" : label);
    // Shown in this answer and never again: it is not in the address, and nothing may store the
    // page.
    one(exchange, text(outcome.answers()));
  }

  private static String text(Map<String, plaza.graph.Value> answers) {
    return new Seen(new plaza.graph.Value.Struct(answers)).text("key");
  }

  private List<Sample> samples(Actor actor, Optional<Geometry> area) {
    var types = new Sample("Which types of entities there are", HOME + "types", false);
    Stations stations;
    try {
      stations = city.stations(actor);
    } catch (Refusal.Unauthenticated | Refusal.Forbidden notOpen) {
      return List.of(types);
    }
    if (stations.list().isEmpty()) return List.of(types);
    var samples = new ArrayList<Sample>();
    var inside = station(stations, area, true);
    var type =
        "type=" + name(city.station(actor, stations.list().getFirst().id()).types().getFirst());
    var bikes = name(stations.bikesName());
    samples.add(
        new Sample(
            "Five stations, short form",
            HOME + "entities?" + type + "&limit=5&options=keyValues",
            false));
    samples.add(
        new Sample(
            "Stations without a bike right now",
            HOME + "entities?" + type + "&q=" + bikes + "==0&limit=20&options=keyValues",
            false));
    inside.ifPresent(station -> {
      samples.add(
          new Sample(
              "Stations within 500 m of " + station.name(),
              HOME
                  + "entities?"
                  + type
                  + "&georel=near;maxDistance==500&geometry=Point&coordinates=%5B"
                  + station.longitude()
                  + ","
                  + station.latitude()
                  + "%5D&options=keyValues",
              false));
      samples.add(
          new Sample(
              "The last 20 counts of " + station.name(),
              HOME
                  + "temporal/entities/"
                  + station.id()
                  + "?attrs="
                  + bikes
                  + "&lastN=20&options=temporalValues",
              false));
    });
    if (area.isPresent())
      station(stations, area, false)
          .ifPresent(station ->
              samples.add(
                  new Sample(
                      "A station outside the grant (" + station.district() + "): refused",
                      HOME + "entities/" + station.id(),
                      true)));
    samples.add(types);
    return samples;
  }

  private static Optional<Station> station(
      Stations stations, Optional<Geometry> area, boolean inside) {
    var shapes = new GeometryFactory();
    return stations.list().stream()
        .filter(one ->
            area.isEmpty()
                || area.get()
                        .covers(shapes.createPoint(new Coordinate(one.longitude(), one.latitude())))
                    == inside)
        .findFirst();
  }

  /// As a request names it: short where the default vocabulary says the same.
  private static String name(String expanded) {
    return expanded.startsWith(Names.DEFAULT_VOCAB)
        ? Plain.local(expanded)
        : URLEncoder.encode(expanded, StandardCharsets.UTF_8);
  }
}
