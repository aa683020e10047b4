package plaza.graph;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// An entity's scopes as instances of their history (clause 4.5.6), and back.
public final class Scopes {
  private Scopes() {}

  /// What the history says when they changed at a moment.
  ///
  /// @param before said again when there are none now, as what was deleted
  public static Attribute changed(List<String> before, List<String> now, Instant at) {
    var instance =
        Attribute.of(Names.SCOPE, value(now.isEmpty() ? before : now), at).stamped(at, at);
    return now.isEmpty() ? instance.deleted(at) : instance;
  }

  private static Value value(List<String> scopes) {
    return scopes.size() == 1 ? Value.of(scopes.getFirst()) : Value.of(scopes);
  }

  /// What an instance of the history says; nothing when it tells of a deletion.
  public static List<String> of(Attribute instance) {
    if (instance.deletedAt() != null
        || !(instance.content() instanceof Content.Property(var value))) return List.of();
    var scopes = new ArrayList<String>();
    for (var one : value instanceof Value.Items(var items) ? items : List.of(value))
      if (one instanceof Value.Text(var scope)) scopes.add(scope);
    return scopes;
  }
}
