package plaza.store.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import plaza.ledger.store.SeriesVisitor;
import plaza.ledger.store.Span;
import plaza.store.bytes.StoredRows;

/// Reads the numbers of one attribute over many entities: bodies stay where they are.
final class SeriesReader implements StoredRows.Series {
  private static final int PAGE = 20_000;
  private static final int FIRST_ROOM = 128; // most series of one entity are short

  // From entity to entity, so that a short span of a long history is found by the index.
  private static final String OF_ALL =
      """
      select t.id, t.event, t.position, t.index, t.number, t.complete
      from (
        select layer, attribute, id from known
        where layer = ? and attribute = ? and id >= ? order by id) k
      cross join lateral (
        select h.id, h.event, h.position, h.index, h.number, h.complete from history h
        where h.layer = k.layer and h.attribute = k.attribute and h.id = k.id
          and h.event >= ? and h.event < ?
          and (h.id, h.event, h.position, h.index) > (?, ?, ?, ?)
        order by h.event, h.position, h.index limit ?) t
      limit ?\
      """;
  private static final String OF_ONE =
      """
      select id, event, position, index, number, complete from history
      where layer = ? and attribute = ? and id = ? and event >= ? and event < ?
        and (event, position, index) > (?, ?, ?)
      order by event, position, index limit ?\
      """;

  private final Readers readers;

  SeriesReader(Readers readers) {
    this.readers = readers;
  }

  /// A page of rows, column by column.
  private static final class Page {
    private String[] ids = new String[FIRST_ROOM];
    private long[] events = new long[FIRST_ROOM];
    private double[] numbers = new double[FIRST_ROOM];
    private boolean[] plain = new boolean[FIRST_ROOM];
    private int size;
    private boolean complete = true;
    private String lastId = "";
    private long lastEvent = Long.MIN_VALUE;
    private long lastPosition = Long.MIN_VALUE;
    private int lastIndex;

    void add(ResultSet row) throws SQLException {
      if (size == ids.length) grow(size * 2);
      var id = row.getString(1);
      if (id.equals(lastId)) id = lastId; // the same object for all readings of an entity
      ids[size] = id;
      lastId = id;
      lastEvent = row.getLong(2);
      lastPosition = row.getLong(3);
      lastIndex = row.getInt(4);
      events[size] = lastEvent;
      numbers[size] = row.getDouble(5);
      plain[size] = !row.wasNull();
      complete &= row.getBoolean(6);
      size++;
    }

    private void grow(int room) {
      ids = Arrays.copyOf(ids, room);
      events = Arrays.copyOf(events, room);
      numbers = Arrays.copyOf(numbers, room);
      plain = Arrays.copyOf(plain, room);
    }

    void tell(SeriesVisitor visitor) {
      for (int i = 0; i < size; i++) if (plain[i]) visitor.reading(ids[i], events[i], numbers[i]);
    }
  }

  @Override
  public boolean read(
      int layer, int attribute, @Nullable String id, Span span, SeriesVisitor visitor) {
    long from = HistoryReader.from(span);
    long until = HistoryReader.until(span);
    if (from >= until) return true;
    boolean complete = true;
    Page page = new Page();
    while (true) {
      var last = page;
      page =
          readers.ask(
              "reading a series",
              session ->
                  id == null
                      ? ofAll(session, layer, attribute, from, until, last)
                      : ofOne(session, layer, attribute, id, from, until, last));
      page.tell(visitor);
      complete &= page.complete;
      if (page.size < PAGE) return complete;
    }
  }

  private static Page ofAll(
      Connection session, int layer, int attribute, long from, long until, Page last)
      throws SQLException {
    try (var statement = session.prepareStatement(OF_ALL)) {
      statement.setInt(1, layer);
      statement.setInt(2, attribute);
      statement.setString(3, last.lastId);
      statement.setLong(4, from);
      statement.setLong(5, until);
      statement.setString(6, last.lastId);
      statement.setLong(7, last.lastEvent);
      statement.setLong(8, last.lastPosition);
      statement.setInt(9, last.lastIndex);
      statement.setInt(10, PAGE);
      statement.setInt(11, PAGE);
      return page(statement.executeQuery(), last);
    }
  }

  private static Page ofOne(
      Connection session, int layer, int attribute, String id, long from, long until, Page last)
      throws SQLException {
    try (var statement = session.prepareStatement(OF_ONE)) {
      statement.setInt(1, layer);
      statement.setInt(2, attribute);
      statement.setString(3, id);
      statement.setLong(4, from);
      statement.setLong(5, until);
      statement.setLong(6, last.lastEvent);
      statement.setLong(7, last.lastPosition);
      statement.setInt(8, last.lastIndex);
      statement.setInt(9, PAGE);
      return page(statement.executeQuery(), last);
    }
  }

  private static Page page(ResultSet found, Page last) throws SQLException {
    try (var rows = found) {
      var page = new Page();
      page.lastId = last.lastId;
      page.lastEvent = last.lastEvent;
      page.lastPosition = last.lastPosition;
      page.lastIndex = last.lastIndex;
      while (rows.next()) page.add(rows);
      return page;
    }
  }
}
