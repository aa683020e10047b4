package plaza.portal.city;

import java.io.ByteArrayOutputStream;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
import plaza.graph.Entity;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.query.Moments;
import plaza.json.Json;
import plaza.json.JsonWriter;
import plaza.ledger.store.Span;
import plaza.portal.page.Assets;
import plaza.web.Exchange;
import plaza.web.Right;
import plaza.web.Routes;

/// What the map's scripts fetch: compact, and only ever what the visitor may see.
public final class CityData {
  private static final int READINGS = 10_000;
  private static final Duration LONGEST_HISTORY = Duration.ofDays(40);

  private final City city;
  private final Days days;
  private final Layers layers;
  private final Live live;

  public CityData(City city, Days days, Layers layers, Live live) {
    this.city = city;
    this.days = days;
    this.layers = layers;
    this.live = live;
  }

  public Routes routes(Routes routes) {
    return routes
        .get("/portal/data/stations", Right.anyone(), this::stations)
        .get("/portal/data/days/{day}", Right.anyone(), this::day)
        .get("/portal/data/history/{id}", Right.anyone(), this::history)
        .get("/portal/data/districts", Right.anyone(), this::districts)
        .get("/portal/data/layers/{name}", Right.anyone(), this::layer)
        .get("/portal/live", Right.anyone(), live::serve);
  }

  /// All stations now, or with `at` only how they stood then.
  private void stations(Exchange exchange) {
    var stations = city.stations(exchange.caller().actor());
    var at = exchange.query("at").map(CityData::moment);
    var out = new ByteArrayOutputStream(200_000);
    try (var json = new JsonWriter(out)) {
      json.startObject().member("version", stations.version());
      if (at.isPresent()) past(exchange, at.get(), json);
      else now(stations, json);
      json.endObject();
    }
    send(exchange, "application/json", out.toByteArray());
  }

  private static void now(Stations stations, JsonWriter json) {
    json.member("at", stations.now().toString());
    var list = stations.list();
    texts(json, "ids", list.stream().map(Station::id).toList());
    texts(json, "names", list.stream().map(Station::name).toList());
    texts(json, "districts", list.stream().map(Station::district).toList());
    json.name("places").startArray();
    for (var one : list) json.number(rounded(one.longitude())).number(rounded(one.latitude()));
    json.endArray();
    numbers(json, "total", list.stream().mapToInt(Station::total).toArray());
    numbers(json, "bikes", stations.bikes());
    numbers(json, "free", stations.free());
    json.name("seen").startArray();
    for (long seen : stations.seen()) json.number(seen);
    json.endArray();
  }

  private void past(Exchange exchange, Instant at, JsonWriter json) {
    var day = days.get(exchange.caller().actor(), LocalDate.ofInstant(at, days.zone()));
    int step = day.step(at);
    json.member("at", at.toString());
    json.name("bikes").startArray();
    for (int i = 0; i < day.stations(); i++) json.number(day.bikes(i, step));
    json.endArray().name("free").startArray();
    for (int i = 0; i < day.stations(); i++) json.number(day.free(i, step));
    json.endArray();
  }

  /// A whole day of all stations as bytes; see [Day#bytes].
  private void day(Exchange exchange) {
    var date = day(exchange.parameter("day"));
    var actor = exchange.caller().actor();
    exchange.setHeader("X-Stations", city.stations(actor).version());
    send(exchange, "application/octet-stream", days.get(actor, date).bytes());
  }

