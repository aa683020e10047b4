package plaza.api.programme;

import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.List;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.query.Moments;
import plaza.programme.Programme;
import plaza.programme.directory.Ask;
import plaza.programme.figures.Computation;
import plaza.programme.figures.Figure;
import plaza.programme.figures.Table;
import plaza.programme.figures.Window;
import plaza.programme.record.Kind;
import plaza.web.Exchange;
import plaza.web.Right;
import plaza.web.Routes;

/// The mayor's figures of this city, and the same formulae for records that anybody sends.
final class FigureRoutes {
  private static final String BASE = "/api/v1/indicators";
  private final Programme programme;
  private final InstantSource clock;

  FigureRoutes(Programme programme, InstantSource clock) {
    this.programme = programme;
    this.clock = clock;
  }

  void addTo(Routes routes) {
    routes
        .get(BASE + "/programme", Right.anyone(), this::ofCity)
        .get(BASE + "/programme/{figure}/records", Right.anyone(), this::behind)
        .get(
            Records.INNOVATION_CLUSTERS.path() + "/{id}/collaboration",
            Right.anyone(),
            e -> within(e, Kind.INNOVATION_CLUSTER))
        .get(
            Records.PLACES.path() + "/{id}/collaboration",
            Right.anyone(),
            e -> within(e, Kind.PLACE))
        .post(BASE + "/compute", Right.anyone(), this::compute);
  }

  /// `?from=…&until=…`, dates or date-times; all time until now when not said.
  private void ofCity(Exchange exchange) {
    exchange.json(200, programme.figures().of(Asking.caller(exchange).address(), window(exchange)));
  }

  /// The records behind one figure: JSON with paging as all lists, or CSV of all of them with
  /// `Accept: text/csv` or `?format=csv`.
  private void behind(Exchange exchange) {
    var figure = Figure.of(exchange.parameter("figure"));
    var rows =
        programme.figures().behind(Asking.caller(exchange).address(), figure, window(exchange));
    if (exchange.query("format").orElse("").equals("csv")
        || exchange.header("Accept").orElse("").startsWith("text/csv")) {
      exchange.setHeader(
          "Content-Disposition", "attachment; filename=\"" + figure.code() + ".csv\"");
      exchange.send(200, "text/csv; charset=utf-8", Table.csv(rows));
      return;
    }
    var ask = Ask.of(List.of(), exchange.query("offset", 0), exchange.query("limit", 100));
    ListQuery.tell(exchange, ask, rows.size());
    exchange.json(
        200,
        new Value.Items(
            rows.stream().skip(ask.offset()).limit(ask.limit()).<Value>map(row -> row).toList()));
  }

  /// Who works with whom in an innovation cluster or district.
  private void within(Exchange exchange, Kind kind) {
    exchange.json(
        200,
        programme
            .figures()
            .within(Asking.caller(exchange), kind, Asking.id(exchange), window(exchange)));
  }

  private Window window(Exchange exchange) {
    var from = exchange.query("from").map(text -> moment(text, "from")).orElse(null);
    var until =
        exchange.query("until").map(text -> moment(text, "until")).orElseGet(clock::instant);
    return new Window(from, until);
  }

  private static java.time.Instant moment(String text, String name) {
    try {
      return Moments.parse(text);
    } catch (DateTimeParseException e) {
      throw new Refusal.Invalid(name + " must be a date or a date-time, not '" + text + "'");
    }
  }

  private void compute(Exchange exchange) {
    exchange.json(200, Computation.of(new Value.Struct(exchange.jsonObject()), clock.instant()));
  }
}
