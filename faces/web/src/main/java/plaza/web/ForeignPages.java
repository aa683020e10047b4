package plaza.web;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.ServerResponseHeaders;
import java.util.Collection;
import java.util.Set;
import plaza.graph.Refusal;

/// Whose web pages may call this server from a browser (the CORS protocol of WHATWG's Fetch). To
/// the pages of all other origins the browser does not show what was answered.
///
/// Such pages never act as somebody who is signed in here: a browser may not send cookies for them.
/// They send a key, or are nobody.
///
/// Own code, because the web framework's module for this (helidon-webserver-cors 4.5) answers every
/// request of another origin by a bare 403, our own forms behind a proxy that ends TLS among them,
/// says `Vary: Origin` only to whom it admits, so that caches mix answers up, and names the methods
/// of all routes alike.
///
/// @param origins such as `https://map.example.org`; `*` for all
public record ForeignPages(Set<String> origins) {
  public static final ForeignPages NONE = new ForeignPages(Set.of());

  private static final HeaderName ASKED_METHOD =
      HeaderNames.create("Access-Control-Request-Method");
  private static final HeaderName ALLOWED_ORIGIN =
      HeaderNames.create("Access-Control-Allow-Origin");
  private static final HeaderName ALLOWED_METHODS =
      HeaderNames.create("Access-Control-Allow-Methods");
  private static final Header ALL_ORIGINS = HeaderValues.createCached(ALLOWED_ORIGIN, "*");
  private static final Header ALL_SHOWN =
      HeaderValues.createCached("Access-Control-Expose-Headers", "*");
  // The asterisk does not stand for Authorization.
  private static final Header ALL_SENT =
      HeaderValues.createCached("Access-Control-Allow-Headers", "*, Authorization");
  private static final Header TEN_MINUTES =
      HeaderValues.createCached("Access-Control-Max-Age", "600");
  private static final Header BY_ORIGIN = HeaderValues.createCached(HeaderNames.VARY, "Origin");

  public ForeignPages {
    origins = Set.copyOf(origins);
    for (var origin : origins)
      if (!origin.equals("*") && !origin.matches("https?://[^/\\s]+"))
        throw new Refusal.Invalid(
            "an origin is http:// or https:// and a host, without a path, or * for all, not '"
                + origin
                + "'");
  }

  void admit(ServerRequestHeaders asked, ServerResponseHeaders answered) {
    if (origins.isEmpty()) return;
    boolean all = origins.contains("*");
    if (!all) answered.add(BY_ORIGIN);
    if (!asked.contains(HeaderNames.ORIGIN)) return;
    var origin = asked.get(HeaderNames.ORIGIN).get();
    if (all) answered.set(ALL_ORIGINS);
    else if (origins.contains(origin)) answered.set(ALLOWED_ORIGIN, origin);
    else return;
    answered.set(ALL_SHOWN);
  }

  /// Answers what a browser asks before it sends more than a plain form.
  void preflight(
      ServerRequestHeaders asked, ServerResponseHeaders answered, Collection<String> methods) {
    admit(asked, answered);
    if (!asked.contains(ASKED_METHOD) || !answered.contains(ALLOWED_ORIGIN)) return;
    answered.set(ALLOWED_METHODS, String.join(", ", methods));
    answered.set(ALL_SENT);
    answered.set(TEN_MINUTES);
  }
}
