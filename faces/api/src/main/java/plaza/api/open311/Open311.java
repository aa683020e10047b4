package plaza.api.open311;

import static plaza.api.open311.Format.ordered;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import plaza.access.Authenticator;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.query.Moments;
import plaza.programme.Programme;
import plaza.programme.fault.FaultSearch;
import plaza.programme.procedure.Caller;
import plaza.programme.record.Dossier;
import plaza.web.Exchange;
import plaza.web.Handler;
import plaza.web.Right;
import plaza.web.Routes;

/// Open311 GeoReport v2 at `/open311/v2`: discovery, service list and definitions, requests and
/// tokens, in JSON and XML.
///
/// Every report is answered its id at once, so a token is another name of a report: the follow
/// token that an anonymous reporter was given (in the header `Plaza-Follow-Token`), or the id.
public final class Open311 {
  private static final String ROOT = "/open311/v2";
  private static final String SPECIFICATION = "http://wiki.open311.org/GeoReport_v2";
  private static final String CHANGESET = "2026-11-23T00:00:00Z";
  private static final int BODY = 256 * 1024;

  /// "Default query limit is a span of 90 days or first 1000 requests returned, whichever is
  /// smallest."
  private static final Duration SPAN = Duration.ofDays(90);

  private static final int MOST = 1_000;
  private static final Set<String> OPEN = Set.of("OPEN", "ACCEPTED");
  private static final Set<String> CLOSED = Set.of("CLOSED", "HANDED_OVER");

  private final Programme programme;
  private final Authenticator authenticator;
  private final Open311Settings settings;
  private final Supplier<List<Address>> tenants;
  private final Supplier<String> publicRoot;
  private final Sheet sheet;
  private final Allowance allowance;
  private final InstantSource clock;

  /// @param tenants those there are; each is a jurisdiction
  /// @param publicRoot where others reach this server
  /// @param organisationName of an organisation by its id, for `agency_responsible`
  public Open311(
      Programme programme,
      Authenticator authenticator,
      Open311Settings settings,
      Supplier<List<Address>> tenants,
      Supplier<String> publicRoot,
      Function<String, Optional<String>> organisationName,
      InstantSource clock) {
    this.programme = programme;
    this.authenticator = authenticator;
    this.settings = settings;
    this.tenants = tenants;
    this.publicRoot = publicRoot;
    this.sheet = new Sheet(organisationName);
    this.allowance = new Allowance(settings.anonymousPerHour(), clock);
    this.clock = clock;
  }

  public Routes routes() {
    // What fails before the form of the answer is known is told in the form that all must offer.
    var routes = new Routes(Format.XML::answer, BODY);
    for (var format : Format.values()) {
      var end = "." + format.extension();
      routes
          .get(ROOT + "/discovery" + end, Right.anyone(), in(format, this::discovery))
          .get(ROOT + "/services" + end, Right.anyone(), in(format, this::services))
          .get(ROOT + "/requests" + end, Right.anyone(), in(format, this::requests))
          .post(ROOT + "/requests" + end, Right.anyone(), in(format, this::report));
    }
    return routes
        .get(ROOT + "/services/{document}", Right.anyone(), named(this::definition))
        .get(ROOT + "/requests/{document}", Right.anyone(), named(this::request))
        .get(ROOT + "/tokens/{document}", Right.anyone(), named(this::token));
  }

  private static Handler in(Format format, BiConsumer<Exchange, Format> answer) {
    return exchange -> {
      try {
        answer.accept(exchange, format);
      } catch (Refusal refusal) {
        var error = format.answer(refusal);
        exchange.send(error.status(), error.contentType(), error.body());
      }
    };
  }

  /// Answers about what the path's last part names.
  @FunctionalInterface
  private interface Naming {
    void answer(Exchange exchange, Format format, String name);
  }

  private static Handler named(Naming naming) {
    return exchange -> {
      var document = Format.named(exchange.parameter("document"));
      in(document.format(), (e, format) -> naming.answer(e, format, document.name()))
          .handle(exchange);
    };
  }

  private void discovery(Exchange exchange, Format format) {
    var root = publicRoot.get();
    var formats = new ArrayList<Value>();
    for (var one : List.of("text/xml", "application/json")) formats.add(Value.of(one));
    var endpoint =
        new Value.Struct(
            ordered(
                "specification", Value.of(SPECIFICATION),
                "url", Value.of(root + ROOT),
                "changeset", Value.of(CHANGESET),
                "type", Value.of("production"),
                "formats", new Value.Items(formats)));
    format.send(
        exchange,
        200,
        "discovery",
        new Value.Struct(
            ordered(
                "changeset", Value.of(CHANGESET),
                "contact", Value.of(settings.contact()),
                "key_service", Value.of("Sign in and take a personal key: " + root + "/build"),
                "endpoints", Sheet.list(endpoint))));
  }

  private void services(Exchange exchange, Format format) {
    var jurisdiction = jurisdiction(exchange.query("jurisdiction_id"));
    var services = new ArrayList<Value>();
    for (var category : programme.demand().faults().categories(jurisdiction))
      services.add(Sheet.service(category));
    format.send(exchange, 200, "services", new Value.Items(services));
  }

  private void definition(Exchange exchange, Format format, String code) {
    var jurisdiction = jurisdiction(exchange.query("jurisdiction_id"));
    format.send(
        exchange,
        200,
        "service_definition",
        Sheet.definition(programme.demand().faults().category(jurisdiction, code)));
  }

