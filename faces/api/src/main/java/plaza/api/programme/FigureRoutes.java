package plaza.api.programme;

import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.query.Moments;
import plaza.programme.Programme;
import plaza.programme.figures.Computation;
import plaza.programme.figures.Window;
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
        .post(BASE + "/compute", Right.anyone(), this::compute);
  }

  /// `?from=…&until=…`, dates or date-times; all time until now when not said.
  private void ofCity(Exchange exchange) {
    var from = exchange.query("from").map(text -> moment(text, "from")).orElse(null);
    var until =
        exchange.query("until").map(text -> moment(text, "until")).orElseGet(clock::instant);
    exchange.json(
        200, programme.figures(Asking.caller(exchange).address(), new Window(from, until)));
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
