package plaza.programme.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import plaza.graph.Address;
import plaza.graph.change.Change;
import plaza.graph.change.Edit;
import plaza.graph.change.Write;
import plaza.graph.query.Query;
import plaza.ledger.Feed;
import plaza.ledger.Ledger;
import plaza.ledger.Reader;
import plaza.ledger.store.FeedEntry;
import plaza.programme.pilot.GrantBinding;
import plaza.programme.pilot.Namespace;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Engine;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Kind;

/// The entities that are pilots' own: follows every pilot and service, so that what may be done
/// with them is what the record says, whatever crashes; and takes them away when their time is up.
public final class Namespaces {
  private static final Set<String> SERVED =
      Set.of("DRAFT", "LIVE", "SUSPENDED", "RENEWAL_DUE", "SUNSETTING");
  private static final int AT_ONCE = 1_000;
  private final Engine engine;
  private final Ledger ledger;
  private final Reader reader;
  private final GrantBinding binding;

  public Namespaces(Engine engine, Ledger ledger, Reader reader, GrantBinding binding) {
    this.engine = engine;
    this.ledger = ledger;
    this.reader = reader;
    this.binding = binding;
  }

  public Feed.Following follow(Feed feed, List<Address> tenants) {
    var start = feed.head();
    for (var address : tenants)
      for (var kind : List.of(Kind.PILOT, Kind.SERVICE))
        for (var record : engine.dossiers().list(address, kind)) apply(address, record);
    return feed.watch(
        "programme.namespaces",
        start,
        entries -> {
          for (var entry : entries) take(entry);
          return List.of();
        });
  }

  private void take(FeedEntry entry) {
    if (!entry.layer().isMain()) return;
    var address = Address.tenant(entry.layer().tenant());
    for (var change : entry.changes())
      for (var kind : List.of(Kind.PILOT, Kind.SERVICE))
        if (change.entity().is(kind.type()) && change.kind() != Change.Kind.DELETED)
          // As it is now, not as it was: a late entry must not undo what came after it.
          engine
              .dossiers()
              .find(address, kind, change.entity().id())
              .ifPresent(record -> apply(address, record));
  }

  private void apply(Address address, Dossier record) {
    if (record.kind() == Kind.PILOT)
      Namespace.of(record).ifPresent(own -> binding.apply(address, own));
    else
      record
          .findText("pilot")
          .flatMap(id -> engine.dossiers().find(address, Kind.PILOT, id))
          .flatMap(pilot -> Namespace.of(record, pilot))
          .ifPresent(own -> binding.apply(address, own));
  }

  /// Takes away the entities of pilots whose time for it has come. Their history stays, as with any
  /// deletion: what was measured by it can be measured again.
  ///
  /// @return what was done
  public List<String> tick(Address address) {
    var done = new ArrayList<String>();
    for (var state : List.of("STOPPED", "CLOSED", "SCALED"))
      for (var pilot :
          engine.dossiers().list(address, Kind.PILOT, List.of(new Having("state", state))))
        if (isDue(address, pilot)) done.add(remove(address, pilot));
    return done;
  }

  private boolean isDue(Address address, Dossier pilot) {
    return pilot.has("namespace")
        && pilot.findMoment("namespaceUntil").filter(engine.now()::isAfter).isPresent()
        && !pilot.has("namespaceRemovedAt")
        && engine
            .dossiers()
            .list(address, Kind.SERVICE, List.of(new Having("pilot", pilot.id())))
            .stream()
            .noneMatch(service -> SERVED.contains(service.state()));
  }

  private String remove(Address address, Dossier pilot) {
    int removed = 0;
    for (var ids = ids(address, pilot); !ids.isEmpty(); ids = ids(address, pilot)) {
      ledger.write(
          Dossiers.PROGRAMME,
          Write.each(address, ids.stream().<Edit>map(Edit.Delete::new).toList()));
      removed += ids.size();
    }
    engine.run(
        Caller.plaza(address, "clock"),
        work -> {
          var gone = work.get(Kind.PILOT, pilot.id()).with("namespaceRemovedAt", work.now());
          return work.done(gone, "removeNamespace");
        });
    return pilot.id() + " lost its own " + removed + " entities";
  }

  private List<String> ids(Address address, Dossier pilot) {
    var ids = new ArrayList<String>();
    for (var type : types(address, pilot)) {
      reader.each(
          Dossiers.PROGRAMME,
          address,
          Query.type(type),
          entity -> {
            ids.add(entity.id());
            return ids.size() < AT_ONCE;
          });
      if (!ids.isEmpty()) return ids;
    }
    return ids;
  }

  private Set<String> types(Address address, Dossier pilot) {
    return reader.types(Dossiers.PROGRAMME, address).stream()
        .filter(type -> type.startsWith(pilot.text("namespace")))
        .collect(Collectors.toSet());
  }
}
