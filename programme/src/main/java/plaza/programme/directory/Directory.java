package plaza.programme.directory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.roaringbitmap.RoaringBitmap;
import plaza.graph.Address;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Kind;
import plaza.programme.record.RecordFeed;

/// Finds records of any kind in any city, from memory. An answer knows every write that was
/// acknowledged before it was asked.
public final class Directory implements RecordFeed.Listener {
  /// Too many to be listed, and shown with the record they belong to.
  private static final Set<Kind> KINDS =
      EnumSet.complementOf(
          EnumSet.of(
              Kind.SUPPORT,
              Kind.CONTEST,
              Kind.FOLLOW,
              Kind.NOTICE,
              Kind.WEBHOOK,
              Kind.CONFLICT_DECLARATION,
              Kind.TRANSITION_EVENT,
              Kind.CHAIN_HEAD));

  private final RecordFeed feed;
  private final Dossiers dossiers;
  private final Function<Dossier, Instant> due;
  private final Map<String, City> cities = new ConcurrentHashMap<>();

  private static final class City {
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final Map<Kind, Drawer> drawers = new EnumMap<>(Kind.class);

    City() {
      for (var kind : KINDS) drawers.put(kind, new Drawer());
    }

    Drawer drawer(Kind kind) {
      var drawer = drawers.get(kind);
      if (drawer == null)
        throw new IllegalArgumentException(kind.title() + " is not in the directory");
      return drawer;
    }
  }

  /// @param due when time may move a record next; [Instant#MAX] for never
  public Directory(RecordFeed feed, Dossiers dossiers, Function<Dossier, Instant> due) {
    this.feed = feed;
    this.dossiers = dossiers;
    this.due = due;
    feed.tell(this);
  }

  /// Whether records of a kind can be found here.
  public static boolean lists(Kind kind) {
    return KINDS.contains(kind);
  }

  @Override
  public Set<Kind> read() {
    return KINDS;
  }

  @Override
  public void take(String tenant, Dossier record, boolean gone) {
    var city = city(tenant);
    var at = due.apply(record);
    city.lock.writeLock().lock();
    try {
      var drawer = city.drawer(record.kind());
      if (gone) drawer.remove(record.id());
      else drawer.put(record, at.equals(Instant.MAX) ? Long.MAX_VALUE : at.toEpochMilli());
    } finally {
      city.lock.writeLock().unlock();
    }
  }

  private City city(String tenant) {
    return cities.computeIfAbsent(tenant, _ -> new City());
  }

  /// Records of a kind that are due by now: those that time may move.
  public List<String> due(Address address, Kind kind, Instant now) {
    feed.catchUp(address);
    var city = city(address.tenant());
    city.lock.readLock().lock();
    try {
      return city.drawer(kind).due(now.toEpochMilli());
    } finally {
      city.lock.readLock().unlock();
    }
  }

  /// One page of what is asked for and may be seen.
  public Found find(Address address, Kind kind, Clearance clearance, Ask ask) {
    feed.catchUp(address);
    var looked = new ArrayList<Looked>();
    for (var having : ask.having()) if (!isKept(having)) looked.add(look(address, kind, having));
    var ties = new ArrayList<Looked>();
    for (var tie : clearance.ties()) if (!isKept(tie)) ties.add(look(address, kind, tie));
    var city = city(address.tenant());
    if (ask.order() == Ask.Order.TITLE) sortNames(city, kind);
    city.lock.readLock().lock();
    try {
      var drawer = city.drawer(kind);
      var cleared = clearance.whole() ? drawer.all() : cleared(drawer, clearance, ties);
      var found = clearance.whole() ? drawer.all().clone() : drawer.open().clone();
      found.or(cleared);
      for (var having : ask.having()) narrow(drawer, found, cleared, having);
      for (var one : looked) found.and(one.in(drawer, cleared));
      if (!ask.words().isBlank()) drawer.index().narrow(found, ask.words());
      if (ask.near() != null) drawer.within(found, ask.near());
      return new Found(drawer.page(found, ask), found.getLongCardinality());
    } finally {
      city.lock.readLock().unlock();
    }
  }

  private static void sortNames(City city, Kind kind) {
    city.lock.readLock().lock();
    try {
      if (city.drawer(kind).hasNames()) return;
    } finally {
      city.lock.readLock().unlock();
    }
    city.lock.writeLock().lock();
    try {
      city.drawer(kind).sortNames();
    } finally {
      city.lock.writeLock().unlock();
    }
  }

  private static boolean isKept(Having having) {
    return having.field().equals("state")
        || having.field().equals("id")
        || Card.SHARED.contains(having.field());
  }

  private static void narrow(
      Drawer drawer, RoaringBitmap found, RoaringBitmap cleared, Having having) {
    switch (having.field()) {
      case "state" -> found.and(drawer.state(having.text()));
      case "id" -> found.and(one(drawer, having.text()));
      default -> {
        if (!Card.SHARED.contains(having.field())) return;
        var seen = RoaringBitmap.and(drawer.index().hidden(having), cleared);
        seen.or(drawer.index().shown(having));
        found.and(seen);
      }
    }
  }

  private static RoaringBitmap one(Drawer drawer, String id) {
    int number = drawer.number(id);
    return number < 0 ? new RoaringBitmap() : RoaringBitmap.bitmapOf(number);
  }

  private static RoaringBitmap cleared(Drawer drawer, Clearance clearance, List<Looked> ties) {
    var cleared = new RoaringBitmap();
    for (var tie : clearance.ties()) {
      if (tie.field().equals("id")) cleared.or(one(drawer, tie.text()));
      cleared.or(drawer.index().hidden(tie));
      cleared.or(drawer.index().shown(tie));
    }
    for (var tie : ties) cleared.or(tie.in(drawer, drawer.all()));
    return cleared;
  }

  /// Records found in the store, by a value that few have.
  private record Looked(List<String> shown, List<String> hidden) {
    RoaringBitmap in(Drawer drawer, RoaringBitmap cleared) {
      var found = numbers(drawer, hidden);
      found.and(cleared);
      found.or(numbers(drawer, shown));
      return found;
    }

    private static RoaringBitmap numbers(Drawer drawer, List<String> ids) {
      var numbers = new RoaringBitmap();
      for (var id : ids) {
        int number = drawer.number(id);
        if (number >= 0) numbers.add(number);
      }
      return numbers;
    }
  }

  private Looked look(Address address, Kind kind, Having having) {
    var shown = new ArrayList<String>();
    var hidden = new ArrayList<String>();
    dossiers.each(
        address,
        kind,
        List.of(having),
        record ->
            (kind.isSecret(having.field(), record.state()) ? hidden : shown).add(record.id()));
    return new Looked(shown, hidden);
  }
}
