package plaza.portal.pilot;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.query.Query;
import plaza.ledger.Actor;
import plaza.portal.city.City;
import plaza.portal.page.Forms;
import plaza.portal.page.Page;
import plaza.portal.page.Pages;
import plaza.portal.page.Seen;
import plaza.portal.page.Times;
import plaza.portal.story.Visitors;
import plaza.programme.Programme;
import plaza.programme.procedure.Caller;
import plaza.programme.record.Kind;
import plaza.programme.sandbox.SandboxDesk;
import plaza.web.Exchange;
import plaza.web.Right;
import plaza.web.Routes;

/// What a pilot's team works with beside the city: its own entities, and sandboxes in which the
/// city's past happens again.
public final class SandboxPages {
  private static final DateTimeFormatter FIELD = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm");
  private final Pages pages;
  private final City city;
  private final Programme programme;
  private final SandboxDesk desk;
  private final Visitors visitors;
  private final Times times;

  public SandboxPages(
      Pages pages,
      City city,
      Programme programme,
      SandboxDesk desk,
      Visitors visitors,
      Times times) {
    this.pages = pages;
    this.city = city;
    this.programme = programme;
    this.desk = desk;
    this.visitors = visitors;
    this.times = times;
  }

  public Routes routes(Routes routes) {
    return routes
        .get("/pilots/{id}/sandboxes", Right.anyone(), this::show)
        .post("/pilots/{id}/sandboxes", Right.known(), this::open)
        .post("/pilots/{id}/sandboxes/{name}", Right.known(), this::turn);
  }

  private void show(Exchange exchange) {
    var caller = visitors.caller(exchange);
    var id = id(exchange);
    var pilot = new Seen(programme.view(caller, Kind.PILOT, id));
    var model = new HashMap<String, Object>();
    model.put("pilot", pilot);
    model.put("mine", desk.isFor(caller, id));
    model.put("sandboxes", sandboxes(caller, id));
    model.put("csrf", exchange.caller().csrf() == null ? "" : exchange.caller().csrf());
    model.put("origin", exchange.origin());
    model.put("times", times);
    if (Pages.wantsPart(exchange)) {
      pages.part(exchange, "sandboxrows", model);
      return;
    }
    model.remove("csrf");
    var until = desk.latest(caller, id).orElse(Instant.now()).plus(1, ChronoUnit.MINUTES);
    model.put("from", field(until.minus(Duration.ofDays(1))));
    model.put("until", field(until));
    model.put("own", own(exchange.caller().actor(), pilot.text("namespace")));
    model.put("fromIso", until.minus(Duration.ofDays(1)).truncatedTo(ChronoUnit.MINUTES));
    model.put(
        "types", pilot.parts("grants").stream().flatMap(g -> g.texts("types").stream()).toList());
    pages.show(
        exchange,
        Page.of(
                "Sandboxes: " + pilot.text("title"),
                "The city's past again, and the entities of " + pilot.text("title"),
                "build")
            .with("copy")
            .ofProgramme(),
        "sandboxes",
        model);
  }

  /// A type of the pilot's own, and how many entities of it there are.
  public record Own(String type, long count) {}

  /// Those that the visitor may see: officers may, the public may not.
  private List<Own> own(Actor actor, String namespace) {
    if (namespace.isEmpty()) return List.of();
    try {
      var reader = city.reader();
      return reader.types(actor, city.address()).stream()
          .filter(type -> type.startsWith(namespace))
          .map(type ->
              new Own(
                  type.substring(namespace.length()),
                  reader.query(actor, city.address(), Query.type(type), 0, 0, true).total()))
          .toList();
    } catch (Refusal.Forbidden | Refusal.Unauthenticated notTheirs) {
      return List.of();
    }
  }

  /// None for who may not see them.
  private List<Seen> sandboxes(Caller caller, String id) {
    try {
      return desk.list(caller, id).stream().map(Seen::new).toList();
    } catch (Refusal.Forbidden | Refusal.Unauthenticated notTheirs) {
      return List.of();
    }
  }

  private void open(Exchange exchange) {
    var form = Forms.ofOurs(exchange);
    var plan = new LinkedHashMap<String, Value>();
    for (var name : List.of("from", "until"))
      plan.put(name, Value.of(moment(form.getOrDefault(name, ""), name).toString()));
    plan.put("speed", speed(form));
    plan.put("time", Value.of(form.getOrDefault("time", "present")));
    desk.open(visitors.caller(exchange), id(exchange), new Value.Struct(plan));
    back(exchange);
  }

  private void turn(Exchange exchange) {
    var form = Forms.ofOurs(exchange);
    var caller = visitors.caller(exchange);
    var name = exchange.parameter("name");
    var id = id(exchange);
    switch (form.getOrDefault("do", "")) {
      case "pause" -> desk.change(caller, id, name, one("state", Value.of("PAUSED")));
      case "go" -> desk.change(caller, id, name, one("state", Value.of("RUNNING")));
      case "again" ->
          desk.change(
              caller,
              id,
              name,
              one("position", Value.of(new Seen(desk.get(caller, id, name)).text("from"))));
      case "speed" -> desk.change(caller, id, name, one("speed", speed(form)));
      case "remove" -> desk.discard(caller, id, name);
      default -> throw new Refusal.Invalid("the form does not say what to do with the sandbox");
    }
    back(exchange);
  }

  private static Value.Struct one(String name, Value value) {
    return new Value.Struct(Map.of(name, value));
  }

  private static Value speed(Map<String, String> form) {
    var text = form.getOrDefault("speed", "1").strip();
    try {
      return text.equals("max") ? Value.of(text) : Value.of(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      throw new Refusal.Invalid("the speed must be a number, or max, not '" + text + "'");
    }
  }

  private static void back(Exchange exchange) {
    exchange.redirect(
        "/pilots/" + new Seen(one("id", Value.of(id(exchange)))).slug() + "/sandboxes");
  }

  private static String id(Exchange exchange) {
    return Visitors.id(Kind.PILOT, exchange.parameter("id"));
  }

  private String field(Instant at) {
    return FIELD.format(at.atZone(zone()));
  }

  private Instant moment(String text, String name) {
    try {
      return LocalDateTime.parse(text).atZone(zone()).toInstant();
    } catch (DateTimeParseException e) {
      throw new Refusal.Invalid(name + " must be a date and a time, not '" + text + "'");
    }
  }

  private ZoneId zone() {
    return times.zone();
  }
}
