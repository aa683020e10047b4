package plaza.portal.page;

import java.util.Map;
import plaza.graph.Refusal;
import plaza.web.Exchange;

/// Forms as they come in.
public final class Forms {
  private Forms() {}

  /// A form that one of our own pages sent. Who has no session has no token to send either: then
  /// the browser's own word counts, so that nobody acts here from a page elsewhere without knowing.
  public static Map<String, String> ofOurs(Exchange exchange) {
    if (exchange.header("Sec-Fetch-Site").orElse("none").equals("cross-site"))
      throw new Refusal.Forbidden("this form was sent from another site; open it here instead");
    return exchange.form();
  }
}
