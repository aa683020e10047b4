package plaza.links.kind;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// What tells a message from the other messages of its link, so that one that comes twice is stored
/// once.
public sealed interface Identity {
  /// 64 bits of SHA-256.
  long digest();

  /// The source numbers its messages, or none is ever said twice: one that is known is a duplicate.
  record Certain(long digest) implements Identity {}

  /// The same words may be said again and mean it; but after a reconnection the source repeats what
  /// it holds to be unacknowledged. So it is a duplicate only when it was known before the session
  /// began, and once per time it is known.
  ///
  /// @param session grows with every connection of the link
  record WithinSession(long digest, long session) implements Identity {}

  static long digest(byte[]... parts) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      for (var part : parts) {
        sha.update(ByteBuffer.allocate(4).putInt(part.length).array());
        sha.update(part);
      }
      return ByteBuffer.wrap(sha.digest()).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  static long digest(String topic, byte[] payload) {
    return digest(topic.getBytes(UTF_8), payload);
  }
}
