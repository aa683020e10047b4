package plaza.ngsild.subscription;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.ledger.Actor;
import plaza.ledger.Notebook;
import plaza.ledger.store.Note;
import plaza.ngsild.source.Registration;
import plaza.ngsild.source.RegistrationParser;

/// What was made at sources and what they call it (clause 5.8.1.4), kept over restarts: noted
/// before a source is asked, so that nothing stays there that nobody here knows of. How to reach
/// the source stands with it: its registration may be gone before the copy is.
final class Mappings {
  private static final String PREFIX = "copy.";
  private static final int AT_ONCE = 1_000;

  private final Notebook notebook;
  private final Map<Copies.Key, Mapping> known = new ConcurrentHashMap<>();

  /// @param id by which the source knows the subscription; empty as long as nobody knows whether it
  ///   was made
  /// @param source how to reach it, also when it is registered no more; null in notes of before
  /// @param leaving when it was first tried in vain to take it away; null while it is to be there
  record Mapping(
      String tenant,
      String registrationId,
      String id,
      @Nullable Reach source,
      @Nullable Instant leaving) {
    /// @param document by [RegistrationParser#reach]
    /// @param context what it was registered with
    record Reach(Value.Struct document, Value context) {}

    static Mapping of(String tenant, Registration registration, String id) {
      var source = new Reach(RegistrationParser.reach(registration), registration.context());
      return new Mapping(tenant, registration.id(), id, source, null);
    }

    boolean isCertain() {
      return !id.isEmpty();
    }

    Mapping leavingSince(Instant moment) {
      return new Mapping(tenant, registrationId, id, source, moment);
    }

    /// The source, as it was registered last; empty when it was not noted.
    Optional<Registration> registration() {
      return Optional.ofNullable(source)
          .map(one -> RegistrationParser.farewell(registrationId, one.document(), one.context()));
    }

    private byte[] bytes() {
      var members = new LinkedHashMap<String, Value>();
      members.put("tenant", Value.of(tenant));
      members.put("registrationId", Value.of(registrationId));
      members.put("id", Value.of(id));
      if (source != null) {
        members.put("source", source.document());
        members.put("context", source.context());
      }
      if (leaving != null) members.put("leaving", Value.of(leaving.toString()));
      return Json.bytes(new Value.Struct(members));
    }

    private static Mapping of(byte[] bytes) {
      if (bytes[0] != '{') {
        // As notes were before sources stood in them.
        var lines = new String(bytes, UTF_8).split("\n", 3);
        return new Mapping(lines[0], lines[1], lines[2], null, null);
      }
      var members = ((Value.Struct) Json.parse(bytes)).members();
      var source =
          members.get("source") instanceof Value.Struct document
              ? new Reach(document, members.getOrDefault("context", Value.Null.VALUE))
              : null;
      return new Mapping(
          text(members, "tenant"),
          text(members, "registrationId"),
          text(members, "id"),
          source,
          members.containsKey("leaving") ? Instant.parse(text(members, "leaving")) : null);
    }

    private static String text(Map<String, Value> members, String name) {
      return ((Value.Text) members.getOrDefault(name, Value.of(""))).text();
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

  /// Notes that what was made did not go when it was to go, unless that is noted.
  void leave(Copies.Key key, Instant now) {
    var mapping = known.get(key);
    if (mapping != null && mapping.leaving == null) keep(key, mapping.leavingSince(now));
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
