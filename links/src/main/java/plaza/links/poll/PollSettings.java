package plaza.links.poll;

import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;
import plaza.links.kind.Settings;

/// What a poll link is told.
///
/// @param url where the table is; null when it is a file
/// @param file within a folder that Plaza may read; null when it has a URL
/// @param path JSON pointer (RFC 6901) to the array of rows; empty when the document is it
/// @param columns names of the columns when the CSV has no header line; else empty
/// @param sequence column that only grows, such as a number or a time; null compares whole rows
/// @param headers sent with each request, such as Authorization
/// @param timeout for one download
/// @param maxBytes unpacked
record PollSettings(
    @Nullable URI url,
    @Nullable Path file,
    Format format,
    String path,
    char separator,
    char quote,
    List<String> columns,
    Charset charset,
    @Nullable String sequence,
    Map<String, String> headers,
    Duration interval,
    Duration timeout,
    int maxBytes,
    int maxRows) {
  private static final Set<String> NAMES =
      Set.of(
          "url",
          "file",
          "format",
          "path",
          "separator",
          "quote",
          "columns",
          "charset",
          "sequence",
          "headers",
          "interval",
          "timeout",
          "maxBytes",
          "maxRows");
  private static final int MEBIBYTE = 1 << 20;
  private static final List<String> HOP_BY_HOP =
      List.of("host", "connection", "content-length", "expect", "upgrade");

  enum Format {
    CSV,
    JSON
  }

  /// @throws Refusal.Invalid naming the setting that is wrong
  static PollSettings of(Settings settings) {
    settings.requireOnly(NAMES);
    var url = settings.findText("url").map(PollSettings::url).orElse(null);
    var file = settings.findText("file").map(Path::of).orElse(null);
    if ((url == null) == (file == null))
      throw new Refusal.Invalid("a poll link needs either the setting 'url' or 'file'");
    var source = url == null ? String.valueOf(file) : String.valueOf(url.getPath());
    boolean looksLikeJson = source.matches(".*\\.(geo)?json(\\.gz)?");
    boolean json =
        settings
            .oneOf("format", List.of("csv", "json"), looksLikeJson ? "json" : "csv")
            .equals("json");
    return new PollSettings(
        url,
        file,
        json ? Format.JSON : Format.CSV,
        pointer(settings.text("path", "")),
        character(settings, "separator", ","),
        character(settings, "quote", "\""),
        settings.texts("columns"),
        charset(settings.text("charset", "UTF-8")),
        settings.findText("sequence").orElse(null),
        headers(settings.map("headers")),
        settings.duration(
            "interval", Duration.ofMillis(100), Duration.ofDays(7), Duration.ofMinutes(1)),
        settings.duration(
            "timeout", Duration.ofSeconds(1), Duration.ofMinutes(10), Duration.ofSeconds(60)),
        // Rows of CSV are read one by one; a JSON document is in memory as a whole, many times
        // larger.
        settings.whole("maxBytes", 1, 512 * MEBIBYTE, (json ? 16 : 64) * MEBIBYTE),
        settings.whole("maxRows", 1, 1_000_000, 200_000));
  }

  private static URI url(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new Refusal.Invalid("the setting 'url' is no URL: " + e.getMessage());
    }
  }

  private static String pointer(String path) {
    if (!path.isEmpty() && !path.startsWith("/"))
      throw new Refusal.Invalid(
          "the setting 'path' must be a JSON pointer such as /result/records, not '" + path + "'");
    return path;
  }

  private static char character(Settings settings, String name, String otherwise) {
    var text = settings.text(name, otherwise);
    if (text.length() != 1 || text.charAt(0) == '\n' || text.charAt(0) == '\r')
      throw new Refusal.Invalid(
          "the setting '" + name + "' must be one character, not '" + text + "'");
    return text.charAt(0);
  }

  private static Charset charset(String name) {
    try {
      var charset = Charset.forName(name);
      // Lines are found by their bytes before they are decoded.
      if (charset.newEncoder().encode(java.nio.CharBuffer.wrap("\n")).remaining() == 1)
        return charset;
    } catch (IllegalCharsetNameException
        | UnsupportedCharsetException
        | UnsupportedOperationException
        | java.nio.charset.CharacterCodingException _) {
      // The sentence below says all.
    }
    throw new Refusal.Invalid(
        "the setting 'charset' must be an encoding such as "
            + StandardCharsets.UTF_8
            + " or Big5, not '"
            + name
            + "'");
  }

  private static Map<String, String> headers(Map<String, String> headers) {
    headers.forEach((name, value) -> {
      if (!name.matches("[A-Za-z0-9-]{1,100}")
          || HOP_BY_HOP.contains(name.toLowerCase(java.util.Locale.ROOT)))
        throw new Refusal.Invalid("'" + name + "' is no header that a link can send");
      if (value.chars().anyMatch(c -> c < ' ' || c == 0x7f))
        throw new Refusal.Invalid("the header '" + name + "' must be one line of visible text");
    });
    return Map.copyOf(headers);
  }

  /// The file, or the URL without what may be secret in it.
  String source() {
    return url == null ? String.valueOf(file) : plain(url);
  }

  static String plain(URI url) {
    int port = url.getPort();
    return url.getScheme()
        + "://"
        + url.getHost()
        + (port < 0 ? "" : ":" + port)
        + (url.getPath() == null ? "" : url.getPath());
  }
}
