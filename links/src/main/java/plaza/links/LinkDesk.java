package plaza.links;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Entity;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.graph.change.Write;
import plaza.graph.query.Query;
import plaza.ledger.Actor;
import plaza.ledger.Ledger;
import plaza.ledger.Notebook;
import plaza.ledger.Reader;
import plaza.ledger.store.Note;
import plaza.links.inbox.DeadLetter;
import plaza.links.inbox.DurableInbox;
import plaza.links.kind.LinkKind;
import plaza.links.kind.Message;
import plaza.links.kind.Outside;
import plaza.links.kind.Settings;
import plaza.links.mapping.Mapping;
import plaza.links.mapping.MappingLimits;
import plaza.links.mapping.WatchedMapping;

/// Makes, runs and ends links. Thread-safe. Who may is asked by whoever calls it: definitions may
/// hold passwords and reach other systems, so only operators and data stewards should.
///
/// A link writes city data as the actor `urn:plaza:link:<name>`, without a room: the ledger refuses
/// it every type that a room owns, whatever its mapping says.
public final class LinkDesk implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(LinkDesk.class.getName());
  private static final Actor SELF = Actor.of("urn:plaza:links").through("links");
  private static final String SHOWN_SECRET = "***";
  private static final int NOTES_PER_READ = 10_000;

  private final Ledger ledger;
  private final Reader reader;
  private final Outside outside;
  private final MappingLimits limits;
  private final Map<String, LinkKind> kinds = new TreeMap<>();
  private final Map<String, Desk> desks = new ConcurrentHashMap<>();

  /// A link that exists.
  ///
  /// @param running null while it is paused
  private record Desk(
      LinkRecord record, Entity entity, DurableInbox inbox, @Nullable RunningLink running) {}

  public LinkDesk(
      Ledger ledger, Reader reader, List<LinkKind> kinds, Outside outside, MappingLimits limits) {
    this.ledger = ledger;
    this.reader = reader;
    this.outside = outside;
    this.limits = limits;
    for (var kind : kinds) this.kinds.put(kind.name(), kind);
  }

  /// The kinds on the class path.
  public static List<LinkKind> installedKinds() {
    return ServiceLoader.load(LinkKind.class).stream().map(ServiceLoader.Provider::get).toList();
  }

  /// Starts every link that is not paused. One that cannot start is reported and left out; the
  /// others go on.
  public synchronized void start() {
    var entities = new ArrayList<Entity>();
    reader.each(SELF, Address.SYSTEM, Query.type(LinkRecord.TYPE), entities::add);
    for (var entity : entities)
      try {
        open(LinkRecord.read(entity), entity);
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, entity.id() + " does not start", e);
      }
  }

  public List<String> kinds() {
    return List.copyOf(kinds.keySet());
  }

  /// Checks, stores and starts a link.
  ///
  /// @throws Refusal.Invalid when the definition breaks a rule; [Refusal.Forbidden] when it points
  ///   where Plaza may not go; [Refusal.AlreadyExists] when the name is taken
  public synchronized LinkStatus create(Actor actor, LinkDefinition definition) {
    check(definition);
    var record = new LinkRecord(definition, false, actor.id());
    ledger.write(
        actor.through("links"), Write.atomic(Address.SYSTEM, new Edit.Create(record.write())));
    return open(record, entity(definition.name()));
  }

  /// Puts another definition in place of the one of the same name; what was seen, and the dead
  /// letters, stay. A secret given as `***` stays as it was.
  public synchronized LinkStatus change(Actor actor, LinkDefinition definition) {
    var old = desk(definition.name()).record();
    var whole = definition.with(secretsKept(old.definition(), definition));
    check(whole);
    return put(actor, new LinkRecord(whole, old.paused(), old.createdBy()));
  }

  public synchronized LinkStatus pause(Actor actor, String name) {
    return put(actor, desk(name).record().paused(true));
  }

  public synchronized LinkStatus resume(Actor actor, String name) {
    return put(actor, desk(name).record().paused(false));
  }

  private LinkStatus put(Actor actor, LinkRecord record) {
    var name = record.definition().name();
    ledger.write(
        actor.through("links"), Write.atomic(Address.SYSTEM, new Edit.Put(record.write())));
    stop(desk(name));
    // The old one is known until the new one is: what fails between can be asked for again.
    return open(record, entity(name));
  }

  /// Ends a link and forgets what it remembered, its dead letters too. What it wrote stays.
  public synchronized void delete(Actor actor, String name) {
    var desk = desk(name);
    stop(desk);
    try {
      forget(actor, desk);
    } catch (RuntimeException e) {
      open(desk.record, desk.entity);
      throw e;
    }
    desks.remove(name);
  }

  private void forget(Actor actor, Desk desk) {
    var notebook = notebook(desk.record.definition());
    var gone = new Edit.Delete(desk.record.definition().id());
    var forgotten = new ArrayList<Note>();
    var after = "";
    while (true) {
      var page = notebook.list("", after, NOTES_PER_READ);
      if (page.isEmpty()) break;
      for (var note : page) forgotten.add(new Note(note.key(), null));
      after = page.getLast().key();
    }
    notebook.write(actor.through("links"), Write.atomic(Address.SYSTEM, gone), forgotten);
  }

  /// By name.
  public List<LinkStatus> list() {
    return desks.values().stream()
        .map(this::status)
        .sorted(Comparator.comparing(LinkStatus::id))
        .toList();
  }

  /// @throws Refusal.NotFound when there is no such link
  public LinkStatus get(String name) {
    return status(desk(name));
  }

  /// Dead letters of a link, oldest first.
  ///
  /// @param after the number after which to begin; 0 begins with the oldest
  public List<DeadLetter> deadLetters(String name, long after, int limit) {
    return desk(name).inbox.deadLetters(after, limit);
  }

  /// @throws Refusal.NotFound when the link has no such dead letter
  public DeadLetter deadLetter(String name, long number) {
    return desk(name)
        .inbox
        .deadLetter(number)
        .orElseThrow(() -> new Refusal.NotFound("link " + name + " has no dead letter " + number));
  }

  /// Tries dead letters again with the mapping as it is now.
  ///
  /// @return how many are stored now; the others stay, with their new reason
  public int replay(String name, List<Long> numbers) {
    return uninterrupted(() -> desk(name).inbox.replay(numbers));
  }

  public int replayAll(String name) {
    return uninterrupted(() -> desk(name).inbox.replayAll());
  }

  /// Throws dead letters away.
  ///
  /// @return how many there were
  public int discard(String name, List<Long> numbers) {
    return uninterrupted(() -> desk(name).inbox.discard(numbers));
  }

  public int discardAll(String name) {
    return uninterrupted(() -> desk(name).inbox.discardAll());
  }

  /// What a definition would make of a message, without writing anything.
  ///
  /// @throws Refusal when the definition or the message is wrong
  public List<Edit> tryOut(LinkDefinition definition, Message message) {
    return new Mapping(definition.mapping(), definition.vocabulary(), limits).edits(message);
  }

  private void check(LinkDefinition definition) {
    kind(definition).check(new Settings(definition.settings()), outside);
    mapping(definition);
  }

  private LinkKind kind(LinkDefinition definition) {
    var kind = kinds.get(definition.kind());
    if (kind == null)
      throw new Refusal.Invalid(
          "'" + definition.kind() + "' is no kind of link; there are " + kinds.keySet());
    return kind;
  }

  private WatchedMapping mapping(LinkDefinition definition) {
    return new WatchedMapping(new Mapping(definition.mapping(), definition.vocabulary(), limits));
  }

  private LinkStatus open(LinkRecord record, Entity entity) {
    var definition = record.definition();
    var kind = kind(definition);
    var inbox =
        new DurableInbox(
            Actor.of(definition.id()),
            Address.tenant(definition.tenant()),
            notebook(definition),
            mapping(definition),
            kind.remembered(new Settings(definition.settings())),
            definition.deadLetterLimit(),
            outside.clock());
    var running = record.paused() ? null : new RunningLink(definition, kind, inbox, outside);
    var desk = new Desk(record, entity, inbox, running);
    desks.put(definition.name(), desk);
    return status(desk);
  }

  private static void stop(Desk desk) {
    if (desk.running != null) desk.running.close();
  }

  private Notebook notebook(LinkDefinition definition) {
    return ledger.notebook("link." + definition.id());
  }

  private Entity entity(String name) {
    return reader.get(SELF, Address.SYSTEM, LinkDefinition.id(name));
  }

  private Desk desk(String name) {
    var desk = desks.get(name);
    if (desk == null) throw new Refusal.NotFound("there is no link '" + name + "'");
    return desk;
  }

  private LinkStatus status(Desk desk) {
    var definition = desk.record.definition();
    var running = desk.running;
    var now = outside.clock().instant();
    return new LinkStatus(
        definition.id(),
        definition.with(secretsHidden(definition)),
        desk.record.paused(),
        desk.record.createdBy(),
        desk.entity.createdAt(),
        LinkHealth.of(
            definition,
            desk.inbox,
            desk.record.paused(),
            running == null ? now : running.since(),
            now));
  }

  private Value.Struct secretsHidden(LinkDefinition definition) {
    var shown = new LinkedHashMap<>(definition.settings().members());
    for (var secret : kind(definition).secrets())
      shown.computeIfPresent(secret, (_, _) -> Value.of(SHOWN_SECRET));
    return new Value.Struct(shown);
  }

  private Value.Struct secretsKept(LinkDefinition old, LinkDefinition changed) {
    var kept = new LinkedHashMap<>(changed.settings().members());
    for (var secret : kind(changed).secrets()) {
      var known = old.settings().members().get(secret);
      if (Value.of(SHOWN_SECRET).equals(kept.get(secret)) && known != null) kept.put(secret, known);
    }
    return new Value.Struct(kept);
  }

  @FunctionalInterface
  private interface Counting {
    int count() throws InterruptedException;
  }

  private static int uninterrupted(Counting work) {
    try {
      return work.count();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal.Unavailable("interrupted before it was done; do it again");
    }
  }

  /// Stops all links; they go on where they were at the next start.
  @Override
  public synchronized void close() {
    desks.values().forEach(LinkDesk::stop);
    desks.clear();
  }
}
