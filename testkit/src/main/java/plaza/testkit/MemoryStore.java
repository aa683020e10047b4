package plaza.testkit;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Entity;
import plaza.graph.query.Query;
import plaza.graph.query.Selector;
import plaza.graph.query.TypeSelection;
import plaza.ledger.store.Commit;
import plaza.ledger.store.Erasure;
import plaza.ledger.store.FeedEntry;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Note;
import plaza.ledger.store.Position;
import plaza.ledger.store.Recorded;
import plaza.ledger.store.Scan;
import plaza.ledger.store.SeriesVisitor;
import plaza.ledger.store.Slot;
import plaza.ledger.store.Span;
import plaza.ledger.store.Store;
import plaza.ledger.store.StoreFailure;

/// The smallest correct engine: collections behind one lock. The oracle other engines are checked
/// against, and a quick store for tests.
public final class MemoryStore implements Store {
  private static final Comparator<Recorded> BY_TIME =
      Comparator.comparing((Recorded one) -> one.attribute().eventTime())
          .thenComparing(Recorded::position)
          .thenComparingInt(Recorded::index);

  private final Map<Layer, TreeMap<String, Slot>> slots = new HashMap<>();
  private final Map<Layer, TreeMap<String, TreeMap<String, List<Recorded>>>> histories =
      new HashMap<>();
  private final Map<Layer, TreeMap<String, List<Erasure>>> erased = new HashMap<>();
  private final List<Commit> revised = new ArrayList<>();
  private final List<FeedEntry> feed = new ArrayList<>();
  private final Map<String, TreeMap<String, byte[]>> notes = new HashMap<>();
  private Position trimmed = Position.START;
  private Position head = Position.START;

  @Override
  public synchronized void append(List<Commit> commits) {
    var position = head;
    if (commits.size() > 1 && commits.stream().anyMatch(one -> !one.revisions().isEmpty()))
      throw new StoreFailure("a commit that revises history must be appended alone");
    for (var commit : commits) {
      position = position.next();
      if (!commit.position().equals(position))
        throw new StoreFailure(
            "position " + commit.position().number() + " does not follow " + head.number());
    }
    commits.forEach(this::apply);
    head = position;
  }

  private void apply(Commit commit) {
    int index = 0;
    for (var step : commit.steps()) {
      var change = step.change();
      put(commit.layer(), step.after());
      for (var instance : change.recorded())
        histories
            .computeIfAbsent(commit.layer(), _ -> new TreeMap<>())
            .computeIfAbsent(change.entity().id(), _ -> new TreeMap<>())
            .computeIfAbsent(instance.name(), _ -> new ArrayList<>())
            .add(new Recorded(instance, commit.position(), index++));
    }
    commit.revisions().forEach(this::revise);
    if (!commit.revisions().isEmpty()) revised.add(commit);
    commit.shadows().forEach(shadow -> put(shadow.layer(), shadow.slot()));
    commit.kept().forEach(kept -> keep(kept.owner(), kept.notes()));
    feed.add(commit.entry());
  }

  private void revise(Commit.Revision revision) {
    var layer = revision.layer();
    var id = revision.entityId();
    slots.computeIfAbsent(layer, _ -> new TreeMap<>());
    if (revision.changesSlot()) {
      var after = revision.after();
      if (after == null) slots.computeIfAbsent(layer, _ -> new TreeMap<>()).remove(id);
      else put(layer, after);
    }
    var erasure = revision.erasure();
    if (erasure == null) return;
    var attributes =
        histories.getOrDefault(layer, new TreeMap<>()).getOrDefault(id, new TreeMap<>());
    attributes.values().forEach(instances -> instances.removeIf(erasure::covers));
    if (erasure instanceof Erasure.Instance(var old, var corrected) && corrected != null)
      histories
          .computeIfAbsent(layer, _ -> new TreeMap<>())
          .computeIfAbsent(id, _ -> new TreeMap<>())
          .computeIfAbsent(corrected.name(), _ -> new ArrayList<>())
          .add(new Recorded(corrected, old.position(), old.index()));
    attributes.values().removeIf(List::isEmpty);
    if (!layer.isMain())
      erased
          .computeIfAbsent(layer, _ -> new TreeMap<>())
          .computeIfAbsent(id, _ -> new ArrayList<>())
          .add(erasure);
  }

