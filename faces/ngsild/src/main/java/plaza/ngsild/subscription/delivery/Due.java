package plaza.ngsild.subscription.delivery;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import plaza.ledger.store.FeedEntry;
import plaza.ledger.store.Position;

/// Something a lane has to tell: some changes of one entry of the feed.
///
/// @param part tells apart what one entry leads to, when it is told in several messages
/// @param changes which of the entry's changes
/// @param entry null when it must be read from the feed
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Due(Position position, int part, int[] changes, @Nullable FeedEntry entry) {
  private static final HexFormat HEX = HexFormat.of();

  /// Sorts as the dues of a lane are to be told.
  String key() {
    return HEX.toHexDigits(position.number()) + HEX.toHexDigits((short) part);
  }

  boolean isAfter(Due other) {
    int order = position.compareTo(other.position);
    return order > 0 || (order == 0 && part > other.part);
  }

  byte[] bytes() {
    var bytes = ByteBuffer.allocate(changes.length * 2);
    for (int change : changes) bytes.putShort((short) change);
    return bytes.array();
  }

  static Due parse(String key, byte[] bytes) {
    var changes = new int[bytes.length / 2];
    var from = ByteBuffer.wrap(bytes);
    for (int i = 0; i < changes.length; i++) changes[i] = Short.toUnsignedInt(from.getShort());
    return new Due(
        new Position(HexFormat.fromHexDigitsToLong(key, 0, 16)),
        HexFormat.fromHexDigits(key, 16, 20),
        changes,
        null);
  }

  Due with(@Nullable FeedEntry newEntry) {
    return new Due(position, part, changes, newEntry);
  }
}
