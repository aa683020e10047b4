package plaza.store.bytes;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.graph.query.Query;
import plaza.ledger.store.FeedEntry;
import plaza.ledger.store.Note;
import plaza.ledger.store.Position;
import plaza.ledger.store.Recorded;
import plaza.ledger.store.Scan;
import plaza.ledger.store.SeriesVisitor;
import plaza.ledger.store.Slot;
import plaza.ledger.store.Span;
import plaza.ledger.store.Store;

/// What an engine reads, each kind of row by a class of its own. They promise what [Store] says of
/// the method of that name, for layers and attributes that are known by their number.
public record StoredRows(
    Slots slots,
    Scans scans,
    Histories histories,
    Series series,
    Erasures erasures,
    Timers timers,
    Feed feed,
    Notes notes) {

  public interface Slots {
    Optional<Slot> find(int layer, String id);

    Map<String, Slot> findAll(int layer, Collection<String> ids);

    /// The entities of some ids, each looked up.
    default Scan scan(int layer, Collection<String> ids, boolean gone) {
      return Scan.of(
          findAll(layer, ids).values().stream()
              .filter(slot -> gone || slot instanceof Slot.Present)
              .map(Slot::entity)
              .iterator());
    }
  }

  public interface Scans {
    Scan open(int layer, Query query, boolean gone);
  }

  public interface Histories {
    List<Recorded> read(
        int layer, String id, String attribute, Span span, boolean newestFirst, int limit);

    Set<String> attributes(int layer, String id);

    Optional<Recorded> find(int layer, String id, String attribute, Recorded.Place place);
  }

  public interface Series {
    /// @param id of the one entity; null for all
    boolean read(int layer, int attribute, @Nullable String id, Span span, SeriesVisitor visitor);
  }

  public interface Erasures {
    List<Mark> of(int layer, String id);
  }

  public interface Timers {
    List<Store.Due> due(Instant until, int limit);
  }

  public interface Feed {
    List<FeedEntry> read(Position after, int limit);
  }

  public interface Notes {
    Optional<byte[]> find(String owner, String key);

    List<Note> list(String owner, String prefix, String after, int limit);
  }
}
