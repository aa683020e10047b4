package plaza.portal.need;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import plaza.graph.GeoJson;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.portal.city.City;
import plaza.portal.city.District;
import plaza.portal.city.Nearby;
import plaza.portal.city.Sketch;
import plaza.portal.page.Forms;
import plaza.portal.page.Page;
import plaza.portal.page.Pages;
import plaza.portal.page.Seen;
import plaza.portal.page.Times;
import plaza.portal.record.Panel;
import plaza.portal.record.Steps;
import plaza.portal.story.Plain;
import plaza.portal.story.Story;
import plaza.portal.story.Visitors;
import plaza.programme.Programme;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Kind;
import plaza.web.Exchange;
import plaza.web.Right;
import plaza.web.Routes;

/// Needs: all, one, and a new one.
public final class NeedPages {
  private static final int MOST = 500;
  private static final int SIMILAR = 4;
  private static final int WORTH_SEARCHING = 4;

  private final Pages pages;
  private final City city;
  private final Programme programme;
  private final Story story;
  private final Visitors visitors;
  private final Steps steps;
  private final Times times;

  public NeedPages(
      Pages pages,
      City city,
      Programme programme,
      Story story,
      Visitors visitors,
      Steps steps,
      Times times) {
    this.pages = pages;
    this.city = city;
    this.programme = programme;
    this.story = story;
    this.visitors = visitors;
    this.steps = steps;
    this.times = times;
  }

  public Routes routes(Routes routes) {
    return routes
        .get("/needs", Right.anyone(), this::list)
        .get("/needs/new", Right.anyone(), e -> form(e, 200, NeedForm.EMPTY, ""))
        .get("/needs/similar", Right.anyone(), this::similar)
        .post("/needs", Right.anyone(), this::submit)
        .get("/needs/{id}", Right.anyone(), this::show)
        .post("/needs/{id}/steps/{action}", Right.anyone(), this::step)
        .post("/needs/{id}/support", Right.anyone(), this::support)
        .post("/needs/{id}/withdraw-support", Right.anyone(), this::withdrawSupport);
  }

  /// For the map's layer.
  public Routes data(Routes routes) {
    return routes.get("/portal/data/needs", Right.anyone(), this::layer);
  }

  private void list(Exchange exchange) {
    var text = exchange.query("q").orElse("").strip();
    var field = exchange.query("field").orElse("");
    var words = text.toLowerCase(Locale.ROOT);
    var needs =
        all(exchange).stream()
            .filter(need -> field.isEmpty() || need.text("field").equals(field))
            .filter(need ->
                (need.text("title") + "\n" + need.text("description"))
                    .toLowerCase(Locale.ROOT)
                    .contains(words))
            .toList();
    var model = new HashMap<String, Object>();
    model.put("needs", needs);
    model.put("text", text);
    model.put("field", field);
    model.put("times", times);
    if (Pages.wantsPart(exchange)) {
      pages.part(exchange, "needrows", model);
      return;
    }
    var pins = needs.stream().flatMap(need -> place(need).stream()).map(NeedPages::middle).toList();
    model.put("sketch", Sketch.of(city, exchange.caller().actor(), null, pins));
    pages.show(
        exchange,
        Page.of("What people need", "Needs that people of the city have stated.", "needs")
            .ofProgramme(),
        "needs",
        model);
  }

  private List<Seen> all(Exchange exchange) {
    return programme.list(visitors.caller(exchange), Kind.NEED, List.of(), 0, MOST).stream()
        .map(Seen::new)
        .toList();
  }

  private static Optional<Geometry> place(Seen need) {
    return need.find("location").map(GeoJson::geometry);
  }

  private static Coordinate middle(Geometry place) {
    return place.getInteriorPoint().getCoordinate();
  }

  private void form(Exchange exchange, int status, NeedForm form, String trouble) {
    var model = new HashMap<String, Object>();
    model.put("form", form);
    model.put("trouble", trouble);
    model.put("districts", districts(exchange));
    pages.show(
        exchange,
        status,
        Page.of("Tell us what you need", "State a need; no account is asked for.", "needs")
            .with("pin")
            .ofProgramme(),
        "needform",
        model);
  }

  private List<District> districts(Exchange exchange) {
    try {
      return city.districts(exchange.caller().actor());
    } catch (Refusal.Unauthenticated | Refusal.Forbidden notOpen) {
      return List.of();
    }
  }

  private void submit(Exchange exchange) {
    var form = NeedForm.of(Forms.ofOurs(exchange));
    try {
      var need = form.need(districts(exchange));
      var outcome = programme.needs().submit(visitors.caller(exchange), need);
      visitors.remember(exchange, outcome);
      exchange.redirect("/needs/" + new Seen(idOf(outcome.record().id())).slug() + "?thanks=1");
    } catch (Refusal.Invalid refused) {
      form(exchange, 400, form, String.valueOf(refused.getMessage()));
    }
  }

  private static Value.Struct idOf(String id) {
    return new Value.Struct(Map.of("id", Value.of(id)));
  }

  /// Asked while somebody types.
  private void similar(Exchange exchange) {
    var text = exchange.query("title").orElse("") + "\n" + exchange.query("description").orElse("");
    var matches =
        text.strip().length() < WORTH_SEARCHING
            ? List.of()
            : programme
                .needs()
                .similar(
                    city.address(),
                    text,
                    NeedForm.point(exchange.query("place").orElse("")),
                    SIMILAR);
    pages.part(exchange, "similar", Map.of("matches", matches));
  }

