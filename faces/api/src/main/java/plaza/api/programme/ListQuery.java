package plaza.api.programme;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import plaza.graph.Refusal;
import plaza.programme.directory.Ask;
import plaza.programme.record.Dossiers.Having;
import plaza.web.Exchange;

/// What can be asked of every list of records, in the query of its address.
///
/// - fields and the text they must have: `state=PUBLISHED&cluster=urn:…`
/// - `q`: words that what the record says begins with, or pairs of signs that are in it
/// - `near=121.54,25.03` and `radius=500`: within so many meters of a place, the nearest first
/// - `sort`: `newest` (unless said), `oldest`, `supporters`, `title`, `distance`
/// - `offset` and `limit` (100 unless said, 1,000 at most)
///
/// The answer says how many there are on all pages (`X-Total-Count`), and where the pages before
/// and after it are (`Link`, RFC 8288).
final class ListQuery {
  private static final Set<String> NO_FIELDS =
      Set.of("limit", "offset", "token", "q", "near", "radius", "sort");
  private static final int LIMIT = 100;
  private static final int RADIUS_METERS = 1_000;

  private ListQuery() {}

  static Ask ask(Exchange exchange) {
    var having = new ArrayList<Having>();
    for (var name : exchange.queryNames())
      if (!NO_FIELDS.contains(name)) having.add(new Having(name, exchange.query(name).orElse("")));
    int limit = exchange.query("limit", LIMIT);
    if (limit < 1) throw new Refusal.Invalid("limit must be 1 to 1000 and offset not negative");
    var near = near(exchange);
    return new Ask(
        having,
        exchange.query("q").orElse(""),
        near,
        order(exchange, near),
        exchange.query("offset", 0),
        limit);
  }

  private static Ask.@Nullable Near near(Exchange exchange) {
    var text = exchange.query("near");
    if (text.isEmpty()) return null;
    var parts = text.get().split(",", -1);
    if (parts.length != 2)
      throw new Refusal.Invalid(
          "near must be longitude,latitude such as 121.54,25.03, not '" + text.get() + "'");
    return new Ask.Near(
        new Coordinate(number("near", parts[0]), number("near", parts[1])),
        exchange
            .query("radius")
            .map(meters -> number("radius", meters))
            .orElse(1.0 * RADIUS_METERS));
  }

  private static double number(String name, String text) {
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      throw new Refusal.Invalid(name + " must be a number where it says '" + text + "'");
    }
  }

  private static Ask.Order order(Exchange exchange, Ask.@Nullable Near near) {
    var sort = exchange.query("sort").orElse(near == null ? "newest" : "distance");
    return switch (sort) {
      case "newest" -> Ask.Order.NEWEST;
      case "oldest" -> Ask.Order.OLDEST;
      case "supporters" -> Ask.Order.SUPPORTED;
      case "title" -> Ask.Order.TITLE;
      case "distance" -> Ask.Order.NEAREST;
      default ->
          throw new Refusal.Invalid(
              "sort must be newest, oldest, supporters, title or distance, not '" + sort + "'");
    };
  }

  static void tell(Exchange exchange, Ask ask, long total) {
    exchange.setHeader("X-Total-Count", Long.toString(total));
    var links = new ArrayList<String>();
    if (ask.offset() > 0)
      links.add(link(exchange, Math.max(0, ask.offset() - ask.limit()), "prev"));
    if ((long) ask.offset() + ask.limit() < total)
      links.add(link(exchange, ask.offset() + ask.limit(), "next"));
    if (!links.isEmpty()) exchange.setHeader("Link", String.join(", ", links));
  }

  private static String link(Exchange exchange, int offset, String relation) {
    var query = new StringBuilder();
    for (var name : exchange.queryNames())
      // A token in a link would stay wherever the link is kept.
      if (!List.of("offset", "token").contains(name))
        query.append(encoded(name)).append('=').append(value(exchange, name)).append('&');
    return "<" + exchange.path() + "?" + query + "offset=" + offset + ">; rel=\"" + relation + "\"";
  }

  private static String value(Exchange exchange, String name) {
    return encoded(exchange.query(name).orElse(""));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
