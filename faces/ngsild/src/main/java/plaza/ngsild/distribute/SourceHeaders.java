package plaza.ngsild.distribute;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.ngsild.source.KeyValue;
import plaza.ngsild.source.Source;

/// The headers of a request to a source (clauses 4.3.6.4 to 4.3.6.6, 6.3.14, 6.3.18).
final class SourceHeaders {
  /// What `contextSourceInfo` cannot set: it has a meaning of its own, or belongs to the
  /// connection.
  private static final Set<String> NOT_INFO =
      Set.of(
          "accept",
          "connection",
          "content-length",
          "content-type",
          "contenttype",
          "expect",
          "host",
          "jsonldcontext",
          "keep-alive",
          "link",
          "ngsild-tenant",
          "ngsildconformance",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "via");

  /// How Plaza's own keys begin: they open this server and are nobody else's business.
  private static final String OWN_KEY = "plz_";

  private final Passage passage;
  private final Source source;
  private final Dialect dialect;

  SourceHeaders(Passage passage, Source source, Dialect dialect) {
    this.passage = passage;
    this.source = source;
    this.dialect = dialect;
  }

  Map<String, String> of(Sources.@Nullable Payload body) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("Accept", accept());
    if (body != null)
      headers.put(
          "Content-Type", body.carriesContext() ? "application/ld+json" : "application/json");
    if (dialect.link() != null && (body == null || !body.carriesContext()))
      headers.put(
          "Link",
          "<"
              + dialect.link()
              + ">; rel=\"http://www.w3.org/ns/json-ld#context\"; type=\"application/ld+json\"");
    if (source.tenant() != null) headers.put("NGSILD-Tenant", source.tenant());
    headers.put("Via", passage.viaHeader());
    for (var one : source.info()) {
      if (NOT_INFO.contains(one.key().toLowerCase(Locale.ROOT))) continue;
      var value = value(one);
      if (value != null) headers.put(one.key(), value);
    }
    return headers;
  }

  private String accept() {
    var wanted = source.info("accept").orElse("");
    return wanted.equals("application/ld+json") ? wanted : "application/json";
  }

  private @Nullable String value(KeyValue one) {
    if (!one.value().equals(KeyValue.FROM_REQUEST)) return one.value();
    if (one.key().equalsIgnoreCase("Cookie")) return null;
    var given = passage.headers().apply(one.key());
    return given == null || given.contains(OWN_KEY) ? null : given;
  }
}