  private void show(Exchange exchange) {
    var id = Visitors.id(Kind.NEED, exchange.parameter("id"));
    var followed = exchange.query("token");
    if (followed.isPresent()) {
      // Out of the address at once: it would stay in the browser's history and in shared links.
      visitors.remember(exchange, followed.get());
      exchange.redirect(exchange.path());
      return;
    }
    var need = new Seen(programme.view(visitors.caller(exchange), Kind.NEED, id));
    show(exchange, need, steps.panel(exchange, Kind.NEED, need));
  }

  private void step(Exchange exchange) {
    var id = Visitors.id(Kind.NEED, exchange.parameter("id"));
    var told = steps.take(exchange, Kind.NEED, id);
    if (told.isDone()) {
      exchange.redirect("/needs/" + exchange.parameter("id") + "?done=" + told.action());
      return;
    }
    var need = new Seen(programme.view(visitors.caller(exchange), Kind.NEED, id));
    show(exchange, need, steps.panel(exchange, Kind.NEED, need, told));
  }

  private void show(Exchange exchange, Seen need, Panel panel) {
    var caller = visitors.caller(exchange);
    var pilots = pilots(exchange, need);
    var subjects = new ArrayList<>(List.of(need.id()));
    need.findText("challenge").ifPresent(subjects::add);
    pilots.forEach(pilot -> subjects.add(pilot.id()));
    var place = place(need);
    var actor = exchange.caller().actor();
    var model = new HashMap<String, Object>();
    model.put("need", need);
    model.put("story", story.of(caller, subjects));
    model.put("pilots", pilots);
    model.put("alike", alike(exchange, need));
    model.put("nearby", place.map(one -> Nearby.of(city, actor, one)).orElse(Nearby.NOTHING));
    model.put(
        "sketch",
        Sketch.of(
            city,
            actor,
            place.filter(one -> one.getDimension() == 2).orElse(null),
            place.filter(one -> one.getDimension() == 0).map(NeedPages::middle).stream().toList()));
    model.put("times", times);
    model.put("followLink", followLink(exchange));
    model.put("panel", panel);
    pages.show(
        exchange,
        panel.told().status(),
        Page.of(need.text("title"), "A need: " + need.text("title"), "needs")
            .with("stationchart", "copy")
            .ofProgramme(),
        "need",
        model);
  }

  /// Shown once, right after the need was stated; empty otherwise and for who has an account.
  private String followLink(Exchange exchange) {
    if (!exchange.hasQuery("thanks") || !exchange.caller().isAnonymous()) return "";
    return visitors
        .token(exchange)
        .map(token -> exchange.origin() + exchange.path() + "?token=" + token)
        .orElse("");
  }

  /// Pilots that answer a need, by itself or through its challenge.
  private List<Seen> pilots(Exchange exchange, Seen need) {
    var caller = visitors.caller(exchange);
    var found = new LinkedHashMap<String, Seen>();
    var ways = new ArrayList<Having>();
    ways.add(new Having("needs", need.id()));
    need.findText("challenge").ifPresent(id -> ways.add(new Having("challenge", id)));
    need.findText("cluster")
        .map(id -> programme.view(caller, Kind.NEED_CLUSTER, id))
        .flatMap(cluster -> new Seen(cluster).findText("challenge"))
        .ifPresent(id -> ways.add(new Having("challenge", id)));
    for (var way : ways)
      for (var view : programme.list(caller, Kind.PILOT, List.of(way), 0, 10)) {
        var pilot = new Seen(view);
        found.put(pilot.id(), pilot);
      }
    return List.copyOf(found.values());
  }

  /// Needs of the same cluster.
  private List<Seen> alike(Exchange exchange, Seen need) {
    var cluster = need.findText("cluster");
    if (cluster.isEmpty()) return List.of();
    return programme
        .list(
            visitors.caller(exchange),
            Kind.NEED,
            List.of(new Having("cluster", cluster.get())),
            0,
            20)
        .stream()
        .map(Seen::new)
        .filter(other -> !other.id().equals(need.id()))
        .toList();
  }

  private void support(Exchange exchange) {
    Forms.ofOurs(exchange);
    var id = Visitors.id(Kind.NEED, exchange.parameter("id"));
    visitors.remember(exchange, programme.needs().support(visitors.caller(exchange), id));
    exchange.redirect("/needs/" + exchange.parameter("id") + "?supported=1");
  }

  private void withdrawSupport(Exchange exchange) {
    Forms.ofOurs(exchange);
    var id = Visitors.id(Kind.NEED, exchange.parameter("id"));
    programme.needs().withdrawSupport(visitors.caller(exchange), id);
    exchange.redirect("/needs/" + exchange.parameter("id"));
  }

  /// Needs with a place, as GeoJSON. Areas are shown by a point: an outline would hide the map.
  private void layer(Exchange exchange) {
    var features = new ArrayList<Value>();
    for (var need : all(exchange))
      place(need)
          .ifPresent(place -> {
            var told = new TreeMap<String, Value>();
            told.put("id", Value.of(need.id()));
            told.put("name", Value.of(need.text("title")));
            told.put("href", Value.of("/needs/" + need.slug()));
            told.put(
                "rows",
                new Value.Items(
                    List.of(
                        Value.of(List.of("State", Plain.need(need.state()))),
                        Value.of(List.of("Supporters", Long.toString(need.count("supporters")))))));
            features.add(
                new Value.Struct(
                    Map.of(
                        "type", Value.of("Feature"),
                        "properties", new Value.Struct(told),
                        "geometry", GeoJson.write(place.getInteriorPoint()))));
          });
    exchange.send(
        200,
        "application/geo+json",
        Json.bytes(
            new Value.Struct(
                Map.of(
                    "type",
                    Value.of("FeatureCollection"),
                    "features",
                    new Value.Items(features)))));
  }
}
