package plaza.web;

import io.helidon.http.encoding.ContentDecoder;
import io.helidon.http.encoding.ContentEncoder;
import io.helidon.http.encoding.ContentEncoding;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// Unpacks the bodies of requests that say `Content-Encoding: gzip`. How much may come out of one
/// is limited where it is read, by the same number as for all bodies. Answers are packed by
/// [Packing].
public final class PackedBodies implements ContentEncoding {
  @Override
  public Set<String> ids() {
    return Set.of("gzip", "x-gzip");
  }

  @Override
  public boolean supportsEncoding() {
    return false;
  }

  @Override
  public boolean supportsDecoding() {
    return true;
  }

  @Override
  public ContentDecoder decoder() {
    return Unpacked::new;
  }

  @Override
  public ContentEncoder encoder() {
    return ContentEncoder.NO_OP;
  }

  @Override
  public String name() {
    return "gzip";
  }

  @Override
  public String type() {
    return "gzip";
  }

  /// Begins to unpack with the first read, so that what is no gzip fails there, where a broken body
  /// is refused.
  private static final class Unpacked extends InputStream {
    private final InputStream packed;
    private @Nullable InputStream unpacked;

    Unpacked(InputStream packed) {
      this.packed = packed;
    }

    private InputStream unpacked() throws IOException {
      var known = unpacked;
      if (known == null) {
        known = new GZIPInputStream(packed, 8_192);
        unpacked = known;
      }
      return known;
    }

    @Override
    public int read() throws IOException {
      return unpacked().read();
    }

    @Override
    public int read(byte[] bytes, int at, int length) throws IOException {
      return unpacked().read(bytes, at, length);
    }

    @Override
    public void close() throws IOException {
      packed.close();
    }
  }
}
