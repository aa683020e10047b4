package plaza.portal.account;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import plaza.access.Access;
import plaza.access.session.Sessions;
import plaza.graph.Refusal;
import plaza.portal.page.Forms;
import plaza.portal.page.Page;
import plaza.portal.page.Pages;
import plaza.web.Exchange;
import plaza.web.Right;
import plaza.web.Routes;

/// Signing in and out, an account of one's own, and the first administrator's.
public final class AccountPages {
  private final Pages pages;
  private final Access access;
  private final Duration sessionLongest;

  /// @param sessionLongest how long a browser keeps the session's cookie
  public AccountPages(Pages pages, Access access, Duration sessionLongest) {
    this.pages = pages;
    this.access = access;
    this.sessionLongest = sessionLongest;
  }

  public Routes routes(Routes routes) {
    return routes
        .get("/sign-in", Right.anyone(), e -> showSignIn(e, 200, "", next(e.query("next"))))
        .post("/sign-in", Right.anyone(), this::signIn)
        .post("/sign-out", Right.anyone(), this::signOut)
        .get("/register", Right.anyone(), e -> showRegister(e, 200, "", "", ""))
        .post("/register", Right.anyone(), this::register)
        .get("/set-up", Right.anyone(), e -> showSetup(e, 200, "", e.query("token").orElse("")))
        .post("/set-up", Right.anyone(), this::setUp);
  }

  private void showSignIn(Exchange exchange, int status, String trouble, String next) {
    pages.show(
        exchange,
        status,
        Page.of("Sign in", "Sign in to support needs and to work in the programme.", "account"),
        "signin",
        Map.of("trouble", trouble, "next", next));
  }

  private void signIn(Exchange exchange) {
    var form = Forms.ofOurs(exchange);
    var next = next(Optional.ofNullable(form.get("next")));
    try {
      begin(
          exchange,
          access
              .signIn()
              .signIn(
                  form.getOrDefault("name", ""),
                  form.getOrDefault("password", ""),
                  exchange.remoteAddress()));
      exchange.redirect(next);
    } catch (Refusal.Unauthenticated | Refusal.Invalid | Refusal.TooMany refused) {
      int status = refused instanceof Refusal.TooMany ? 429 : 401;
      showSignIn(exchange, status, String.valueOf(refused.getMessage()), next);
    }
  }

  private void signOut(Exchange exchange) {
    Forms.ofOurs(exchange);
    var session = exchange.caller().session();
    if (session != null) access.signIn().signOut(exchange.caller().actor(), session);
    exchange.setCookie(Exchange.SESSION_COOKIE, "", Duration.ZERO).redirect("/");
  }

  private void showRegister(
      Exchange exchange, int status, String trouble, String name, String displayName) {
    pages.show(
        exchange,
        status,
        Page.of(
            "Create an account", "An account lets you support needs and follow them.", "account"),
        "register",
        Map.of("trouble", trouble, "name", name, "displayName", displayName));
  }

  private void register(Exchange exchange) {
    var form = Forms.ofOurs(exchange);
    var name = form.getOrDefault("name", "");
    var displayName = form.getOrDefault("displayName", "");
    try {
      begin(
          exchange,
          access
              .signIn()
              .register(
                  name,
                  displayName,
                  null,
                  form.getOrDefault("password", ""),
                  exchange.remoteAddress()));
      exchange.redirect("/");
    } catch (Refusal.Invalid | Refusal.AlreadyExists | Refusal.TooMany refused) {
      showRegister(exchange, 400, String.valueOf(refused.getMessage()), name, displayName);
    }
  }

  private void showSetup(Exchange exchange, int status, String trouble, String token) {
    if (!access.setup().isNeeded())
      throw new Refusal.NotFound("this city is set up already; sign in instead");
    pages.show(
        exchange,
        status,
        Page.of("Set up", "The first administrator of this city.", "account"),
        "setup",
        Map.of("trouble", trouble, "token", token));
  }

  private void setUp(Exchange exchange) {
    var form = Forms.ofOurs(exchange);
    var token = form.getOrDefault("token", "");
    try {
      var email = form.getOrDefault("email", "").strip();
      var password = form.getOrDefault("password", "");
      var person =
          access
              .setup()
              .finish(
                  token,
                  form.getOrDefault("name", ""),
                  form.getOrDefault("displayName", ""),
                  email.isEmpty() ? null : email,
                  password);
      begin(exchange, access.signIn().signIn(person.name(), password, exchange.remoteAddress()));
      exchange.redirect("/");
    } catch (Refusal.Invalid | Refusal.Forbidden refused) {
      showSetup(exchange, 400, String.valueOf(refused.getMessage()), token);
    }
  }

  private void begin(Exchange exchange, Sessions.Begun begun) {
    exchange.setCookie(Exchange.SESSION_COOKIE, begun.token(), sessionLongest);
  }

  /// Only a path of this site.
  private static String next(Optional<String> asked) {
    return asked
        .filter(path -> path.startsWith("/") && !path.startsWith("//") && path.indexOf('\\') < 0)
        .orElse("/");
  }
}