  /// The readings of one station, the last day of them unless asked otherwise: seconds, bikes and
  /// free docks side by side.
  private void history(Exchange exchange) {
    var actor = exchange.caller().actor();
    var entity = city.station(actor, exchange.parameter("id"));
    var span = span(exchange, entity);
    var rows = new TreeMap<Long, long[]>();
    int column = 0;
    for (var name : List.of("availableBikeNumber", "freeSlotNumber")) {
      int at = column++;
      Words.find(entity, name)
          .ifPresent(attribute ->
              city.reader()
                  .history(actor, city.address(), entity, attribute.name(), span, true, READINGS)
                  .forEach(one -> {
                    long second = one.attribute().eventTime().getEpochSecond();
                    // Newest first, so of two readings of one second the later one stays.
                    var row = rows.computeIfAbsent(second, _ -> new long[] {-1, -1});
                    if (row[at] < 0) row[at] = Words.count(one.attribute());
                  }));
    }
    var out = new ByteArrayOutputStream();
    try (var json = new JsonWriter(out)) {
      json.startObject().name("t").startArray();
      rows.keySet().forEach(json::number);
      json.endArray().name("bikes").startArray();
      rows.values().forEach(row -> json.number(row[0]));
      json.endArray().name("free").startArray();
      rows.values().forEach(row -> json.number(row[1]));
      json.endArray().endObject();
    }
    send(exchange, "application/json", out.toByteArray());
  }

  /// Whole days of the city's own time, moments, or the station's last day.
  private Span span(Exchange exchange, Entity station) {
    var fromDay = exchange.query("fromDay");
    var toDay = exchange.query("toDay").or(() -> fromDay);
    var until =
        toDay
            .map(text -> start(day(text).plusDays(1)))
            .or(() -> exchange.query("until").map(CityData::moment))
            .or(() ->
                Words.find(station, "availableBikeNumber")
                    .map(one -> one.eventTime().plusSeconds(1)))
            .orElseThrow(() -> new Refusal.NotFound(station.id() + " has never reported"));
    var from =
        fromDay
            .map(text -> start(day(text)))
            .or(() -> exchange.query("from").map(CityData::moment))
            .orElse(until.minus(1, ChronoUnit.DAYS));
    if (Duration.between(from, until).compareTo(LONGEST_HISTORY) > 0)
      throw new Refusal.Invalid(
          "a history spans at most " + LONGEST_HISTORY.toDays() + " days: " + from + " … " + until);
    return Span.between(from, until);
  }

  private Instant start(LocalDate day) {
    return day.atStartOfDay(days.zone()).toInstant();
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new Refusal.Invalid("a day looks like 2025-05-12, not '" + text + "'");
    }
  }

  private void districts(Exchange exchange) {
    var features = new ArrayList<Value>();
    for (var one : city.districts(exchange.caller().actor())) {
      var middle = one.shape().getInteriorPoint().getCoordinate();
      var properties = new LinkedHashMap<String, Value>();
      properties.put("name", Value.of(one.name()));
      properties.put("english", Value.of(one.english() == null ? "" : one.english()));
      properties.put("middle", new Value.Items(List.of(Value.of(middle.x), Value.of(middle.y))));
      features.add(Layers.feature(one.shape(), properties));
    }
    exchange.setHeader("Cache-Control", "private, max-age=300");
    send(exchange, "application/geo+json", Json.bytes(Layers.collection(features)));
  }

  private void layer(Exchange exchange) {
    var layer = layers.get(exchange.caller().actor(), exchange.parameter("name"));
    send(exchange, "application/geo+json", Json.bytes(layer));
  }

  private static void send(Exchange exchange, String contentType, byte[] bytes) {
    exchange.setHeader("X-Content-Type-Options", "nosniff");
    exchange.setHeader("Vary", "Accept-Encoding, Cookie");
    if (bytes.length > 1_000 && Assets.acceptsGzip(exchange))
      exchange.setHeader("Content-Encoding", "gzip").send(200, contentType, Assets.gzip(bytes));
    else exchange.send(200, contentType, bytes);
  }

  static Instant moment(String text) {
    try {
      return Moments.parse(text);
    } catch (DateTimeException e) {
      throw new Refusal.Invalid("a moment looks like 2025-05-12T08:00:00Z, not '" + text + "'");
    }
  }

  private static double rounded(double degrees) {
    return Math.round(degrees * 1e6) / 1e6;
  }

  private static void texts(JsonWriter json, String name, List<String> texts) {
    json.name(name).startArray();
    texts.forEach(json::text);
    json.endArray();
  }

  private static void numbers(JsonWriter json, String name, int[] numbers) {
    json.name(name).startArray();
    for (int number : numbers) json.number(number);
    json.endArray();
  }
}
