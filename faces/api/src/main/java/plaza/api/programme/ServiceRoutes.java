package plaza.api.programme;

import plaza.graph.Refusal;
import plaza.programme.Programme;
import plaza.web.Exchange;
import plaza.web.Right;
import plaza.web.Routes;

/// Services: described, given keys, how they are used, and whether another city could have them.
final class ServiceRoutes {
  private final Programme programme;
  private final ProgrammeRoutes records;

  ServiceRoutes(Programme programme, ProgrammeRoutes records) {
    this.programme = programme;
    this.records = records;
  }

  void addTo(Routes routes) {
    var services = Records.SERVICES.path();
    var one = services + "/{id}";
    routes
        .post(services, Right.known(), e -> records.open(e, programme.uptake().services()::draft))
        .patch(one, Right.known(), e -> records.amend(e, programme.uptake().services()::amend))
        .post(
            one + "/keys",
            Right.known(),
            e ->
                records.apply(
                    e,
                    201,
                    (caller, id, body) ->
                        programme
                            .uptake()
                            .services()
                            .issueKey(
                                caller,
                                id,
                                ProgrammeRoutes.text(body.members(), "label", "service key"))))
        .get(
            one + "/usage",
            Right.anyone(),
            e -> e.json(200, programme.use(Asking.caller(e), Asking.id(e))))
        .post(
            Records.PACKAGES.path(),
            Right.known(),
            e -> records.open(e, programme.uptake().packages()::pack))
        .post(
            Records.REPLICATIONS.path(),
            Right.known(),
            e -> records.open(e, programme.uptake().replications()::propose))
        .get("/api/v1/portability", Right.anyone(), this::portability);
  }

  /// `?catalogue=URL&service=ID`: what the other city has of what the service needs.
  private void portability(Exchange exchange) {
    exchange.json(
        200,
        programme.portability(
            Asking.caller(exchange), asked(exchange, "service"), asked(exchange, "catalogue")));
  }

  private static String asked(Exchange exchange, String name) {
    return exchange
        .query(name)
        .orElseThrow(() ->
            new Refusal.Invalid(
                "portability is asked with ?catalogue=URL&service=ID; send " + name));
  }
}
