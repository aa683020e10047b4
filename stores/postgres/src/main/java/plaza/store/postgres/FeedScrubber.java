package plaza.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import plaza.ledger.store.Erasure;
import plaza.ledger.store.FeedEntry;
import plaza.ledger.store.Layer;
import plaza.store.bytes.ByteWriter;
import plaza.store.bytes.EntityCodec;
import plaza.store.bytes.FeedCodec;

/// Takes out of the feed what it tells of the erased, within one transaction of the writing
/// session.
final class FeedScrubber {
  private static final int PAGE = 500;

  private final LayerBook layers;
  private final Erasures erasures;
  private final EntityCodec entities;
  private final FeedCodec codec;

  FeedScrubber(LayerBook layers, Erasures erasures, EntityCodec entities, FeedCodec codec) {
    this.layers = layers;
    this.erasures = erasures;
    this.entities = entities;
    this.codec = codec;
  }

  private record Erased(Layer layer, String id, long at, Erasure erasure) {}

  void scrub(Connection session, long upTo) throws SQLException {
    session.setAutoCommit(false);
    var erased = erasedBetween(session, Tables.about(session, "scrubbed"), upTo);
    if (erased.isEmpty()) return;
    long last = erased.stream().mapToLong(Erased::at).max().orElseThrow();
    long from = 0;
    while (from >= 0) from = page(session, from, last, erased);
    Tables.setAbout(session, "scrubbed", upTo);
  }

  private List<Erased> erasedBetween(Connection session, long from, long upTo) throws SQLException {
    var erased = new ArrayList<Erased>();
    for (var layer : layers.all()) {
      if (!layer.isMain()) continue;
      erasures
          .all(session, layers.find(layer))
          .forEach((id, marks) -> {
            for (var mark : marks)
              if (mark.at() > from
                  && mark.at() <= upTo
                  && !(mark.erasure() instanceof Erasure.Instance))
                erased.add(new Erased(layer, id, mark.at(), mark.erasure()));
          });
    }
    return erased;
  }

  /// @return the last position looked at; -1 when there is no more
  private long page(Connection session, long after, long last, List<Erased> erased)
      throws SQLException {
    long reached = after;
    int found = 0;
    try (var statement =
        session.prepareStatement(
            """
            select position, body from feed where position > ? and position <= ?
            order by position limit ?\
            """)) {
      statement.setLong(1, after);
      statement.setLong(2, last);
      statement.setInt(3, PAGE);
      try (var rows = statement.executeQuery()) {
        for (; rows.next(); found++) {
          reached = rows.getLong(1);
          var entry = scrubbed(codec.read(reached, rows.getBytes(2)), erased);
          if (entry != null) replace(session, entry);
        }
      }
    }
    return found == PAGE ? reached : -1;
  }

  private static @Nullable FeedEntry scrubbed(FeedEntry before, List<Erased> erased) {
    var entry = before;
    for (var one : erased)
      if (entry.position().number() <= one.at && entry.layer().equals(one.layer))
        entry = entry.without(one.id, one.erasure);
    return entry.equals(before) ? null : entry;
  }

  private void replace(Connection session, FeedEntry entry) throws SQLException {
    var body = bytes(entry);
    try (var statement =
        session.prepareStatement("update feed set print = ?, body = ? where position = ?")) {
      statement.setInt(1, Prints.ofFeed(entry.position().number(), body));
      statement.setBytes(2, body);
      statement.setLong(3, entry.position().number());
      statement.executeUpdate();
    }
  }

  private byte[] bytes(FeedEntry entry) {
    var out = new ByteWriter(512);
    var state = new ByteWriter(512);
    codec.head(out, entry.at(), entry.layer(), entry.actor(), entry.changes().size());
    for (var change : entry.changes()) {
      entities.write(state.clear(), change.entity());
      codec.change(out, change, entry.at(), state, 0);
    }
    return out.toBytes();
  }
}
