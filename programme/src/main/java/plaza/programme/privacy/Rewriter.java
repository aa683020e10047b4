package plaza.programme.privacy;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.graph.change.Write;
import plaza.json.Json;
import plaza.ledger.Actor;
import plaza.ledger.Ledger;
import plaza.ledger.Notebook;
import plaza.ledger.store.Note;
import plaza.programme.procedure.Engine;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Kind;

/// Changes records so that nobody can read what they were: history and feed are erased, then the
/// record is written anew. What it is to become is noted before, so that a crash between the two
/// loses nothing.
final class Rewriter {
  private static final String REWRITE = "rewrite ";
  private static final int MOST = 10_000;
  private static final Actor PROGRAMME = Dossiers.PROGRAMME.through("programme");
  private final Engine engine;
  private final Ledger ledger;
  private final Notebook notebook;

  Rewriter(Engine engine, Ledger ledger, Notebook notebook) {
    this.engine = engine;
    this.ledger = ledger;
    this.notebook = notebook;
  }

  /// How one record is changed.
  @FunctionalInterface
  interface Change {
    /// @return null to take the record out altogether
    @Nullable Dossier next(Dossier now);
  }

  /// Changes a record while no command runs.
  ///
  /// @return whether there was something to change
  boolean rewrite(Address address, Kind kind, String id, Change change) {
    return engine.alone(
        address,
        () -> {
          var now = engine.dossiers().find(address, kind, id);
          if (now.isEmpty()) return false;
          var next = change.next(now.get());
          if (now.get().equals(next)) return false;
          var job = job(now.get(), next);
          var note = new Note(key(address, id), Json.text(job).getBytes(StandardCharsets.UTF_8));
          notebook.keep(PROGRAMME, address, List.of(note));
          carryOut(address, job);
          return true;
        });
  }

  /// Ends what a crash left half done.
  void resume(Address address) {
    var prefix = REWRITE + address.tenant() + " ";
    for (var note : notebook.list(prefix, "", MOST)) {
      var job = (Value.Struct) Json.parse(Objects.requireNonNull(note.value()));
      engine.alone(
          address,
          () -> {
            carryOut(address, job);
            return true;
          });
    }
  }

  private static String key(Address address, String id) {
    return REWRITE + address.tenant() + " " + id;
  }

  private static Value.Struct job(Dossier now, @Nullable Dossier next) {
    var job = new LinkedHashMap<String, Value>();
    job.put("kind", Value.of(now.kind().title()));
    job.put("id", Value.of(now.id()));
    if (next == null) return new Value.Struct(job);
    var names = new TreeSet<>(now.fields().keySet());
    names.removeIf(name -> Objects.equals(now.fields().get(name), next.fields().get(name)));
    job.put("changed", Value.of(List.copyOf(names)));
    job.put("state", Value.of(next.state()));
    var fields = new LinkedHashMap<>(next.fields());
    var born = now.createdAt();
    if (born != null) fields.putIfAbsent(Dossiers.BORN, Value.of(born.toString()));
    job.put("fields", new Value.Struct(fields));
    return new Value.Struct(job);
  }

  private void carryOut(Address address, Value.Struct job) {
    var members = job.members();
    var id = text(members, "id");
    var done = List.of(new Note(key(address, id), null));
    if (!(members.get("fields") instanceof Value.Struct(var fields))) {
      erase(address, new Edit.EraseEvolution(id));
      notebook.keep(PROGRAMME, address, done);
      return;
    }
    var kind = Kind.find(text(members, "kind")).orElseThrow();
    var next = Dossier.of(kind, id, text(members, "state"), fields);
    var changed = next(members);
    // Nobody must meet a record without its title meanwhile; other fields may be missing.
    if (changed.contains("title")) {
      erase(address, new Edit.EraseEvolution(id));
      notebook.write(PROGRAMME, Write.atomic(address, Dossiers.edits(null, next)), done);
      return;
    }
    for (var field : changed)
      for (var name : names(field)) erase(address, new Edit.EraseAttribute(id, name, null, true));
    var left = Dossiers.fragment(next, changed);
    if (left.attributes().isEmpty()) notebook.keep(PROGRAMME, address, done);
    else notebook.write(PROGRAMME, Write.atomic(address, new Edit.Append(left, true, false)), done);
  }

  private static List<String> next(Map<String, Value> job) {
    return job.get("changed") instanceof Value.Items(var items)
        ? items.stream().map(item -> ((Value.Text) item).text()).toList()
        : List.of();
  }

  /// A field lies under one name while its record is concealed and under another afterwards.
  private static List<String> names(String field) {
    return field.equals("location")
        ? List.of(Names.PRIVATE + field, Names.LOCATION)
        : List.of(Names.PRIVATE + field, Names.PLAZA + field);
  }

  private void erase(Address address, Edit edit) {
    try {
      var _ = ledger.write(PROGRAMME, Write.atomic(address, edit));
    } catch (Refusal.NotFound _) {
      // It was erased before a crash, or never written under this name.
    }
  }

  private static String text(Map<String, Value> members, String name) {
    return ((Value.Text) Objects.requireNonNull(members.get(name))).text();
  }
}
