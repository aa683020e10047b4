package plaza.web;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import plaza.access.Authenticator;
import plaza.access.Caller;
import plaza.graph.Refusal;

/// All routes as one HTTP service: finds out who calls, keeps each route's right, guards forms
/// against forgery, and turns refusals into answers.
public final class Site {
  private static final System.Logger LOG = System.getLogger(Site.class.getName());
  private static final HeaderName API_KEY = HeaderNames.create("X-API-Key");
  private static final HeaderName CSRF = HeaderNames.create("X-CSRF-Token");
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  private final Authenticator authenticator;
  private final Observer observer;
  private final List<Route> routes;
  private Errors errorsForPeople = Errors.PROBLEM;
  private Visits visits = (_, _) -> {};
  private ForeignPages foreignPages = ForeignPages.NONE;

  /// Hears of every request of somebody known that was answered as asked; must be quick.
  @FunctionalInterface
  public interface Visits {
    void visited(Caller caller, Exchange exchange);
  }

  /// Hears of every answered request, for metrics and the access log.
  @FunctionalInterface
  public interface Observer {
    void answered(Route route, int status, long nanos);
  }

  public Site(Authenticator authenticator, Observer observer, List<Routes> faces) {
    this.authenticator = authenticator;
    this.observer = observer;
    this.routes = faces.stream().flatMap(face -> face.list().stream()).toList();
  }

  /// How a browser is told that an address leads nowhere; programs get problem+json.
  public Site tellingPeople(Errors errors) {
    errorsForPeople = errors;
    return this;
  }

  /// Who counts the users of services.
  public Site counting(Visits counter) {
    visits = counter;
    return this;
  }

  /// Whose pages may call it from a browser.
  public Site admitting(ForeignPages pages) {
    foreignPages = pages;
    return this;
  }

  /// Every route there is; a test walks them.
  public List<Route> routes() {
    return routes;
  }

  public HttpRouting.Builder routing() {
    // One lookup of our own: the framework would try route after route.
    var tree = new RouteTree(routes);
    return HttpRouting.builder().any((request, response) -> dispatch(tree, request, response));
  }

  /// How requests are answered that are no proper HTTP.
  public DirectHandlers malformed() {
    return new Malformed(this::errorsBeside).handlers();
  }

  private void dispatch(RouteTree tree, ServerRequest request, ServerResponse response) {
    var found = tree.find(request.path().rawPath());
    if (found == null) refuseAddress(request, response);
    else {
      var route = found.route(request.prologue().method().text());
      if (route == null) refuseMethod(found.byMethod(), request, response);
      else serve(route, found.parameters(), request, response);
    }
    if (request.headers().containsToken(HeaderValues.CONNECTION_CLOSE)) end(request);
  }

  /// Ends the connection as the client asked (RFC 9112 §9.6). The framework would go on with it,
  /// and take what was left unread of this request for the next one.
  private static void end(ServerRequest request) {
    try {
      // Else the unread rest makes the system reset the connection before the answer is read.
      if (!request.content().consumed()) request.content().consume();
    } catch (RuntimeException brokenOff) {
      throw new CloseConnectionException("the request broke off", brokenOff);
    }
    throw new CloseConnectionException("the client asked for it");
  }

  private void refuseAddress(ServerRequest request, ServerResponse response) {
    var exchange = new Exchange(request, response, Caller.ANONYMOUS, Map.of(), 0);
    boolean browser = exchange.header(HeaderNames.ACCEPT).orElse("").contains("text/html");
    var errors = browser ? errorsForPeople : errorsBeside(exchange.path());
    foreignPages.admit(request.headers(), response.headers());
    echo(errors, exchange);
    exchange.send(errors.answer(new Refusal.NotFound("there is nothing at " + exchange.path())));
  }

  /// The errors of the face that the first segments of an address lead to.
  private Errors errorsBeside(String path) {
    for (var route : routes) {
      int version = route.path().indexOf('/', route.path().indexOf('/', 1) + 1);
      if (version > 0 && (path + "/").startsWith(route.path().substring(0, version + 1)))
        return route.errors();
    }
    return Errors.PROBLEM;
  }

