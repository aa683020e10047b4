package plaza.portal.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.web.Exchange;
import plaza.web.Right;
import plaza.web.Routes;

/// Style sheets and scripts, under names that change with their content, so that browsers keep them
/// for a year.
///
/// The islands are what Vite built; a build without them has pages without islands, which still
/// work.
public final class Assets {
  private static final String HOME = "/plaza/portal/";
  private static final String PATH = "/portal/assets/";
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  /// In the order in which they build on each other.
  private static final List<String> STYLES =
      List.of(
          "tokens",
          "base",
          "frame",
          "parts",
          "map",
          "mapcontrols",
          "timebar",
          "pages",
          "records",
          "needs",
          "measures",
          "places",
          "mayor");

  private final Map<String, Asset> made = new HashMap<>();
  private final Map<String, Optional<Asset>> built = new ConcurrentHashMap<>();
  private final Map<String, Island> islands;
  private final String style;
  private final String htmx;
  private final String icon;

  /// What a page needs for one island.
  ///
  /// @param script path of its module
  /// @param styles paths of its style sheets
  public record Island(String script, List<String> styles) {
    public Island {
      styles = List.copyOf(styles);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // bytes on their way out; never compared
  private record Asset(byte[] plain, byte @Nullable [] zipped, String contentType) {}

  public Assets() {
    var css = new StringBuilder();
    for (var name : STYLES) css.append(text(required("style/" + name + ".css")));
    style = make("plaza", "css", css.toString().getBytes(StandardCharsets.UTF_8));
    htmx = make("htmx", "js", resource(htmxInItsJar()));
    icon = make("plaza", "svg", required("style/plaza.svg"));
    islands = islands();
  }

  public String style() {
    return style;
  }

  public String htmx() {
    return htmx;
  }

  public String icon() {
    return icon;
  }

  /// Empty when the islands were not built.
  public Optional<Island> island(String name) {
    return Optional.ofNullable(islands.get(name));
  }

  public Routes routes(Routes routes) {
    return routes.get(PATH + "{file}", Right.anyone(), this::send);
  }

  private void send(Exchange exchange) {
    var name = exchange.parameter("file");
    var asset = made.get(name);
    if (asset == null && name.matches("[\\w-]+(\\.[\\w-]+)+"))
      asset = built.computeIfAbsent(name, Assets::load).orElse(null);
    if (asset == null) throw new Refusal.NotFound("there is no file " + exchange.path());
    exchange.setHeader("Cache-Control", FOR_EVER);
    exchange.setHeader("X-Content-Type-Options", "nosniff");
    exchange.setHeader("Vary", "Accept-Encoding");
    var zipped = asset.zipped;
    if (zipped != null && acceptsGzip(exchange)) {
      exchange.setHeader("Content-Encoding", "gzip").send(200, asset.contentType, zipped);
    } else {
      exchange.send(200, asset.contentType, asset.plain);
    }
  }

  public static boolean acceptsGzip(Exchange exchange) {
    return exchange.header("Accept-Encoding").orElse("").contains("gzip");
  }

  public static byte[] gzip(byte[] plain) {
    var out = new ByteArrayOutputStream(plain.length / 3 + 64);
    try (var zip = new GZIPOutputStream(out)) {
      zip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /// Web jars have their version in the path.
  private static String htmxInItsJar() {
    var about = text(resource("/META-INF/maven/org.webjars.npm/htmx.org/pom.properties"));
    var version =
        about
            .lines()
            .filter(line -> line.startsWith("version="))
            .map(line -> line.substring("version=".length()).strip())
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("the htmx jar does not say its version"));
    return "/META-INF/resources/webjars/htmx.org/" + version + "/dist/htmx.min.js";
  }

  private String make(String name, String ending, byte[] content) {
    var file = name + "-" + hash(content) + "." + ending;
    made.put(file, asset(file, content));
    return PATH + file;
  }

  private static Asset asset(String file, byte[] content) {
    return new Asset(content, content.length < 600 ? null : gzip(content), contentType(file));
  }

  private static Optional<Asset> load(String file) {
    var content = find(HOME + "islands/" + file);
    return content.map(bytes -> asset(file, bytes));
  }

  /// Vite's manifest: which files an entry needs, those of what it imports included.
  private static Map<String, Island> islands() {
    var manifest = find(HOME + "islands/manifest.json");
    if (manifest.isEmpty()) return Map.of();
    var chunks = ((Value.Struct) Json.parse(manifest.get())).members();
    var islands = new HashMap<String, Island>();
    chunks.forEach((name, chunk) -> {
      var members = ((Value.Struct) chunk).members();
      if (!(members.get("isEntry") instanceof Value.Flag(boolean entry)) || !entry) return;
      var styles = new LinkedHashSet<String>();
      styles(chunks, name, styles, new LinkedHashSet<>());
      var file = ((Value.Text) members.getOrDefault("file", Value.of(""))).text();
      var island = name.substring(name.lastIndexOf('/') + 1, name.lastIndexOf('.'));
      islands.put(island, new Island(PATH + file, new ArrayList<>(styles)));
    });
    return islands;
  }

  private static void styles(
      Map<String, Value> chunks, String name, Set<String> styles, Set<String> seen) {
    if (!seen.add(name) || !(chunks.get(name) instanceof Value.Struct(var members))) return;
    for (var style : texts(members.get("css"))) styles.add(PATH + style);
    for (var imported : texts(members.get("imports"))) styles(chunks, imported, styles, seen);
  }

  private static List<String> texts(@Nullable Value value) {
    return value instanceof Value.Items(var items)
        ? items.stream().map(item -> ((Value.Text) item).text()).toList()
        : List.of();
  }

  private static String contentType(String file) {
    var ending = file.substring(file.lastIndexOf('.') + 1);
    return switch (ending) {
      case "js", "mjs" -> "text/javascript; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "svg" -> "image/svg+xml";
      default -> "application/octet-stream";
    };
  }

  private static byte[] required(String name) {
    return resource(HOME + name);
  }

  private static byte[] resource(String path) {
    return find(path).orElseThrow(() -> new IllegalStateException(path + " was not built in"));
  }

  private static Optional<byte[]> find(String path) {
    try (var in = Assets.class.getResourceAsStream(path)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private static String hash(byte[] content) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(content))
          .substring(0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
