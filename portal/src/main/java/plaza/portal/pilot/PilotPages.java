package plaza.portal.pilot;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plaza.graph.GeoJson;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.portal.city.City;
import plaza.portal.city.Sketch;
import plaza.portal.page.Page;
import plaza.portal.page.Pages;
import plaza.portal.page.Paging;
import plaza.portal.page.Seen;
import plaza.portal.page.Times;
import plaza.portal.record.Panel;
import plaza.portal.record.Steps;
import plaza.portal.story.Story;
import plaza.portal.story.Visitors;
import plaza.programme.Programme;
import plaza.programme.directory.Ask;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Kind;
import plaza.web.Exchange;
import plaza.web.Right;
import plaza.web.Routes;

/// All pilots, and one with its story, its indicators and its grants.
public final class PilotPages {
  private static final int SIZE = 24;

  private final Pages pages;
  private final City city;
  private final Programme programme;
  private final Story story;
  private final Visitors visitors;
  private final Steps steps;
  private final Times times;
  private final Charts charts;

  public PilotPages(
      Pages pages,
      City city,
      Programme programme,
      Story story,
      Visitors visitors,
      Steps steps,
      Times times,
      InstantSource clock) {
    this.pages = pages;
    this.city = city;
    this.programme = programme;
    this.story = story;
    this.visitors = visitors;
    this.steps = steps;
    this.times = times;
    this.charts = new Charts(programme, clock);
  }

  public Routes routes(Routes routes) {
    return routes
        .get("/pilots", Right.anyone(), this::list)
        .get("/pilots/{id}", Right.anyone(), this::show)
        .post("/pilots/{id}/steps/{action}", Right.anyone(), this::step);
  }

  public Routes data(Routes routes) {
    return routes.get("/portal/data/indicators/{id}", Right.anyone(), this::chart);
  }

  /// @param pilot as its own page sees it
  public record Entry(Seen pilot, List<Indicator> indicators) {}

  private void list(Exchange exchange) {
    var caller = visitors.caller(exchange);
    var text = exchange.query("q").orElse("").strip();
    var state = exchange.query("state").orElse("");
    int page = Paging.asked(exchange.query("page", 1));
    var having = state.isEmpty() ? List.<Having>of() : List.of(new Having("state", state));
    var listing =
        programme.list(
            caller,
            Kind.PILOT,
            new Ask(having, text, null, Ask.Order.NEWEST, Paging.offset(page, SIZE), SIZE));
    var entries = new ArrayList<Entry>();
    for (var view : listing.records()) {
      var pilot = new Seen(programme.view(caller, Kind.PILOT, new Seen(view).id()));
      entries.add(new Entry(pilot, indicators(pilot)));
    }
    var filters = Map.of("q", text, "state", state);
    pages.show(
        exchange,
        Page.of("Pilots", "Pilots on the city's live data, judged by what it measured.", "pilots")
            .ofProgramme(),
        "pilots",
        Map.of(
            "entries",
            entries,
            "paging",
            Paging.of("/pilots", filters, page, SIZE, listing.total()),
            "filters",
            filters,
            "times",
            times));
  }

  static List<Indicator> indicators(Seen pilot) {
    return pilot.parts("indicators").stream().map(Indicator::new).toList();
  }

  /// A grant with its area drawn.
  public record Grant(Seen seen, Sketch sketch) {}

  /// One day of an indicator, for the table beside its chart.
  public record DayOf(String day, String period, double value, double control) {}

  private void show(Exchange exchange) {
    var id = Visitors.id(Kind.PILOT, exchange.parameter("id"));
    var pilot = new Seen(programme.view(visitors.caller(exchange), Kind.PILOT, id));
    show(exchange, pilot, steps.panel(exchange, Kind.PILOT, pilot));
  }

  private void step(Exchange exchange) {
    var id = Visitors.id(Kind.PILOT, exchange.parameter("id"));
    var told = steps.take(exchange, Kind.PILOT, id);
    if (told.isDone()) {
      exchange.redirect("/pilots/" + exchange.parameter("id") + "?done=" + told.action());
      return;
    }
    var pilot = new Seen(programme.view(visitors.caller(exchange), Kind.PILOT, id));
    show(exchange, pilot, steps.panel(exchange, Kind.PILOT, pilot, told));
  }

