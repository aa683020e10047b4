package plaza.ngsild.subscription;

import plaza.graph.Names;

/// What is subscribed to.
enum Kind {
  /// Changes of entities (clause 5.8).
  ENTITIES("Subscription", "urn:plaza:subscription:"),
  /// Changes of registrations of context sources (clause 5.11).
  SOURCES("SourceSubscription", "urn:plaza:source-subscription:");

  /// The type of its records.
  final String type;

  private final String prefix;

  Kind(String type, String prefix) {
    this.type = Names.PRIVATE + type;
    this.prefix = prefix;
  }

  /// Of its own, so that a subscription and an entity may have the same identifier.
  String entityId(String branch, String id) {
    return prefix + branch + ":" + id;
  }
}
