package plaza.ngsild.subscription;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.ngsild.context.Context;
import plaza.ngsild.represent.Conformance;
import plaza.ngsild.represent.Join;
import plaza.ngsild.represent.Representation;
import plaza.ngsild.subscription.delivery.Header;

/// How a subscriber is told (clauses 5.2.14, 5.2.15, 6.3.8).
///
/// @param join how linked entities come along
/// @param showChanges what was before is told too
/// @param conformance the version of the standard the subscriber knows
/// @param context names are compacted by it
/// @param link the URL of the context
record Manner(
    Destination destination,
    Representation representation,
    Join join,
    boolean showChanges,
    Conformance conformance,
    Context context,
    String link) {
  /// Clause 6.3.8: whether the body carries the context, or the Link header does.
  boolean contextInBody() {
    return switch (destination.accept()) {
      case JSON -> false;
      case JSON_LD -> true;
      case GEO_JSON -> destination.headers().stream().noneMatch(Manner::prefersJson);
    };
  }

  /// What goes in headers beside a notification (clauses 6.3.8, 6.3.14, 6.3.22).
  ///
  /// @param contextInBody whether the body carries the context itself
  /// @param snapshot id of the snapshot it tells of; null for none
  List<Header> headers(boolean contextInBody, String tenant, @Nullable String snapshot) {
    var headers = new ArrayList<>(destination.headers());
    if (!contextInBody && destination.headers().stream().noneMatch(Manner::namesContext))
      headers.add(
          new Header(
              "Link",
              "<"
                  + link
                  + ">; rel=\"http://www.w3.org/ns/json-ld#context\"; type=\"application/ld+json\""));
    if (!tenant.equals(Address.DEFAULT_TENANT)) headers.add(new Header("NGSILD-Tenant", tenant));
    if (snapshot != null) headers.add(new Header("NGSILD-Snapshot", snapshot));
    return headers;
  }

  /// Clause 5.2.15: `receiverInfo` may say where the context is; a second Link would contradict it.
  private static boolean namesContext(Header header) {
    return header.name().equalsIgnoreCase("Link")
        && header.value().contains("http://www.w3.org/ns/json-ld#context");
  }

  private static boolean prefersJson(Header header) {
    return header.name().equalsIgnoreCase("Prefer")
        && header.value().replace(" ", "").equals("body=json");
  }
}