  private void serve(
      Route route, Map<String, String> parameters, ServerRequest request, ServerResponse response) {
    long start = System.nanoTime();
    Caller caller = Caller.ANONYMOUS;
    try {
      foreignPages.admit(request.headers(), response.headers());
      caller = caller(request);
      var exchange = new Exchange(request, response, caller, parameters, route.maxBodyBytes());
      if (!route.right().allows(caller)) throw refused(route, caller);
      requireToken(caller, exchange);
      route.handler().handle(exchange);
      // A face may answer a refusal itself.
      if (!caller.isAnonymous() && response.status().code() < 400) visits.visited(caller, exchange);
    } catch (Refusal refusal) {
      fail(request, response, caller, route.errors(), route.errors().answer(refusal));
    } catch (PackedBodies.UnknownCoding unknown) {
      var refusal = new Refusal.Unsupported(String.valueOf(unknown.getMessage()));
      fail(request, response, caller, route.errors(), route.errors().answer(refusal).as(415));
    } catch (Exception e) {
      LOG.log(System.Logger.Level.ERROR, route.method() + " " + request.path().path(), e);
      fail(request, response, caller, route.errors(), mistake(route.errors()));
    }
    observer.answered(route, response.status().code(), System.nanoTime() - start);
  }

  private static Errors.Answer mistake(Errors errors) {
    return errors.mistake(
        new Refusal.Unavailable(
            "Plaza made a mistake here and wrote it to its log; nothing else is affected"));
  }

  private void fail(
      ServerRequest request,
      ServerResponse response,
      Caller caller,
      Errors errors,
      Errors.Answer answer) {
    if (response.isSent()) return;
    response.headers().clear();
    foreignPages.admit(request.headers(), response.headers());
    var exchange = new Exchange(request, response, caller, Map.of(), 0);
    echo(errors, exchange);
    if (answer.status() == 415) exchange.setHeader("Accept-Encoding", PackedBodies.TAKEN);
    exchange.send(answer);
  }

  private static void echo(Errors errors, Exchange exchange) {
    for (var name : errors.echoed())
      exchange.header(name).ifPresent(value -> exchange.setHeader(name, value));
  }

  /// A key beats a session; both may be absent.
  private Caller caller(ServerRequest request) {
    var headers = request.headers();
    if (headers.contains(API_KEY)) return authenticator.fromKey(headers.get(API_KEY).get());
    if (headers.contains(HeaderNames.AUTHORIZATION)) {
      var authorization = headers.get(HeaderNames.AUTHORIZATION).get();
      if (authorization.regionMatches(true, 0, "Bearer ", 0, 7))
        return authenticator.fromKey(authorization.substring(7).strip());
    }
    var session = Exchange.cookie(request, Exchange.SESSION_COOKIE);
    if (session.isEmpty()) return authenticator.anonymous();
    try {
      return authenticator.fromSession(session.get());
    } catch (Refusal.Unauthenticated over) {
      // An old cookie must not lock anybody out of the public pages.
      return authenticator.anonymous();
    }
  }

  private static Refusal refused(Route route, Caller caller) {
    var sentence = route.method() + " " + route.path() + " is for " + route.right().sentence();
    return caller.isAnonymous()
        ? new Refusal.Unauthenticated(sentence + "; sign in or send a key as X-API-Key")
        : new Refusal.Forbidden(sentence);
  }

  /// A browser sends the session cookie whoever wrote the form; only our own pages know the token.
  private static void requireToken(Caller caller, Exchange exchange) {
    var token = caller.csrf();
    if (token == null || SAFE.contains(exchange.method())) return;
    var sent = exchange.header(CSRF).orElse(null);
    if (sent == null && exchange.contentType().equals("application/x-www-form-urlencoded"))
      sent = exchange.form().get("_csrf");
    if (!token.equals(sent))
      throw new Refusal.Forbidden(
          "the form has no valid token of this session; load the page again and send it once more");
  }

  private void refuseMethod(
      Map<String, Route> methods, ServerRequest request, ServerResponse response) {
    var route = methods.values().iterator().next();
    var exchange = new Exchange(request, response, Caller.ANONYMOUS, Map.of(), 0);
    var allowed = new TreeSet<>(methods.keySet());
    if (allowed.contains("GET")) allowed.add("HEAD");
    allowed.add("OPTIONS");
    exchange.setHeader("Allow", String.join(", ", allowed));
    if (allowed.contains("PATCH"))
      exchange.setHeader("Accept-Patch", String.join(", ", route.errors().patches()));
    foreignPages.preflight(request.headers(), response.headers(), allowed);
    echo(route.errors(), exchange);
    if (exchange.method().equals("OPTIONS")) {
      exchange.send(204);
      return;
    }
    var answer =
        route
            .errors()
            .answer(
                new Refusal.Unsupported(
                    exchange.method()
                        + " is not offered at "
                        + exchange.path()
                        + "; use "
                        + String.join(", ", methods.keySet())));
    exchange.send(answer.as(405));
  }
}
