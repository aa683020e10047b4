package plaza.portal.need;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import plaza.graph.GeoJson;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.portal.city.City;
import plaza.portal.city.District;
import plaza.portal.city.Sketch;
import plaza.portal.page.Forms;
import plaza.portal.page.Page;
import plaza.portal.page.Pages;
import plaza.portal.page.Paging;
import plaza.portal.page.Seen;
import plaza.portal.page.Times;
import plaza.portal.record.Panel;
import plaza.portal.story.Plain;
import plaza.portal.story.Visitors;
import plaza.programme.Listing;
import plaza.programme.Programme;
import plaza.programme.directory.Ask;
import plaza.programme.procedure.Standing;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Kind;
import plaza.web.Exchange;
import plaza.web.Right;
import plaza.web.Routes;

/// Needs: all of them, and a new one.
public final class NeedPages {
  private static final int SIZE = 50;

  /// On the map: the newest.
  private static final int MOST = 500;

  private static final int SIMILAR = 4;
  private static final double ALIKE = 0.4;
  private static final int WORTH_SEARCHING = 4;

  private final Pages pages;
  private final City city;
  private final Programme programme;
  private final Visitors visitors;
  private final Times times;
  private final Supplier<List<Panel.Named>> departments;

  public NeedPages(
      Pages pages,
      City city,
      Programme programme,
      Visitors visitors,
      Times times,
      Supplier<List<Panel.Named>> departments) {
    this.pages = pages;
    this.city = city;
    this.programme = programme;
    this.visitors = visitors;
    this.times = times;
    this.departments = departments;
  }

  public Routes routes(Routes routes) {
    return routes
        .get("/needs", Right.anyone(), this::list)
        .get("/needs/new", Right.anyone(), e -> form(e, 200, NeedForm.EMPTY, ""))
        .get("/needs/similar", Right.anyone(), this::similar)
        .post("/needs", Right.anyone(), this::submit);
  }

  /// For the map's layer.
  public Routes data(Routes routes) {
    return routes.get("/portal/data/needs", Right.anyone(), this::layer);
  }

  private void list(Exchange exchange) {
    var text = exchange.query("q").orElse("").strip();
    var field = exchange.query("field").orElse("");
    var origin = exchange.query("origin").orElse("");
    var sort = exchange.query("sort").orElse("");
    int page = Paging.asked(exchange.query("page", 1));
    var filters = Map.of("q", text, "field", field, "origin", origin, "sort", sort);
    var having = new ArrayList<Having>();
    if (!field.isEmpty()) having.add(new Having("field", field));
    if (!origin.isEmpty()) having.add(new Having("origin", origin));
    var order = sort.equals("supporters") ? Ask.Order.SUPPORTED : Ask.Order.NEWEST;
    var ask = new Ask(having, text, null, order, Paging.offset(page, SIZE), SIZE);
    var listing = programme.list(visitors.caller(exchange), Kind.NEED, ask);
    var needs = found(exchange, ask, listing);
    var model = new HashMap<String, Object>();
    model.put("needs", needs);
    model.put(
        "paging",
        Paging.of(
            "/needs",
            filters,
            page,
            SIZE,
            Math.max(listing.total(), page == 1 ? needs.size() : 0)));
    model.put("sort", sort);
    model.put("text", text);
    model.put("field", field);
    model.put("origin", origin);
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

  /// Those that hold the words; when they fit on one page, then open ones that say something alike.
  private List<Seen> found(Exchange exchange, Ask ask, Listing listing) {
    var found = new LinkedHashMap<String, Seen>();
    for (var view : listing.records()) found.put(new Seen(view).id(), new Seen(view));
    if (ask.words().isEmpty() || listing.total() >= SIZE) return List.copyOf(found.values());
    var caller = visitors.caller(exchange);
    for (var match : programme.needs().similar(city.address(), ask.words(), null, SIZE))
      if (match.score() >= ALIKE && !found.containsKey(match.id()) && found.size() < SIZE)
        try {
          var need = new Seen(programme.view(caller, Kind.NEED, match.id()));
          if (ask.having().stream().allMatch(one -> need.text(one.field()).equals(one.text())))
            found.put(match.id(), need);
        } catch (Refusal.NotFound hiddenMeanwhile) {
          // One less to show.
        }
    return List.copyOf(found.values());
  }

  private List<Seen> all(Exchange exchange) {
    return programme.list(visitors.caller(exchange), Kind.NEED, List.of(), 0, MOST).stream()
        .map(Seen::new)
        .toList();
  }

  static Optional<Geometry> place(Seen need) {
    return need.find("location").map(GeoJson::geometry);
  }

  static Coordinate middle(Geometry place) {
    return place.getInteriorPoint().getCoordinate();
  }

  private void form(Exchange exchange, int status, NeedForm form, String trouble) {
    var model = new HashMap<String, Object>();
    model.put("form", form);
    model.put("trouble", trouble);
    model.put("districts", districts(exchange));
    model.put("departments", offered(exchange));
    pages.show(
        exchange,
        status,
        Page.of("Tell us what you need", "State a need; no account is asked for.", "needs")
            .with("pin")
            .ofProgramme(),
        "needform",
        model);
  }

  /// For whom the visitor may state a need beside themselves.
  private List<Panel.Named> offered(Exchange exchange) {
    var standing = programme.standing(visitors.caller(exchange));
    if (standing.equals(Standing.NONE)) return List.of();
    return departments.get().stream()
        .filter(one -> {
          var scope = List.of(one.id());
          return standing.holds("pmo")
              || standing.holds("departmentOfficer", scope)
              || standing.holds("sponsor", scope);
        })
        .toList();
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
