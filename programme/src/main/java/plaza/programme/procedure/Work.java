package plaza.programme.procedure;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Ids;
import plaza.programme.record.Kind;

/// One command at work: what it has read and what it will write, all or nothing.
///
/// The write expects every dossier that was read one by one to be unchanged, so that a decision
/// holds for the records it was made on.
public final class Work {
  private final Caller caller;
  private final Instant now;
  private final Dossiers dossiers;
  private final Ids ids;
  private final Map<String, Dossier> before = new LinkedHashMap<>();
  private final Map<String, Dossier> listed = new LinkedHashMap<>();
  private final Map<String, Dossier> after = new LinkedHashMap<>();
  private final Set<String> removed = new LinkedHashSet<>();
  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, Value> answers = new LinkedHashMap<>();
  private final List<Runnable> afterwards = new ArrayList<>();

  /// What the audit chain will say of one thing that was done.
  ///
  /// @param words what lies beside it and can be erased
  record Entry(
      Kind kind,
      String id,
      String action,
      String from,
      String to,
      String role,
      Value.Struct more,
      Value.Struct words) {}

  Work(Caller caller, Instant now, Dossiers dossiers, Ids ids) {
    this.caller = caller;
    this.now = now;
    this.dossiers = dossiers;
    this.ids = ids;
  }

  public Caller caller() {
    return caller;
  }

  public Instant now() {
    return now;
  }

  public Ids ids() {
    return ids;
  }

  public Dossier get(Kind kind, String id) {
    return find(kind, id)
        .orElseThrow(() -> new Refusal.NotFound("there is no " + kind.title() + " " + id));
  }

  /// As it will be after what was done so far.
  public Optional<Dossier> find(Kind kind, String id) {
    if (removed.contains(id)) return Optional.empty();
    var changed = after.get(id);
    if (changed != null) return Optional.of(changed).filter(dossier -> dossier.kind() == kind);
    var read = before.get(id);
    if (read != null) return Optional.of(read).filter(dossier -> dossier.kind() == kind);
    var found = dossiers.find(caller.address(), kind, id);
    found.ifPresent(dossier -> before.put(id, dossier));
    return found;
  }

  /// Records with these field values, as they will be after what was done so far.
  public List<Dossier> list(Kind kind, Dossiers.Having... having) {
    var found = new LinkedHashMap<String, Dossier>();
    for (var dossier : dossiers.list(caller.address(), kind, List.of(having)))
      found.put(dossier.id(), dossier);
    found.values().forEach(dossier -> listed.putIfAbsent(dossier.id(), dossier));
    for (var changed : after.values())
      if (changed.kind() == kind)
        if (List.of(having).stream().allMatch(h -> matches(changed, h)))
          found.put(changed.id(), changed);
        else found.remove(changed.id());
    removed.forEach(found::remove);
    return List.copyOf(found.values());
  }

  private static boolean matches(Dossier dossier, Dossiers.Having having) {
    return having.field().equals("state")
        ? dossier.state().equals(having.text())
        : dossier.texts(having.field()).contains(having.text());
  }

  /// Writes a dossier with this command: a new one, or the next version of one read here.
  public void save(Dossier dossier) {
    var seen = listed.get(dossier.id());
    if (seen != null) before.putIfAbsent(dossier.id(), seen);
    if (dossier.version() > 0 && !before.containsKey(dossier.id()))
      throw new IllegalStateException(dossier.id() + " is changed without having been read");
    after.put(dossier.id(), dossier);
  }

  /// Ends a dossier read here that is no record of a procedure, such as a support taken back.
  public void remove(Dossier dossier) {
    after.remove(dossier.id());
    removed.add(dossier.id());
  }

  /// The id that somebody chose for a new record, or the next one.
  ///
  /// @throws Refusal.AlreadyExists when a record has the chosen one
  public String chosen(Kind kind, Optional<String> wanted) {
    var id = wanted.orElseGet(() -> ids.next(kind));
    if (find(kind, id).isPresent())
      throw new Refusal.AlreadyExists(id + " exists already; choose another slug");
    return id;
  }

  /// Writes a dossier and leaves a line in the audit chain for what was done to it.
  ///
  /// @return the dossier
  public Dossier done(Dossier dossier, String action) {
    return done(dossier, action, Value.Struct.EMPTY);
  }

  /// @param more what the line says besides
  public Dossier done(Dossier dossier, String action, Value.Struct more) {
    save(dossier);
    enter(dossier, action, more);
    return dossier;
  }

  /// Leaves a line in the audit chain for something that is no step of a procedure.
  public void enter(Dossier subject, String action, Value.Struct more) {
    enter(
        new Entry(
            subject.kind(),
            subject.id(),
            action,
            subject.state(),
            subject.state(),
            "",
            more,
            Value.Struct.EMPTY));
  }

  void enter(Entry entry) {
    entries.add(entry);
  }

  /// Tells the caller something once that is not kept, such as a new key.
  public void answer(String name, Value value) {
    answers.put(name, value);
  }

  /// Runs when the command is durable. Must be safe to run again: after a crash it is.
  public void afterwards(Runnable consequence) {
    afterwards.add(consequence);
  }

  Optional<Dossier> before(String id) {
    return Optional.ofNullable(before.get(id));
  }

  List<Entry> entries() {
    return entries;
  }

  Map<String, Value> answers() {
    return answers;
  }

  List<Runnable> afterwards() {
    return afterwards;
  }

  List<Dossier> changed() {
    return after.values().stream()
        .filter(dossier -> !dossier.equals(before.get(dossier.id())))
        .toList();
  }

  boolean isEmpty() {
    return changed().isEmpty() && removed.isEmpty() && entries.isEmpty();
  }

  List<Edit> edits() {
    var edits = new ArrayList<Edit>();
    var changed = changed();
    for (var dossier : changed) edits.addAll(Dossiers.edits(before.get(dossier.id()), dossier));
    for (var read : before.values())
      if (changed.stream().noneMatch(dossier -> dossier.id().equals(read.id())))
        edits.add(new Edit.Expect(read.id(), read.version()));
    removed.forEach(id -> edits.add(new Edit.Delete(id)));
    return edits;
  }
}
