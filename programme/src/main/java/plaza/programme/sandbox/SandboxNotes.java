package plaza.programme.sandbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.ledger.Ledger;
import plaza.ledger.Notebook;
import plaza.ledger.store.Note;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Fields;

/// Keeps sandboxes as notes beside the graph. How far one has come is kept in the same commit as
/// the readings that brought it there, so that a crash neither loses nor repeats any.
final class SandboxNotes {
  private static final int PAGE = 100;
  private final Notebook notebook;

  SandboxNotes(Ledger ledger) {
    this.notebook = ledger.notebook("programme.sandboxes");
  }

  Notebook notebook() {
    return notebook;
  }

  List<Sandbox> all() {
    var all = new ArrayList<Sandbox>();
    for (var page = notebook.list("", "", PAGE);
        !page.isEmpty();
        page = notebook.list("", page.getLast().key(), PAGE))
      for (var note : page) if (note.value() != null) all.add(read(note.value()));
    return all;
  }

  void keep(Sandbox sandbox) {
    notebook.keep(Dossiers.PROGRAMME, sandbox.address().branch("main"), List.of(note(sandbox)));
  }

  void forget(Sandbox sandbox) {
    notebook.keep(
        Dossiers.PROGRAMME,
        sandbox.address().branch("main"),
        List.of(new Note(sandbox.key(), null)));
  }

  static Note note(Sandbox sandbox) {
    var members = new LinkedHashMap<String, Value>();
    members.put("tenant", Value.of(sandbox.tenant()));
    members.put("pilot", Value.of(sandbox.pilot()));
    members.put("name", Value.of(sandbox.name()));
    members.put("branch", Value.of(sandbox.branch()));
    members.put("types", Value.of(sandbox.types()));
    members.put("from", Value.of(sandbox.from().toString()));
    members.put("until", Value.of(sandbox.until().toString()));
    members.put("time", Value.of(sandbox.times().word()));
    members.put("speed", sandbox.speed().toValue());
    members.put("state", Value.of(sandbox.state().name()));
    members.put("position", Value.of(sandbox.position().toString()));
    members.put("done", Value.of(sandbox.done()));
    members.put("entities", Value.of(sandbox.entities()));
    members.put("readings", Value.of(sandbox.readings()));
    if (sandbox.because() != null) members.put("because", Value.of(sandbox.because()));
    members.put("openedAt", Value.of(sandbox.openedAt().toString()));
    members.put("openedBy", Value.of(sandbox.openedBy()));
    members.put("expiresAt", Value.of(sandbox.expiresAt().toString()));
    return new Note(sandbox.key(), Json.bytes(new Value.Struct(members)));
  }

  private static Sandbox read(byte[] bytes) {
    var fields = new Fields("a sandbox's note", (Value.Struct) Json.parse(bytes));
    return new Sandbox(
        fields.text("tenant", 100),
        fields.uri("pilot"),
        fields.text("name", 100),
        fields.text("branch", 100),
        fields.uris("types"),
        moment(fields, "from"),
        moment(fields, "until"),
        Times.of(fields.text("time", 20)),
        Speed.of(fields.find("speed").orElseThrow()),
        Sandbox.State.valueOf(fields.text("state", 20)),
        moment(fields, "position"),
        (int) fields.number("done"),
        (int) fields.number("entities"),
        (long) fields.number("readings"),
        fields.findText("because", 4_000).orElse(null),
        moment(fields, "openedAt"),
        fields.text("openedBy", 2_048),
        moment(fields, "expiresAt"));
  }

  private static Instant moment(Fields fields, String name) {
    return Instant.parse(fields.text(name, 40));
  }
}