  private void show(Exchange exchange, Seen pilot, Panel panel) {
    var caller = visitors.caller(exchange);
    var indicators = indicators(pilot);
    var needs = needs(exchange, pilot);
    var challenge = pilot.findText("challenge").flatMap(one -> find(exchange, Kind.CHALLENGE, one));
    var model = new HashMap<String, Object>();
    model.put("pilot", pilot);
    model.put("indicators", indicators);
    model.put("days", indicators.stream().map(one -> days(exchange, one)).toList());
    model.put("needs", needs);
    model.put("challenge", challenge.map(Seen::new).map(List::of).orElse(List.of()));
    model.put("story", story.of(caller, subjects(pilot, needs)));
    model.put("grants", grants(exchange, pilot));
    model.put("times", times);
    model.put("panel", panel);
    pages.show(
        exchange,
        panel.told().status(),
        Page.of(pilot.text("title"), "The pilot " + pilot.text("title"), "pilots")
            .with("pilotchart")
            .ofProgramme(),
        "pilot",
        model);
  }

  /// Everything that belongs to the pilot's way: from the needs to the gate.
  private static List<String> subjects(Seen pilot, List<Seen> needs) {
    var subjects = new ArrayList<String>();
    for (var need : needs) {
      subjects.add(need.id());
      need.findText("cluster").ifPresent(subjects::add);
    }
    pilot.findText("challenge").ifPresent(subjects::add);
    subjects.add(pilot.id());
    subjects.addAll(pilot.texts("indicators"));
    for (var part : List.of("indicators", "grants", "gates"))
      pilot.parts(part).forEach(one -> subjects.add(one.id()));
    pilot.findText("evaluation").ifPresent(subjects::add);
    return subjects;
  }

  /// The needs the pilot names, or those that its challenge's clusters hold.
  private List<Seen> needs(Exchange exchange, Seen pilot) {
    var found = new ArrayList<Seen>();
    for (var id : pilot.texts("needs"))
      find(exchange, Kind.NEED, id).map(Seen::new).ifPresent(found::add);
    if (!found.isEmpty()) return found;
    pilot
        .findText("challenge")
        .flatMap(id -> find(exchange, Kind.CHALLENGE, id))
        .map(Seen::new)
        .ifPresent(challenge -> {
          for (var cluster : challenge.texts("clusters"))
            programme
                .list(
                    visitors.caller(exchange),
                    Kind.NEED,
                    List.of(new Having("cluster", cluster)),
                    0,
                    20)
                .forEach(need -> found.add(new Seen(need)));
        });
    return found;
  }

  private Optional<Value.Struct> find(Exchange exchange, Kind kind, String id) {
    try {
      return Optional.of(programme.view(visitors.caller(exchange), kind, id));
    } catch (Refusal.NotFound hidden) {
      return Optional.empty();
    }
  }

  private List<Grant> grants(Exchange exchange, Seen pilot) {
    var actor = exchange.caller().actor();
    return pilot.parts("grants").stream()
        .map(grant ->
            new Grant(
                grant,
                Sketch.of(
                    city,
                    actor,
                    grant.find("area").map(GeoJson::geometry).orElse(null),
                    List.of())))
        .toList();
  }

  private List<DayOf> days(Exchange exchange, Indicator indicator) {
    if (indicator.baseline().isEmpty()) return List.of();
    var chart = new Seen(charts.get(visitors.caller(exchange), indicator.seen().id()));
    var days = new ArrayList<DayOf>();
    for (var period : List.of("baseline", "measured"))
      for (var day : chart.parts(period))
        days.add(new DayOf(day.text("day"), period, day.number("value"), day.number("control")));
    return days;
  }

  private void chart(Exchange exchange) {
    var id = Visitors.id(Kind.INDICATOR, exchange.parameter("id"));
    exchange.send(200, "application/json", Json.bytes(charts.get(visitors.caller(exchange), id)));
  }
}