  private void put(Layer layer, Slot slot) {
    slots.computeIfAbsent(layer, _ -> new TreeMap<>()).put(slot.entity().id(), slot);
  }

  @Override
  public synchronized Position head() {
    return head;
  }

  @Override
  public synchronized Optional<Slot> find(Layer layer, String entityId) {
    return Optional.ofNullable(slots.getOrDefault(layer, new TreeMap<>()).get(entityId));
  }

  @Override
  public synchronized Map<String, Slot> findAll(Layer layer, Collection<String> entityIds) {
    var found = new LinkedHashMap<String, Slot>();
    for (var id : entityIds) find(layer, id).ifPresent(slot -> found.put(id, slot));
    return found;
  }

  @Override
  public synchronized Scan scan(Layer layer, Query query, boolean gone) {
    var entities = new ArrayList<Entity>();
    var type = onlyType(query);
    for (var slot : slots.getOrDefault(layer, new TreeMap<>()).values())
      if ((gone || slot instanceof Slot.Present) && (type == null || slot.entity().is(type)))
        entities.add(slot.entity());
    return Scan.of(entities.iterator());
  }

  /// The type that all candidates have; null when the query names none or several.
  private static @Nullable String onlyType(Query query) {
    return query.selectors().size() == 1
            && query.selectors().getFirst().types() instanceof TypeSelection.Is(var type)
        ? type
        : null;
  }

  @Override
  public synchronized OptionalLong count(Layer layer, Query query) {
    // Exact, as any engine's must be when it answers; and only for the question all can know.
    if (query.selectors().size() != 1
        || !query.equals(Query.of(query.selectors().getFirst()))
        || !(query.selectors().getFirst().types() instanceof TypeSelection.Is(var type))
        || !query.selectors().getFirst().equals(Selector.type(type))) return OptionalLong.empty();
    long count = 0;
    for (var slot : slots.getOrDefault(layer, new TreeMap<>()).values())
      if (slot instanceof Slot.Present(var entity) && entity.is(type)) count++;
    return OptionalLong.of(count);
  }

  @Override
  public synchronized Set<String> types(Layer layer) {
    var types = new TreeSet<String>();
    try (var all = scan(layer, Query.EVERYTHING, false)) {
      while (all.hasNext()) types.addAll(all.next().types());
    }
    return types;
  }

  @Override
  public synchronized Set<Layer> layers() {
    return Set.copyOf(slots.keySet());
  }

