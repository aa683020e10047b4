package plaza.api.programme;

import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.procedure.Caller;
import plaza.web.Exchange;

/// A request in the programme's words.
final class Asking {
  /// What an anonymous author was given to follow a need with.
  static final String TOKEN = "X-Follow-Token";

  private Asking() {}

  static Caller caller(Exchange exchange) {
    var address = Address.tenant(exchange.header("NGSILD-Tenant").orElse(Address.DEFAULT_TENANT));
    var caller = exchange.caller();
    return caller.isAnonymous()
        ? Caller.anonymous(
            address, exchange.header(TOKEN).or(() -> exchange.query("token")).orElse(null))
        : Caller.of(caller.actor(), address);
  }

  static String id(Exchange exchange) {
    return exchange.parameter("id");
  }

  /// The body as an object; an empty body is an empty object.
  static Value.Struct body(Exchange exchange) {
    return exchange.body().length == 0
        ? Value.Struct.EMPTY
        : new Value.Struct(exchange.jsonObject());
  }

  /// The version in If-Match (RFC 9110 §13.1.1); null when none or `*` is sent.
  static @Nullable Long expectedVersion(Exchange exchange) {
    var header = exchange.header("If-Match").orElse("*").strip();
    if (header.equals("*")) return null;
    try {
      return Long.parseLong(header.replaceFirst("^W/", "").replace("\"", ""));
    } catch (NumberFormatException e) {
      throw new Refusal.Invalid(
          "If-Match must be the ETag that came with the record, such as \"42\", not " + header);
    }
  }
}
