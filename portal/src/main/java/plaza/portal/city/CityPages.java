package plaza.portal.city;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Entity;
import plaza.graph.Refusal;
import plaza.portal.page.Page;
import plaza.portal.page.Pages;
import plaza.portal.page.Times;
import plaza.web.Exchange;
import plaza.web.Right;
import plaza.web.Routes;

/// The live map, the same as a list, and a station's page.
public final class CityPages {
  private static final int ROWS = 60;
  private final Pages pages;
  private final City city;
  private final Days days;
  private final Layers layers;

  public CityPages(Pages pages, City city, Days days, Layers layers) {
    this.pages = pages;
    this.city = city;
    this.days = days;
    this.layers = layers;
  }

  public Routes routes(Routes routes) {
    return routes
        .get("/", Right.anyone(), this::map)
        .get("/stations", Right.anyone(), this::list)
        .get("/stations/{id}", Right.anyone(), this::station);
  }

  /// The figures above the map.
  ///
  /// @param open whether the visitor sees the city's data at all
  /// @param now when the city was last observed, for people; empty when never
  public record Overview(
      boolean open,
      int stations,
      long empty,
      long full,
      String now,
      String nowIso,
      String zone,
      List<LocalDate> days,
      Map<String, String> layers,
      Sketch sketch) {}

  private void map(Exchange exchange) {
    var page =
        Page.of(
                "Live map",
                "The city's bike stations, live and over time, with what people need.",
                "map")
            .with("livemap")
            .ofProgramme();
    pages.show(exchange, page, "map", Map.of("overview", overview(exchange)));
  }

  private Overview overview(Exchange exchange) {
    var actor = exchange.caller().actor();
    try {
      var stations = city.stations(actor);
      var now = stations.now();
      boolean seen = now.isAfter(Instant.EPOCH);
      return new Overview(
          true,
          stations.list().size(),
          stations.count(Level.EMPTY),
          stations.count(Level.FULL),
          seen ? moment(now) : "",
          seen ? now.toString() : "",
          days.zone().getId(),
          days.list(actor),
          layers.list(actor),
          Sketch.of(city, actor, null, List.of()));
    } catch (Refusal.Unauthenticated | Refusal.Forbidden notOpen) {
      return new Overview(false, 0, 0, 0, "", "", "", List.of(), Map.of(), Sketch.empty());
    }
  }

  /// A row of the list.
  public record Row(Station station, Level level, int bikes, int free, String seen) {}

  /// What the list was asked for.
  ///
  /// @param level a level's code, or empty for all
  public record Search(String text, String district, String level, int page) {
    /// The query of another page of the same search.
    public String page(int other) {
      return "?q="
          + encoded(text)
          + "&district="
          + encoded(district)
          + "&level="
          + encoded(level)
          + "&page="
          + other;
    }

    private static String encoded(String text) {
      return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  private void list(Exchange exchange) {
    var search =
        new Search(
            exchange.query("q").orElse("").strip(),
            exchange.query("district").orElse(""),
            exchange.query("level").orElse(""),
            Math.max(1, exchange.query("page", 1)));
    var actor = exchange.caller().actor();
    var stations = city.stations(actor);
    var found = new ArrayList<Row>();
    for (int i = 0; i < stations.list().size(); i++) {
      var station = stations.list().get(i);
      if (matches(search, station, stations.level(i)))
        found.add(
            new Row(
                station,
                stations.level(i),
                stations.bikes()[i],
                stations.free()[i],
                stations.seen()[i] == 0
                    ? "never"
                    : moment(Instant.ofEpochSecond(stations.seen()[i]))));
    }
    int first = Math.min((search.page() - 1) * ROWS, found.size());
    var model = new HashMap<String, Object>();
    model.put("search", search);
    model.put("total", found.size());
    model.put("pages", (found.size() + ROWS - 1) / ROWS);
    model.put("rows", List.copyOf(found.subList(first, Math.min(first + ROWS, found.size()))));
    if (Pages.wantsPart(exchange)) {
      pages.part(exchange, "stationrows", model);
      return;
    }
    model.put("districts", city.districts(actor).stream().map(District::name).toList());
    pages.show(
        exchange,
        Page.of("Stations", "Every bike station as a list, with what it holds now.", "map"),
        "stations",
        model);
  }

  private static boolean matches(Search search, Station station, Level level) {
    var text = search.text().toLowerCase(Locale.ROOT);
    var english = station.english();
    var address = station.address();
    return (search.district().isEmpty() || station.district().equals(search.district()))
        && (search.level().isEmpty() || level.code().equals(search.level()))
        && (text.isEmpty()
            || station.name().toLowerCase(Locale.ROOT).contains(text)
            || (english != null && english.toLowerCase(Locale.ROOT).contains(text))
            || (address != null && address.toLowerCase(Locale.ROOT).contains(text)));
  }

  /// One line of what an entity says of itself.
  ///
  /// @param seen when it was observed; null when it never changes
  public record Fact(String name, String text, @Nullable String seen) {}

  private void station(Exchange exchange) {
    var actor = exchange.caller().actor();
    var id = exchange.parameter("id");
    var entity = city.station(actor, id);
    var stations = city.stations(actor);
    var place = stations.place(id);
    if (place.isEmpty()) throw new Refusal.NotFound("there is no station " + id);
    int i = place.getAsInt();
    var model = new HashMap<String, Object>();
    model.put("station", stations.list().get(i));
    model.put("level", stations.level(i));
    model.put("bikes", stations.bikes()[i]);
    model.put("free", stations.free()[i]);
    model.put(
        "seen",
        stations.seen()[i] == 0 ? "never" : moment(Instant.ofEpochSecond(stations.seen()[i])));
    model.put("facts", facts(entity));
    model.put("days", days.list(actor));
    if (Pages.wantsPart(exchange)) {
      pages.part(exchange, "stationpart", model);
      return;
    }
    var name = stations.list().get(i).name();
    pages.show(
        exchange,
        Page.of(name, "Bikes and docks at " + name + ", now and before.", "map")
            .with("stationchart"),
        "station",
        model);
  }

  private List<Fact> facts(Entity entity) {
    var facts = new ArrayList<Fact>();
    for (var attribute : entity.attributes()) {
      if (attribute.content() instanceof Content.GeoProperty) continue;
      var text = Words.text(attribute.content());
      if (!text.isEmpty())
        facts.add(new Fact(Layers.spaced(Words.local(attribute.name())), text, seen(attribute)));
    }
    return facts;
  }

  private @Nullable String seen(Attribute attribute) {
    var at = attribute.observedAt();
    return at == null ? null : moment(at);
  }

  private String moment(Instant at) {
    return new Times(days.zone()).moment(at);
  }
}
