package plaza.ngsild.subscription;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.ledger.Actor;
import plaza.ledger.Notebook;
import plaza.ledger.store.Note;

/// What was made at sources and what they call it (clause 5.8.1.4), kept over restarts: noted
/// before a source is asked, so that nothing stays there that nobody here knows of.
final class Mappings {
  private static final String PREFIX = "copy.";
  private static final int AT_ONCE = 1_000;

  private final Notebook notebook;
  private final Map<Copies.Key, Mapping> known = new ConcurrentHashMap<>();

  /// @param id by which the source knows the subscription; empty as long as nobody knows whether it
  ///   was made
  record Mapping(String tenant, String registrationId, String id) {
    boolean isCertain() {
      return !id.isEmpty();
    }

    private byte[] bytes() {
      return String.join("\n", tenant, registrationId, id).getBytes(UTF_8);
    }

    private static Mapping of(byte[] bytes) {
      var lines = new String(bytes, UTF_8).split("\n", 3);
      return new Mapping(lines[0], lines[1], lines[2]);
    }
  }

  Mappings(Notebook notebook) {
    this.notebook = notebook;
    var after = PREFIX;
    List<Note> notes;
    do {
      notes = notebook.list(PREFIX, after, AT_ONCE);
      for (var note : notes) {
        after = note.key();
        var lane = note.key().substring(PREFIX.length());
        int dash = lane.lastIndexOf('-');
        var bytes = note.value();
        if (bytes != null)
          known.put(
              new Copies.Key(lane.substring(0, dash), lane.substring(dash + 1)), Mapping.of(bytes));
      }
    } while (notes.size() == AT_ONCE);
  }

  Optional<Mapping> find(Copies.Key key) {
    return Optional.ofNullable(known.get(key));
  }

  Map<Copies.Key, Mapping> all() {
    return Map.copyOf(known);
  }

  void keep(Copies.Key key, Mapping mapping) {
    if (mapping.equals(known.get(key))) return;
    note(key, mapping.tenant, mapping.bytes());
    known.put(key, mapping);
  }

  void forget(Copies.Key key) {
    var gone = known.get(key);
    if (gone == null) return;
    note(key, gone.tenant, null);
    known.remove(key);
  }

  private void note(Copies.Key key, String tenant, byte @Nullable [] bytes) {
    notebook.keep(Actor.SYSTEM, Address.tenant(tenant), List.of(new Note(PREFIX + key, bytes)));
  }
}
