package plaza.store.postgres;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.ledger.store.Recorded;
import plaza.ledger.store.Span;
import plaza.store.bytes.Dictionary;
import plaza.store.bytes.HistoryCodec;
import plaza.store.bytes.StoredRows;
import plaza.store.bytes.Times;

/// Reads the history of one attribute of one entity, some rows at a time.
final class HistoryReader implements StoredRows.Histories {
  private static final int PAGE = 2_000;

  private static final String FORWARD =
      """
      select event, position, index, body from history
      where layer = ? and attribute = ? and id = ? and event >= ? and event < ?
        and (event, position, index) > (?, ?, ?)
      order by event, position, index limit ?\
      """;
  private static final String BACKWARD =
      """
      select event, position, index, body from history
      where layer = ? and attribute = ? and id = ? and event >= ? and event < ?
        and (event, position, index) < (?, ?, ?)
      order by event desc, position desc, index desc limit ?\
      """;

  private final Readers readers;
  private final Dictionary names;
  private final HistoryCodec codec;

  HistoryReader(Readers readers, Dictionary names, HistoryCodec codec) {
    this.readers = readers;
    this.names = names;
    this.codec = codec;
  }

  /// Between two microseconds: what is earlier than this lies before the next one.
  static long ceiling(Instant at) {
    return Times.micros(at) + (at.getNano() % 1_000 == 0 ? 0 : 1);
  }

  static long from(Span span) {
    return span.from() == null ? Long.MIN_VALUE : ceiling(span.from());
  }

  static long until(Span span) {
    return span.until() == null ? Long.MAX_VALUE : ceiling(span.until());
  }

  @Override
  public List<Recorded> read(
      int layer, String id, String attribute, Span span, boolean newestFirst, int limit) {
    int number = names.find(attribute);
    if (number == Dictionary.UNKNOWN || limit <= 0) return List.of();
    // Who asks by another clock looks at everything: histories lie by event time.
    boolean bounded = span.clock() == Span.Clock.EVENT || span.clock() == Span.Clock.OBSERVED;
    var place =
        new Place(
            layer,
            number,
            id,
            attribute,
            bounded ? from(span) : Long.MIN_VALUE,
            bounded ? until(span) : Long.MAX_VALUE,
            newestFirst);
    var found = new ArrayList<Recorded>(Math.min(limit, 128));
    Recorded last = null;
    while (true) {
      int wanted = bounded ? Math.min(limit - found.size(), PAGE) : PAGE;
      var page = page(place, last, wanted);
      for (var one : page) {
        if (found.size() < limit && span.contains(one.attribute())) found.add(one);
        last = one;
      }
      if (page.size() < wanted || found.size() == limit) return found;
    }
  }

  private record Place(
      int layer,
      int attribute,
      String id,
      String name,
      long from,
      long until,
      boolean newestFirst) {}

  private List<Recorded> page(Place place, @Nullable Recorded last, int limit) {
    long edge = place.newestFirst ? Long.MAX_VALUE : Long.MIN_VALUE;
    return readers.ask(
        "reading the history of " + place.name + " of " + place.id,
        session -> {
          try (var statement = session.prepareStatement(place.newestFirst ? BACKWARD : FORWARD)) {
            statement.setInt(1, place.layer);
            statement.setInt(2, place.attribute);
            statement.setString(3, place.id);
            statement.setLong(4, place.from);
            statement.setLong(5, place.until);
            statement.setLong(6, last == null ? edge : Times.eventMicros(last.attribute()));
            statement.setLong(7, last == null ? edge : last.position().number());
            statement.setInt(8, last == null ? 0 : last.index());
            statement.setInt(9, limit);
            try (var rows = statement.executeQuery()) {
              var page = new ArrayList<Recorded>(Math.min(limit, 128));
              while (rows.next())
                page.add(
                    codec.single(
                        rows.getBytes(4),
                        place.name,
                        rows.getLong(1),
                        rows.getLong(2),
                        rows.getInt(3)));
              return page;
            }
          }
        });
  }

  @Override
  public Optional<Recorded> find(int layer, String id, String attribute, Recorded.Place place) {
    int number = names.find(attribute);
    if (number == Dictionary.UNKNOWN) return Optional.empty();
    long position = place.position().number();
    return readers.ask(
        "looking for an instance of " + attribute,
        session -> {
          try (var statement =
              session.prepareStatement(
                  """
                  select event, body from history
                  where layer = ? and attribute = ? and id = ? and position = ? and index = ?\
                  """)) {
            statement.setInt(1, layer);
            statement.setInt(2, number);
            statement.setString(3, id);
            statement.setLong(4, position);
            statement.setInt(5, place.index());
            try (var rows = statement.executeQuery()) {
              return rows.next()
                  ? Optional.of(
                      codec.single(
                          rows.getBytes(2), attribute, rows.getLong(1), position, place.index()))
                  : Optional.empty();
            }
          }
        });
  }

  @Override
  public Set<String> attributes(int layer, String id) {
    return readers.ask(
        "reading what " + id + " ever had",
        session -> {
          try (var statement =
              session.prepareStatement("select attribute from known where layer = ? and id = ?")) {
            statement.setInt(1, layer);
            statement.setString(2, id);
            try (var rows = statement.executeQuery()) {
              var found = new HashSet<String>();
              while (rows.next()) found.add(names.name(rows.getInt(1)));
              return found;
            }
          }
        });
  }
}