  @Override
  public synchronized List<Recorded> history(
      Layer layer, String entityId, String attribute, Span span, boolean newestFirst, int limit) {
    return histories
        .getOrDefault(layer, new TreeMap<>())
        .getOrDefault(entityId, new TreeMap<>())
        .getOrDefault(attribute, List.of())
        .stream()
        .filter(one -> span.contains(one.attribute()))
        .sorted(newestFirst ? BY_TIME.reversed() : BY_TIME)
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized Set<String> historyAttributes(Layer layer, String entityId) {
    return Set.copyOf(
        histories
            .getOrDefault(layer, new TreeMap<>())
            .getOrDefault(entityId, new TreeMap<>())
            .keySet());
  }

  @Override
  public synchronized Optional<Recorded> findRecorded(
      Layer layer, String entityId, String attribute, Recorded.Place place) {
    return history(layer, entityId, attribute, Span.ALWAYS, false, Integer.MAX_VALUE).stream()
        .filter(one -> one.index() == place.index() && one.position().equals(place.position()))
        .findFirst();
  }

  @Override
  public synchronized Predicate<Recorded> erased(Layer layer, String entityId) {
    var all =
        List.copyOf(erased.getOrDefault(layer, new TreeMap<>()).getOrDefault(entityId, List.of()));
    return one -> all.stream().anyMatch(erasure -> erasure.covers(one));
  }

  @Override
  public synchronized List<Due> due(Instant until, int limit) {
    var due = new ArrayList<Due>();
    slots.forEach((layer, byId) ->
        byId.forEach((id, slot) -> {
          var at = slot instanceof Slot.Present(var entity) ? entity.nextExpiry() : null;
          if (at != null && !at.isAfter(until)) due.add(new Due(layer, id, at));
        }));
    due.sort(Comparator.comparing(Due::at).thenComparing(Due::entityId));
    return List.copyOf(due.subList(0, Math.min(limit, due.size())));
  }

  @Override
  public synchronized boolean series(
      Layer layer, String attribute, Span span, SeriesVisitor visitor) {
    boolean all = true;
    for (var id : histories.getOrDefault(layer, new TreeMap<>()).keySet())
      all &= series(layer, id, attribute, span, visitor);
    return all;
  }

  @Override
  public synchronized boolean series(
      Layer layer, String entityId, String attribute, Span span, SeriesVisitor visitor) {
    var instances =
        history(layer, entityId, attribute, span, false, Integer.MAX_VALUE).stream()
            .map(Recorded::attribute)
            .toList();
    for (var one : instances)
      if (isPlainNumber(one)) visitor.reading(entityId, micros(one), number(one));
    return instances.stream()
        .allMatch(
            one -> one.deletedAt() != null || (isPlainNumber(one) && one.observedAt() != null));
  }

  private static boolean isPlainNumber(Attribute instance) {
    return instance.datasetId() == null
        && instance.deletedAt() == null
        && !Double.isNaN(number(instance));
  }

  private static double number(Attribute instance) {
    return instance.content() instanceof Content.Property(var value)
        ? value.asNumber()
        : Double.NaN;
  }

  private static long micros(Attribute instance) {
    var at = instance.eventTime();
    return at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000;
  }

  @Override
  public synchronized List<FeedEntry> feed(Position after, int limit) {
    return feed.stream().filter(e -> e.position().compareTo(after) > 0).limit(limit).toList();
  }

  @Override
  public synchronized Position feedStart() {
    return trimmed;
  }

  @Override
  public synchronized void trimFeed(Position wanted) {
    var upTo = wanted.compareTo(head) > 0 ? head : wanted;
    feed.removeIf(entry -> entry.position().compareTo(upTo) <= 0);
    if (upTo.compareTo(trimmed) > 0) trimmed = upTo;
  }

  @Override
  public synchronized void scrubFeed(Position upTo) {
    for (var commit : revised) {
      if (commit.position().compareTo(upTo) > 0) continue;
      for (var revision : commit.revisions()) {
        var erasure = revision.erasure();
        if (erasure == null || !revision.layer().isMain()) continue;
        feed.replaceAll(entry ->
            entry.layer().equals(revision.layer())
                    && entry.position().compareTo(commit.position()) <= 0
                ? entry.without(revision.entityId(), erasure)
                : entry);
      }
    }
  }

  @Override
  public synchronized void drop(Layer layer) {
    slots.remove(layer);
    histories.remove(layer);
    erased.remove(layer);
  }

  @Override
  public synchronized void keep(String owner, List<Note> kept) {
    var own = notes.computeIfAbsent(owner, _ -> new TreeMap<>());
    for (var note : kept) {
      var value = note.value();
      if (value == null) own.remove(note.key());
      else own.put(note.key(), value.clone());
    }
  }

  @Override
  public synchronized Optional<byte[]> note(String owner, String key) {
    return Optional.ofNullable(notes.getOrDefault(owner, new TreeMap<>()).get(key));
  }

  @Override
  public synchronized List<Note> notes(String owner, String prefix, String after, int limit) {
    return notes.getOrDefault(owner, new TreeMap<>()).tailMap(after, false).entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(prefix))
        .limit(limit)
        .map(entry -> new Note(entry.getKey(), entry.getValue()))
        .toList();
  }

  @Override
  public void backup(Path folder) {
    throw new StoreFailure("a memory store cannot be backed up; it ends with the process");
  }

  @Override
  public List<String> verify() {
    return List.of();
  }

  @Override
  public void close() {}
}
