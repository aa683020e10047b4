package plaza.links.kind;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// What tells a message from the other messages of its link, so that one that comes twice is stored
/// once.
public sealed interface Identity {
  /// The source numbers its messages, or says none twice: one that is known is a duplicate.
  ///
  /// @param digest 64 bits of SHA-256
  record Certain(long digest) implements Identity {}

  /// The same words may be said again and mean it; but in a new session the source first repeats,
  /// in order, what it never heard acknowledged. So a message is a duplicate only as long as those
  /// of the session are the last ones that are known, word by word.
  ///
  /// @param session differs for every connection of the link
  /// @param early whether it came soon enough after the session began to be a repetition
  record WithinSession(long digest, long session, boolean early) implements Identity {}

  /// The source never repeats it.
  record Unrepeated() implements Identity {}

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
