package plaza.portal.story;

import java.time.Duration;
import java.util.Optional;
import plaza.graph.Address;
import plaza.graph.Value;
import plaza.portal.page.Seen;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Outcome;
import plaza.programme.record.Ids;
import plaza.programme.record.Kind;
import plaza.web.Exchange;

/// Who a visitor is to the programme: a signed-in person, or whoever holds the token of this
/// browser. One token serves for everything a browser does, so that it counts as one person.
public final class Visitors {
  private static final String COOKIE = "plaza_follow";
  private static final Duration KEPT = Duration.ofDays(400);

  private final Address address;

  public Visitors(Address address) {
    this.address = address;
  }

  /// The id of a record from its address: the last part of it, or all of it.
  public static String id(Kind kind, String parameter) {
    return parameter.startsWith("urn:") ? parameter : Ids.id(kind, parameter);
  }

  public Caller caller(Exchange exchange) {
    var caller = exchange.caller();
    return caller.isAnonymous()
        ? Caller.anonymous(address, token(exchange).orElse(null))
        : Caller.of(caller.actor(), address);
  }

  public Optional<String> token(Exchange exchange) {
    return exchange.cookie(COOKIE).filter(token -> token.matches("[0-9A-Z]{16,64}"));
  }

  /// Keeps the token that a command gave out, for this browser.
  public void remember(Exchange exchange, Outcome outcome) {
    new Seen(new Value.Struct(outcome.answers()))
        .findText("token")
        .ifPresent(token -> remember(exchange, token));
  }

  /// Ends what the browser remembers.
  public void forget(Exchange exchange) {
    exchange.setCookie(COOKIE, "", Duration.ZERO);
  }

  public void remember(Exchange exchange, String token) {
    exchange.setCookie(COOKIE, token, KEPT);
  }
}
