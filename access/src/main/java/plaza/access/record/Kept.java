package plaza.access.record;

import plaza.graph.Entity;

/// A record that is kept as an entity of the system tenant.
public interface Kept {
  /// URI
  String id();

  /// How it is kept; nothing secret in clear.
  Entity entity();
}
