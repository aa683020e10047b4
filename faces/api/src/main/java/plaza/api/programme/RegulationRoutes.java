package plaza.api.programme;

import java.util.LinkedHashMap;
import java.util.List;
import plaza.graph.Value;
import plaza.programme.Programme;
import plaza.programme.procedure.Caller;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Kind;
import plaza.web.Exchange;
import plaza.web.Right;
import plaza.web.Routes;

/// Regulatory cases and the public register of what was exempted and what needs no exemption.
final class RegulationRoutes {
  private static final int MOST = 1_000;
  private final Programme programme;
  private final ProgrammeRoutes records;

  RegulationRoutes(Programme programme, ProgrammeRoutes records) {
    this.programme = programme;
    this.records = records;
  }

  void addTo(Routes routes) {
    var cases = Records.REGULATORY_CASES.path();
    routes
        .post(cases, Right.known(), e -> records.open(e, programme.regulation()::raise))
        .get(cases + "/register", Right.anyone(), this::register)
        .patch(
            cases + "/{id}", Right.known(), e -> records.amend(e, programme.regulation()::amend));
  }

  /// A DCAT dataset of two lists: exemptions in every state after their grant, and precedents where
  /// no rule stood in the way. What the public may know, whoever asks.
  private void register(Exchange exchange) {
    var nobody = Caller.anonymous(Asking.caller(exchange).address(), null);
    var register = new LinkedHashMap<String, Value>();
    register.put("@type", Value.of("dcat:Dataset"));
    register.put("dct:title", Value.of("Register of regulatory exemptions and precedents"));
    register.put("dct:accrualPeriodicity", Value.of("continuous"));
    register.put(
        "exemptions", found(nobody, List.of("GRANTED", "EXPIRED", "REVOKED", "RULE_CHANGED")));
    register.put("precedents", found(nobody, List.of("NO_RULE")));
    exchange.json(200, new Value.Struct(register));
  }

  private Value found(Caller caller, List<String> states) {
    return new Value.Items(
        states.stream()
            .flatMap(state ->
                programme
                    .list(
                        caller, Kind.REGULATORY_CASE, List.of(new Having("state", state)), 0, MOST)
                    .stream())
            .<Value>map(view -> view)
            .toList());
  }
}
