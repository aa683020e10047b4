package plaza.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import plaza.store.bytes.Erased;
import plaza.store.bytes.FeedCodec;
import plaza.store.bytes.LayerBook;

/// Takes out of the feed what it tells of the erased, within one transaction of the writing
/// session.
final class FeedScrubber {
  private static final int PAGE = 500;

  private final LayerBook layers;
  private final Erasures erasures;
  private final FeedCodec codec;

  FeedScrubber(LayerBook layers, Erasures erasures, FeedCodec codec) {
    this.layers = layers;
    this.erasures = erasures;
    this.codec = codec;
  }

  void scrub(Connection session, long upTo) throws SQLException {
    session.setAutoCommit(false);
    var erased = new Erased(codec, Tables.about(session, "scrubbed"), upTo);
    for (var layer : layers.all())
      if (layer.isMain()) erased.add(layer, erasures.all(session, layers.find(layer)));
    if (erased.isEmpty()) return;
    long from = 0;
    while (from >= 0) from = page(session, from, erased);
    Tables.setAbout(session, "scrubbed", upTo);
  }

  /// @return the last position looked at; -1 when there is no more
  private static long page(Connection session, long after, Erased erased) throws SQLException {
    long reached = after;
    int found = 0;
    try (var statement =
        session.prepareStatement(
            """
            select position, body from feed where position > ? and position <= ?
            order by position limit ?\
            """)) {
      statement.setLong(1, after);
      statement.setLong(2, erased.last());
      statement.setInt(3, PAGE);
      try (var rows = statement.executeQuery()) {
        for (; rows.next(); found++) {
          reached = rows.getLong(1);
          var scrubbed = erased.scrubbed(reached, rows.getBytes(2));
          if (scrubbed != null) replace(session, reached, scrubbed);
        }
      }
    }
    return found == PAGE ? reached : -1;
  }

  private static void replace(Connection session, long position, byte[] body) throws SQLException {
    try (var statement =
        session.prepareStatement("update feed set print = ?, body = ? where position = ?")) {
      statement.setInt(1, Prints.ofFeed(position, body));
      statement.setBytes(2, body);
      statement.setLong(3, position);
      statement.executeUpdate();
    }
  }
}