  /// Needs a key unless the operator lets anybody report. The reporter is the key's owner.
  private void report(Exchange exchange, Format format) {
    if (!exchange.contentType().equals("application/x-www-form-urlencoded"))
      throw new Refusal.Invalid(
          "a report must come as Content-Type: application/x-www-form-urlencoded, not '"
              + exchange.contentType()
              + "'");
    var form = new Report(exchange.formValues());
    var jurisdiction =
        jurisdiction(form.find("jurisdiction_id", 200).or(() -> exchange.query("jurisdiction_id")));
    var caller = caller(exchange, form, jurisdiction);
    var outcome = programme.demand().faults().report(caller, form.fault());
    if (outcome.answers().get("token") instanceof Value.Text(var token))
      exchange.setHeader("Plaza-Follow-Token", token);
    format.send(
        exchange,
        200,
        "service_requests",
        Sheet.receipt(outcome.record(), form.find("account_id", 300)));
  }

  private Caller caller(Exchange exchange, Report form, Address jurisdiction) {
    var key = form.find("api_key", 500).or(() -> exchange.query("api_key"));
    var known = key.isPresent() ? owner(key.get()) : exchange.caller();
    if (!known.isAnonymous()) return Caller.of(known.actor(), jurisdiction);
    if (!settings.anonymous())
      throw new Refusal.Forbidden(
          "reports need an api_key here; sign in and take a personal key, or ask the operator to"
              + " allow faults.anonymous");
    allowance.use(exchange.remoteAddress());
    return Caller.anonymous(jurisdiction, exchange.header("X-Follow-Token").orElse(null));
  }

  private plaza.access.Caller owner(String key) {
    try {
      return authenticator.fromKey(key);
    } catch (Refusal.Unauthenticated unknown) {
      // As the specification has it: "403 - Missing or invalid API key".
      throw new Refusal.Forbidden("the api_key does not work: " + unknown.getMessage());
    }
  }

  private void requests(Exchange exchange, Format format) {
    var jurisdiction = jurisdiction(exchange.query("jurisdiction_id"));
    var ids = list(exchange, "service_request_id");
    var found =
        ids.isEmpty()
            ? programme.demand().faults().search(jurisdiction, search(exchange))
            : ids.stream()
                .limit(MOST)
                .flatMap(id -> programme.demand().faults().find(jurisdiction, id).stream())
                .toList();
    send(exchange, format, found);
  }

  private void request(Exchange exchange, Format format, String id) {
    var jurisdiction = jurisdiction(exchange.query("jurisdiction_id"));
    send(exchange, format, List.of(get(jurisdiction, id)));
  }

  private void send(Exchange exchange, Format format, List<Dossier> faults) {
    var shown = faults.stream().map(sheet::request).toList();
    format.send(exchange, 200, "service_requests", new Value.Items(shown));
  }

  private Dossier get(Address jurisdiction, String id) {
    return programme
        .demand()
        .faults()
        .find(jurisdiction, id)
        .orElseThrow(() -> new Refusal.NotFound("service_request_id " + id + " was not found"));
  }

  private void token(Exchange exchange, Format format, String token) {
    var jurisdiction = jurisdiction(exchange.query("jurisdiction_id"));
    var fault =
        programme
            .demand()
            .faults()
            .find(jurisdiction, token)
            .or(() -> programme.demand().faults().findByToken(jurisdiction, token))
            .orElseThrow(() -> new Refusal.NotFound("the token was not found"));
    format.send(exchange, 200, "service_requests", Sheet.token(fault, token));
  }

  /// A missing bound lies 90 days from the one that is given, the later no later than now.
  private FaultSearch search(Exchange exchange) {
    var start = moment(exchange, "start_date");
    var end = moment(exchange, "end_date");
    var now = clock.instant();
    var until = end.orElseGet(() -> start.map(s -> s.plus(SPAN)).orElse(now));
    var from = start.orElseGet(() -> until.minus(SPAN));
    if (until.isBefore(from))
      throw new Refusal.Invalid("end_date " + until + " is before start_date " + from);
    if (from.plus(SPAN).isBefore(until))
      throw new Refusal.Invalid(
          "start_date and end_date may span at most 90 days; ask for parts of "
              + from
              + " to "
              + until);
    var states = new LinkedHashSet<String>();
    for (var status : list(exchange, "status"))
      switch (status) {
        case "open" -> states.addAll(OPEN);
        case "closed" -> states.addAll(CLOSED);
        default ->
            throw new Refusal.Invalid("status must be open, closed or both, not '" + status + "'");
      }
    return new FaultSearch(Set.copyOf(list(exchange, "service_code")), states, from, until, MOST);
  }

  /// Values declared with commas, or by declaring the name again.
  private static List<String> list(Exchange exchange, String name) {
    var values = new LinkedHashSet<String>();
    for (var one : exchange.queries(name))
      for (var part : one.split(",", -1)) if (!part.isBlank()) values.add(part.strip());
    return List.copyOf(values);
  }

  private static Optional<Instant> moment(Exchange exchange, String name) {
    return exchange
        .query(name)
        .filter(text -> !text.isBlank())
        .map(text -> {
          try {
            return Moments.parse(text.strip());
          } catch (DateTimeParseException e) {
            throw new Refusal.Invalid(
                name + " must be in W3C format such as 2026-01-01T00:00:00Z, not '" + text + "'");
          }
        });
  }

  /// The tenant that a jurisdiction is: by the operator's names, or its own. Without one, the
  /// server's first city.
  private Address jurisdiction(Optional<String> id) {
    if (id.isEmpty() || id.get().isBlank()) return Address.DEFAULT;
    var tenant = settings.jurisdictions().getOrDefault(id.get(), id.get());
    return tenants.get().stream()
        .filter(one -> one.tenant().equals(tenant))
        .findFirst()
        .orElseThrow(() -> new Refusal.NotFound("jurisdiction_id " + id.get() + " was not found"));
  }
}
