package plaza.web;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.ServerResponseHeaders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/// Packs what is long and text, for those who can unpack it. Short API answers stay as they are:
/// packing them costs more time than sending them.
final class Packing {
  private static final int LONG_TEXT = 1_024;
  private static final int LONG_DATA = 16_384;

  private Packing() {}

  static byte[] packed(
      ServerRequestHeaders asked,
      ServerResponseHeaders answered,
      String contentType,
      byte[] bytes) {
    if (bytes.length <= LONG_TEXT
        || bytes.length <= threshold(contentType)
        || answered.contains(HeaderNames.CONTENT_ENCODING)) return bytes;
    answered.add(HeaderValues.create(HeaderNames.VARY, "Accept-Encoding"));
    if (!asked.contains(HeaderNames.ACCEPT_ENCODING)
        || !asked.get(HeaderNames.ACCEPT_ENCODING).get().contains("gzip")) return bytes;
    answered.set(HeaderNames.CONTENT_ENCODING, "gzip");
    var packed = new ByteArrayOutputStream(bytes.length / 4);
    try (var out = new GZIPOutputStream(packed, LONG_DATA)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return packed.toByteArray();
  }

  private static int threshold(String contentType) {
    if (contentType.startsWith("text/") || contentType.contains("javascript")) return LONG_TEXT;
    return contentType.contains("json") || contentType.contains("xml")
        ? LONG_DATA
        : Integer.MAX_VALUE;
  }
}
