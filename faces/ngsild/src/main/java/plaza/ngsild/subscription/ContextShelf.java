package plaza.ngsild.subscription;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import plaza.graph.Address;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.ledger.Actor;
import plaza.ledger.Notebook;
import plaza.ledger.store.Note;
import plaza.ngsild.context.Context;
import plaza.ngsild.context.ContextUnavailable;
import plaza.ngsild.context.Contexts;

/// The contexts of subscriptions, as they were when they were subscribed with: a server elsewhere
/// that is down when this one starts must not silence anybody.
final class ContextShelf {
  private final Contexts contexts;
  private final Notebook notebook;

  ContextShelf(Contexts contexts, Notebook notebook) {
    this.contexts = contexts;
    this.notebook = notebook;
  }

  /// As [Contexts#of]; what was kept, when a part of it cannot be retrieved.
  Context of(Value source) {
    try {
      return contexts.of(source);
    } catch (ContextUnavailable unavailable) {
      var kept = notebook.find(key(source));
      if (kept.isEmpty()) throw unavailable;
      return contexts.of(Json.parse(kept.get()));
    }
  }

  /// Keeps what the context means now, when it names others by URL. Each context is kept once.
  void keep(Actor actor, Address address, Value source) {
    var resolved = contexts.resolved(source);
    if (resolved.equals(source) || notebook.find(key(source)).isPresent()) return;
    notebook.keep(actor, address, List.of(new Note(key(source), Json.bytes(resolved))));
  }

  private static String key(Value source) {
    return UUID.nameUUIDFromBytes(Json.text(source).getBytes(StandardCharsets.UTF_8)).toString();
  }
}
