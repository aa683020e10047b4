package plaza.store.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.graph.Entity;
import plaza.graph.query.Query;
import plaza.ledger.store.Scan;
import plaza.store.bytes.Corrupt;
import plaza.store.bytes.FeedEnds;
import plaza.store.bytes.StoredRows;

/// Walks paths, some rows at a time, over the store as it was when the scan began: each page goes
/// on behind the last row of the one before.
final class Scans implements StoredRows.Scans {
  private static final int FIRST_PAGE = 24;
  private static final int PAGE = 500;

  private final Views views;
  private final SlotReader slots;
  private final Planner planner;
  private final FeedEnds feed;

  Scans(Views views, SlotReader slots, Planner planner, FeedEnds feed) {
    this.views = views;
    this.slots = slots;
    this.planner = planner;
    this.feed = feed;
  }

  @Override
  public Scan open(int layer, Query query, boolean gone) {
    return switch (planner.path(layer, query, gone)) {
      case AccessPath.Ids(var ids) -> slots.scan(layer, ids, gone);
      case AccessPath.Ranges(var ranges, boolean overlapping) ->
          ranges.isEmpty()
              ? Scan.of(List.<Entity>of().iterator())
              : new RangeScan(views.open(feed.head()), layer, ranges, overlapping);
      case AccessPath.Everything _ -> new StateScan(views.open(feed.head()), layer, gone);
    };
  }

  /// One page after another, found by [#more].
  private abstract static class Paged implements Scan {
    final Views.View view;
    private final Deque<Entity> page = new ArrayDeque<>();
    private boolean ended;
    private int size = FIRST_PAGE;

    Paged(Views.View view) {
      this.view = view;
    }

    /// Adds the next rows to the page.
    ///
    /// @return whether there may be more
    abstract boolean more(Deque<Entity> into, int limit);

    @Override
    public boolean hasNext() {
      while (page.isEmpty() && !ended) {
        if (!more(page, size)) end();
        size = PAGE;
      }
      return !page.isEmpty();
    }

    @Override
    public Entity next() {
      if (!hasNext()) throw new NoSuchElementException();
      return page.removeFirst();
    }

    private void end() {
      if (ended) return;
      ended = true;
      view.close();
    }

    @Override
    public void close() {
      end();
      page.clear();
    }
  }

  /// All slots of a layer, in the order of ids.
  private final class StateScan extends Paged {
    private final int layer;
    private final boolean gone;
    private String last = "";

    StateScan(Views.View view, int layer, boolean gone) {
      super(view);
      this.layer = layer;
      this.gone = gone;
    }

    @Override
    boolean more(Deque<Entity> into, int limit) {
      var found = slots.after(view, layer, last, gone, limit);
      for (var slot : found) into.add(slot.entity());
      if (!found.isEmpty()) last = found.getLast().entity().id();
      return found.size() == limit;
    }
  }

  private final class RangeScan extends Paged {
    // The rows of a range come in the order of its index, and range after range: joining a function
    // with a limited subquery can only be done one by one.
    private static final String SQL =
        """
        select l.at, l.term, l.id, s.gone, s.body
        from (
          select r.at, l.term, l.id
          from unnest(?::bool[], ?::int4[], ?::int4[], ?::bytea[], ?::text[], ?::bytea[])
            with ordinality as r(gone, attribute, type, lowest, behind, until, at)
          cross join lateral (
            select t.term, t.id from lookup t
            where t.layer = ? and t.gone = r.gone and t.attribute = r.attribute
              and t.type = r.type and (t.term, t.id) > (r.lowest, r.behind) and t.term < r.until
            order by t.term, t.id limit ?) l
          limit ?) l
        left join state s on s.layer = ? and s.id = l.id
        order by l.at, l.term, l.id\
        """;

    private final int layer;
    private final List<AccessPath.Range> ranges;
    private final @Nullable Set<String> seen;
    // Where the last page ended.
    private int done;
    private byte @Nullable [] lastTerm;
    private String lastId = "";

    RangeScan(Views.View view, int layer, List<AccessPath.Range> ranges, boolean overlapping) {
      super(view);
      this.layer = layer;
      this.ranges = ranges;
      this.seen = overlapping ? new HashSet<>() : null;
    }

    @Override
    boolean more(Deque<Entity> into, int limit) {
      if (done == ranges.size()) return false;
      return view.ask("scanning the table lookup", session -> page(session, into, limit));
    }

    private boolean page(Connection session, Deque<Entity> into, int limit) throws SQLException {
      try (var statement = session.prepareStatement(SQL)) {
        bind(session, statement, limit);
        int found = 0;
        int at = 0;
        byte[] term = lastTerm;
        var id = lastId;
        try (var rows = statement.executeQuery()) {
          while (rows.next()) {
            found++;
            at = rows.getInt(1) - 1;
            term = rows.getBytes(2);
            id = rows.getString(3);
            if (seen != null && !seen.add(id)) continue;
            var body = rows.getBytes(5);
            if (body == null) throw new Corrupt("the table lookup names " + id);
            into.add(slots.slot(id, rows.getBoolean(4), body).entity());
          }
        }
        done += at;
        lastTerm = term;
        lastId = id;
        return found == limit;
      }
    }

    private void bind(Connection session, PreparedStatement statement, int limit)
        throws SQLException {
      var left = ranges.subList(done, ranges.size());
      int count = left.size();
      var gone = new Boolean[count];
      var attributes = new Integer[count];
      var types = new Integer[count];
      var lowest = new byte[count][];
      var behind = new String[count];
      var until = new byte[count][];
      for (int i = 0; i < count; i++) {
        var range = left.get(i);
        gone[i] = range.gone();
        attributes[i] = range.attribute();
        types[i] = range.type();
        lowest[i] = i == 0 && lastTerm != null ? lastTerm : range.from();
        behind[i] = i == 0 && lastTerm != null ? lastId : "";
        until[i] = range.until();
      }
      statement.setArray(1, session.createArrayOf("bool", gone));
      statement.setArray(2, session.createArrayOf("int4", attributes));
      statement.setArray(3, session.createArrayOf("int4", types));
      statement.setArray(4, session.createArrayOf("bytea", lowest));
      statement.setArray(5, session.createArrayOf("text", behind));
      statement.setArray(6, session.createArrayOf("bytea", until));
      statement.setInt(7, layer);
      statement.setInt(8, limit);
      statement.setInt(9, limit);
      statement.setInt(10, layer);
    }
  }
}
