package plaza.programme.invariant;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import plaza.graph.Entity;
import plaza.graph.Value;
import plaza.graph.change.Change;
import plaza.json.Json;
import plaza.ledger.store.FeedEntry;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Position;
import plaza.ledger.store.Store;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Kind;

/// The city's records as its store keeps them, brought up to date commit by commit from the store's
/// own feed. Nothing of the programme is asked: what is checked here was written, whoever let it.
final class Records {
  private static final Map<String, Kind> KINDS = new LinkedHashMap<>();

  static {
    for (var kind : Kind.values()) KINDS.put(kind.type(), kind);
  }

  private final Map<Kind, Map<String, Dossier>> byKind = new EnumMap<>(Kind.class);
  private final List<Link> chain = new ArrayList<>();

  /// What people may take back. Other records are never removed: one that is erased is written
  /// anew.
  private static final Set<Kind> REMOVABLE =
      Set.of(Kind.SUPPORT, Kind.FOLLOW, Kind.NOTICE, Kind.CONTEST);

  private Position seen = Position.START;

  /// A link of the audit chain.
  ///
  /// @param text all that it sealed
  record Link(
      long number,
      String id,
      String kind,
      String subject,
      String action,
      String from,
      String to,
      String role,
      String actor,
      Instant at,
      Value.Struct text) {
    static Link of(Dossier one) {
      return new Link(
          one.count("number"),
          one.id(),
          one.text("kind"),
          one.text("subject"),
          one.text("action"),
          one.findText("from").orElse(""),
          one.findText("to").orElse(""),
          one.findText("role").orElse(""),
          one.text("actor"),
          one.moment("at"),
          (Value.Struct) Json.parse(one.text("text")));
    }

    boolean is(Kind ofKind, String... actions) {
      return kind.equals(ofKind.title()) && List.of(actions).contains(action);
    }

    boolean moves() {
      return !from.equals(to);
    }

    @Override
    public String toString() {
      return "#" + number + " " + subject + " " + from + " " + action + " " + to + " by " + role;
    }
  }

  /// One record before and after a commit; null where it was not there.
  ///
  /// @param raw the entity as it lies in the graph now; null when it is gone
  record Changed(@Nullable Dossier before, @Nullable Dossier after, @Nullable Entity raw) {
    Kind kind() {
      return Objects.requireNonNull(after == null ? before : after).kind();
    }

    boolean is(Kind kind) {
      return kind() == kind;
    }
  }

  /// What one commit changed.
  record Moment(long number, Instant at, List<Changed> changes, List<Link> links) {
    boolean touches(Kind... kinds) {
      return changes.stream().anyMatch(one -> List.of(kinds).contains(one.kind()));
    }
  }

  /// Applies what was committed since the last look, and shows each commit when it is applied.
  void read(Store store, Consumer<Moment> watcher) {
    while (true) {
      var entries = store.feed(seen, 500);
      if (entries.isEmpty()) return;
      for (var entry : entries) {
        seen = entry.position();
        if (entry.layer().equals(Layer.of(SmallCity.HERE))) apply(entry, watcher);
      }
    }
  }

  /// Of an entity that several edits of a commit changed, only what it came to counts: nobody ever
  /// reads it between.
  private void apply(FeedEntry entry, Consumer<Moment> watcher) {
    var last = new LinkedHashMap<String, Change>();
    for (var change : entry.changes()) last.put(change.entity().id(), change);
    var changes = new ArrayList<Changed>();
    var links = new ArrayList<Link>();
    for (var change : last.values()) {
      var kind =
          change.entity().types().stream().map(KINDS::get).filter(Objects::nonNull).findFirst();
      if (kind.isEmpty()) continue;
      boolean gone = change.kind() == Change.Kind.DELETED;
      if (gone && !REMOVABLE.contains(kind.get())) continue;
      var after = gone ? null : Dossiers.dossier(kind.get(), change.entity());
      var all = byKind.computeIfAbsent(kind.get(), _ -> new LinkedHashMap<>());
      var before = gone ? all.remove(change.entity().id()) : all.put(change.entity().id(), after);
      changes.add(new Changed(before, after, gone ? null : change.entity()));
      if (kind.get() == Kind.TRANSITION_EVENT && after != null) links.add(Link.of(after));
    }
    chain.addAll(links);
    if (!changes.isEmpty())
      watcher.accept(new Moment(entry.position().number(), entry.at(), changes, links));
  }

  List<Link> chain() {
    return chain;
  }

  Collection<Dossier> all(Kind kind) {
    return byKind.getOrDefault(kind, Map.of()).values();
  }

  List<Dossier> all(Kind kind, String field, String text) {
    return all(kind).stream().filter(one -> one.texts(field).contains(text)).toList();
  }

  List<Dossier> in(Kind kind, String... states) {
    return all(kind).stream().filter(one -> one.is(states)).toList();
  }

  Optional<Dossier> find(Kind kind, String id) {
    return Optional.ofNullable(byKind.getOrDefault(kind, Map.of()).get(id));
  }

  Dossier get(Kind kind, String id) {
    return find(kind, id).orElseThrow(() -> new AssertionError("there is no " + id));
  }
}
