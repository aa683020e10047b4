package plaza.web;

import io.helidon.http.Headers;
import io.helidon.http.encoding.ContentDecoder;
import io.helidon.http.encoding.ContentEncoder;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.http.encoding.ContentEncodingContextConfig;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/// Unpacks the bodies of requests that say `Content-Encoding: gzip`. How much may come out of one
/// is limited where it is read, by the same number as for all bodies. Answers are packed by
/// [Packing].
///
/// As the web framework's context of codings it lets every body through as it came: the framework
/// would answer another coding by a bare 400, where RFC 9110 §15.5.16 wants a 415.
public final class PackedBodies implements ContentEncodingContext {
  /// What RFC 7694 §3 has us say where another coding is refused.
  static final String TAKEN = "gzip";

  private static final Pattern COMMA = Pattern.compile(",");

  /// @param codings the values of `Content-Encoding`
  /// @throws UnknownCoding unless that is one gzip, or nothing
  static InputStream unpacked(List<String> codings, InputStream packed) throws IOException {
    var applied =
        codings.stream()
            .flatMap(COMMA::splitAsStream)
            .map(coding -> coding.strip().toLowerCase(Locale.ROOT))
            .filter(coding -> !coding.isEmpty() && !coding.equals("identity"))
            .toList();
    if (applied.isEmpty()) return packed;
    if (applied.equals(List.of("gzip")) || applied.equals(List.of("x-gzip")))
      return new GZIPInputStream(packed, 8_192);
    throw new UnknownCoding(String.join(", ", applied));
  }

  /// Status 415.
  static final class UnknownCoding extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownCoding(String codings) {
      super(
          "a body may be packed once, by gzip, or not at all; Content-Encoding says '"
              + codings
              + "'",
          null,
          false,
          false);
    }
  }

  @Override
  public boolean contentEncodingEnabled() {
    return false;
  }

  @Override
  public boolean contentDecodingEnabled() {
    return true;
  }

  @Override
  public boolean contentEncodingSupported(String coding) {
    return false;
  }

  @Override
  public boolean contentDecodingSupported(String coding) {
    return true;
  }

  @Override
  public ContentEncoder encoder(String coding) {
    return ContentEncoder.NO_OP;
  }

  @Override
  public ContentDecoder decoder(String coding) {
    return ContentDecoder.NO_OP;
  }

  @Override
  public ContentEncoder encoder(Headers headers) {
    return ContentEncoder.NO_OP;
  }

  @Override
  public ContentEncodingContextConfig prototype() {
    return ContentEncodingContextConfig.builder()
        .contentEncodingsDiscoverServices(false)
        .buildPrototype();
  }
}
