package plaza.links.poll;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import plaza.graph.Refusal;

/// Reads to the end, but no more than a limit, and unpacks gzip wherever it meets it.
final class Unpacked {
  private Unpacked() {}

  static byte[] read(InputStream in, int maxBytes, String source) throws IOException {
    var bytes = atMost(in, maxBytes, source);
    // Twice: a .gz file may be packed once more on its way.
    for (int i = 0; i < 2 && isGzip(bytes); i++)
      try (var packed = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
        bytes = atMost(packed, maxBytes, source);
      }
    return bytes;
  }

  private static byte[] atMost(InputStream in, int maxBytes, String source) throws IOException {
    var bytes = in.readNBytes(maxBytes);
    if (bytes.length == maxBytes && in.read() >= 0)
      throw new Refusal.TooLarge(
          source + " has more than " + maxBytes + " bytes; raise the link's maxBytes if it may");
    return bytes;
  }

  private static boolean isGzip(byte[] bytes) {
    return bytes.length > 2 && bytes[0] == (byte) 0x1f && bytes[1] == (byte) 0x8b;
  }
}
