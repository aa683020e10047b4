package plaza.api.programme;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plaza.api.linked.JsonLd;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.Programme;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Outcome;
import plaza.web.Exchange;
import plaza.web.Right;
import plaza.web.Routes;

/// Reading records of every kind, and moving them: what all collections have in common.
public final class ProgrammeRoutes {
  private final Programme programme;
  private final InstantSource clock;

  public ProgrammeRoutes(Programme programme, InstantSource clock) {
    this.programme = programme;
    this.clock = clock;
  }

  /// Everything of the programme under `/api/v1`.
  public Routes routes() {
    var routes = new Routes();
    for (var records : Records.values()) {
      var one = records.path() + "/{id}";
      routes
          .get(records.path(), Right.anyone(), e -> list(e, records))
          .get(one, Right.anyone(), e -> one(e, records))
          .get(one + "/events", Right.anyone(), this::events);
      if (programme.procedures().find(records.kind()).isPresent())
        routes.post(one + "/transitions/{action}", Right.anyone(), e -> transition(e, records));
    }
    new NeedRoutes(programme, this).addTo(routes);
    new FaultRoutes(programme, this).addTo(routes);
    new CallRoutes(programme, this).addTo(routes);
    new PilotRoutes(programme, this).addTo(routes);
    new PlaceRoutes(programme, this).addTo(routes);
    new RegulationRoutes(programme, this).addTo(routes);
    new FigureRoutes(programme, clock).addTo(routes);
    new RoundRoutes(programme, this).addTo(routes);
    new ServiceRoutes(programme, this).addTo(routes);
    new LessonRoutes(programme, this).addTo(routes);
    return routes;
  }

  /// What can be asked is [ListQuery]'s to say.
  private void list(Exchange exchange, Records records) {
    if (records == Records.LESSONS && LessonRoutes.isSearch(exchange)) {
      new LessonRoutes(programme, this).search(exchange);
      return;
    }
    var ask = ListQuery.ask(exchange);
    var listing = programme.list(Asking.caller(exchange), records.kind(), ask);
    ListQuery.tell(exchange, ask, listing.total());
    var found = listing.records();
    if (Features.areWanted(exchange, records)) Features.send(exchange, Features.collection(found));
    else if (records == Records.SERVICES && JsonLd.isWanted(exchange))
      DcatServices.catalogue(exchange, found);
    else exchange.json(200, new Value.Items(List.<Value>copyOf(found)));
  }

  private void one(Exchange exchange, Records records) {
    var view = programme.view(Asking.caller(exchange), records.kind(), Asking.id(exchange));
    if (records == Records.SERVICES || records == Records.GRANTS) {
      JsonLd.tell(exchange);
      if (JsonLd.isWanted(exchange)) {
        if (records == Records.GRANTS) OdrlGrants.send(exchange, view);
        else DcatServices.entry(exchange, view);
        return;
      }
    }
    if (Features.areWanted(exchange, records)) Features.send(exchange, Features.of(view));
    else show(exchange, 200, view);
  }

  private void events(Exchange exchange) {
    exchange.json(
        200,
        new Value.Items(
            List.<Value>copyOf(programme.events(Asking.caller(exchange), Asking.id(exchange)))));
  }

  private void transition(Exchange exchange, Records records) {
    var caller = Asking.caller(exchange);
    var outcome =
        programme.transition(
            caller,
            records.kind(),
            Asking.id(exchange),
            exchange.parameter("action"),
            Asking.body(exchange),
            Asking.expectedVersion(exchange));
    answer(exchange, 200, caller, outcome);
  }

  /// The record as the caller sees it now, with what is told once.
  void answer(Exchange exchange, int status, Caller caller, Outcome outcome) {
    var members = new LinkedHashMap<>(programme.view(caller, outcome.record()).members());
    members.putAll(outcome.answers());
    if (status == 201)
      Records.of(outcome.record().kind())
          .ifPresent(records ->
              exchange.setHeader("Location", records.path() + "/" + outcome.record().id()));
    show(exchange, status, new Value.Struct(members));
  }

  private static void show(Exchange exchange, int status, Value.Struct view) {
    if (view.members().get("version") instanceof Value.Whole(long version))
      exchange.setHeader("ETag", "\"" + version + "\"");
    exchange.json(status, view);
  }

  /// Opens a record from the request's body.
  @FunctionalInterface
  interface Opening {
    Outcome open(Caller caller, Value.Struct body);
  }

  void open(Exchange exchange, Opening opening) {
    var caller = Asking.caller(exchange);
    answer(exchange, 201, caller, opening.open(caller, Asking.body(exchange)));
  }

  /// Does something to the record in the path.
  @FunctionalInterface
  interface Doing {
    Outcome apply(Caller caller, String id, Value.Struct body);
  }

  void apply(Exchange exchange, int status, Doing doing) {
    var caller = Asking.caller(exchange);
    answer(
        exchange, status, caller, doing.apply(caller, Asking.id(exchange), Asking.body(exchange)));
  }

  /// Changes the record in the path, if it is as If-Match expects.
  @FunctionalInterface
  interface Amending {
    Outcome amend(Caller caller, String id, Value.Struct body, @Nullable Long expectedVersion);
  }

  void amend(Exchange exchange, Amending amending) {
    apply(
        exchange,
        200,
        (caller, id, body) -> amending.amend(caller, id, body, Asking.expectedVersion(exchange)));
  }

  static String text(Map<String, Value> body, String name, String otherwise) {
    return switch (body.get(name)) {
      case null -> otherwise;
      case Value.Text(var text) -> text;
      case Value _ -> throw new Refusal.Invalid(name + " must be a text");
    };
  }
}
