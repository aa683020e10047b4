package plaza.server.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.access.AccessSettings;
import plaza.access.AnonymousAccess;
import plaza.access.secret.HashCost;
import plaza.api.open311.Open311Settings;
import plaza.api.opendata.OpenDataSettings;
import plaza.graph.Refusal;
import plaza.ledger.Limits;
import plaza.outbound.mail.SmtpPost;
import plaza.programme.privacy.PrivacyRules;
import plaza.programme.sandbox.SandboxLimits;
import plaza.web.ForeignPages;

/// All that the server lets an operator decide, typed.
///
/// @param data the folder that holds everything
/// @param linkFolders links read files from these only
/// @param feedEntries how many entries of the feed are kept for consumers that fell behind
/// @param mail null when the city sends no e-mail
/// @param open311 who may report faults
/// @param privacy how long personal data are kept, and why
public record Settings(
    Path data,
    String cityName,
    ZoneId cityZone,
    Web web,
    AccessSettings access,
    boolean allowPrivateHosts,
    Set<String> privateHosts,
    List<Path> linkFolders,
    Limits limits,
    StoreSettings store,
    int feedEntries,
    NgsiLdSettings ngsiLd,
    SmtpPost.@Nullable Server mail,
    Open311Settings open311,
    OpenDataSettings openData,
    SandboxLimits sandboxes,
    PrivacyRules privacy,
    LogLevel logLevel,
    boolean accessLog) {

  /// @param port 0 for any free one
  /// @param publicUrl how people reach the server, without a slash at the end; empty when they
  ///   reach it as it is
  /// @param foreignPages whose pages may call it from a browser
  public record Web(
      String bind,
      int port,
      String publicUrl,
      ForeignPages foreignPages,
      boolean secureCookies,
      int headerBytes,
      int connections,
      Duration idle,
      Duration readTimeout,
      Duration grace) {}

  public enum LogLevel {
    DEBUG,
    INFO,
    WARNING,
    ERROR
  }

  static final Setting<Path> DATA =
      new Setting<>("data", Kind.PATH, "plaza-data", "the folder that holds everything");
  static final Setting<String> CITY_NAME =
      new Setting<>("city-name", Kind.TEXT, "Plaza", "what the pages call the city");
  static final Setting<ZoneId> CITY_ZONE =
      new Setting<>("city-zone", Kind.ZONE, "UTC", "the time zone of the pages");
  static final Setting<Integer> PORT =
      new Setting<>("port", Kind.whole(0, 65_535), "8080", "where to listen; 0 for any free port");
  static final Setting<String> BIND =
      new Setting<>("bind", Kind.TEXT, "127.0.0.1", "the address to listen on");
  static final Setting<String> PUBLIC_URL =
      new Setting<>(
          "public-url",
          Kind.TEXT,
          "",
          "how people reach this server, such as https://plaza.example.org");
  static final Setting<Set<String>> CORS_ORIGINS =
      new Setting<>(
          "cors-origins",
          Kind.NAMES,
          "",
          "origins whose web pages may call this server, such as https://map.example.org; * for all");
  static final Setting<Boolean> OPEN =
      new Setting<>(
          "open", Kind.FLAG, "false", "anybody may read and write everything; only on loopback");
  static final Setting<AnonymousAccess> ANONYMOUS =
      new Setting<>(
          "anonymous",
          Kind.oneOf(AnonymousAccess.class),
          "none",
          "what those may who have not signed in");
  static final Setting<Boolean> ALLOW_PRIVATE_HOSTS =
      new Setting<>(
          "allow-private-hosts",
          Kind.FLAG,
          "false",
          "links and notifications may call addresses that are not public");
  static final Setting<Set<String>> PRIVATE_HOSTS =
      new Setting<>(
          "private-hosts", Kind.NAMES, "", "hosts that may be called although they are private");
  static final Setting<Set<String>> LINK_FOLDERS =
      new Setting<>("link-folders", Kind.NAMES, "", "folders that links may read files from");
  static final Setting<Duration> SESSION_IDLE =
      new Setting<>("session.idle", Kind.DURATION, "2h", "how long a session lives unused");
  static final Setting<Duration> SESSION_LONGEST =
      new Setting<>("session.longest", Kind.DURATION, "24h", "how long a session lives at all");
  static final Setting<Integer> BATCH =
      new Setting<>(
          "limits.batch", Kind.whole(1, 1_000_000), "10000", "most entities in one batch");
  static final Setting<Integer> ATTRIBUTES =
      new Setting<>(
          "limits.attributes",
          Kind.whole(1, 1_000_000),
          "10000",
          "most attribute instances of one entity");
  static final Setting<Integer> PENDING =
      new Setting<>(
          "limits.pending-writes",
          Kind.whole(1, 1_000_000),
          "10000",
          "most writes that wait for the disk; more are answered 429");
  static final Setting<Integer> PAGE =
      new Setting<>("limits.page", Kind.whole(1, 100_000), "1000", "largest page of results");
  static final Setting<Integer> CANDIDATES =
      new Setting<>(
          "limits.candidates",
          Kind.whole(1, Integer.MAX_VALUE),
          "5000000",
          "most entities one query may look at");
  static final Setting<Integer> HEADER_BYTES =
      new Setting<>(
          "limits.header-bytes", Kind.whole(1_024, 1_048_576), "16384", "most bytes of headers");
  static final Setting<Integer> CONNECTIONS =
      new Setting<>(
          "limits.connections", Kind.whole(1, 1_000_000), "10000", "most open connections");
  static final Setting<Duration> IDLE =
      new Setting<>(
          "timeout.idle", Kind.DURATION, "5m", "after this an unused connection is closed");
  static final Setting<Duration> READ =
      new Setting<>(
          "timeout.read", Kind.DURATION, "60s", "how long a sender may pause within a request");
  static final Setting<Duration> GRACE =
      new Setting<>(
          "timeout.stop", Kind.DURATION, "10s", "how long requests may finish when stopping");
  static final Setting<Integer> FEED_ENTRIES =
      new Setting<>(
          "feed.entries",
          Kind.whole(1_000, Integer.MAX_VALUE),
          "1000000",
          "entries of the feed kept for consumers that fell behind");
  static final Setting<LogLevel> LOG_LEVEL =
      new Setting<>("log.level", Kind.oneOf(LogLevel.class), "info", "the least that is logged");
  static final Setting<Boolean> ACCESS_LOG =
      new Setting<>("log.access", Kind.FLAG, "false", "one line for every request");

  /// In the order in which they are shown.
  public static List<Setting<?>> all() {
    var all = new ArrayList<Setting<?>>(own());
    all.addAll(StoreSettings.all());
    all.addAll(NgsiLdSettings.all());
    all.addAll(PilotSettings.all());
    all.addAll(FaultSettings.all());
    all.addAll(PublicationSettings.all());
    all.addAll(MailSettings.all());
    all.addAll(PrivacySettings.all());
    return List.copyOf(all);
  }

  private static List<Setting<?>> own() {
    return List.of(
        DATA,
        CITY_NAME,
        CITY_ZONE,
        PORT,
        BIND,
        PUBLIC_URL,
        CORS_ORIGINS,
        OPEN,
        ANONYMOUS,
        ALLOW_PRIVATE_HOSTS,
        PRIVATE_HOSTS,
        LINK_FOLDERS,
        SESSION_IDLE,
        SESSION_LONGEST,
        BATCH,
        ATTRIBUTES,
        PENDING,
        PAGE,
        CANDIDATES,
        HEADER_BYTES,
        CONNECTIONS,
        IDLE,
        READ,
        GRACE,
        FEED_ENTRIES,
        LOG_LEVEL,
        ACCESS_LOG);
  }

  /// @throws Refusal.Invalid when settings contradict each other
  public static Settings of(Configuration from) {
    var open = from.get(OPEN) || from.get(ANONYMOUS) == AnonymousAccess.OPEN;
    var bind = from.get(BIND);
    if (open && !Loopback.is(bind))
      throw new Refusal.Invalid(
          "open is only for a loopback address such as 127.0.0.1, because anybody who reaches "
              + bind
              + " could change everything; leave it out, or listen on loopback");
    var publicUrl = from.get(PUBLIC_URL).replaceAll("/+$", "");
    if (!publicUrl.isEmpty() && !publicUrl.matches("https?://[^/\\s]+(/.*)?"))
      throw new Refusal.Invalid("public-url must begin with http:// or https://: " + publicUrl);
    return new Settings(
        from.get(DATA),
        from.get(CITY_NAME),
        from.get(CITY_ZONE),
        new Web(
            bind,
            from.get(PORT),
            publicUrl,
            new ForeignPages(from.get(CORS_ORIGINS)),
            publicUrl.startsWith("https:"),
            from.get(HEADER_BYTES),
            from.get(CONNECTIONS),
            from.get(IDLE),
            from.get(READ),
            from.get(GRACE)),
        new AccessSettings(
            open ? AnonymousAccess.OPEN : from.get(ANONYMOUS),
            HashCost.DEFAULT,
            from.get(SESSION_IDLE),
            from.get(SESSION_LONGEST),
            PilotSettings.namespaces(from),
            PilotSettings.inSandboxes(from)),
        from.get(ALLOW_PRIVATE_HOSTS),
        from.get(PRIVATE_HOSTS),
        from.get(LINK_FOLDERS).stream().map(Path::of).toList(),
        new Limits(
            from.get(BATCH),
            from.get(ATTRIBUTES),
            from.get(PENDING),
            from.get(PAGE),
            from.get(CANDIDATES)),
        StoreSettings.of(from),
        from.get(FEED_ENTRIES),
        NgsiLdSettings.of(from),
        MailSettings.of(from),
        FaultSettings.of(from, open),
        PublicationSettings.of(from, publicUrl),
        PilotSettings.sandboxes(from),
        PrivacySettings.of(from),
        from.get(LOG_LEVEL),
        from.get(ACCESS_LOG));
  }

  /// The same for another data folder and store.
  public Settings at(Path folder, StoreSettings otherStore) {
    return new Settings(
        folder,
        cityName,
        cityZone,
        web,
        access,
        allowPrivateHosts,
        privateHosts,
        linkFolders,
        limits,
        otherStore,
        feedEntries,
        ngsiLd,
        mail,
        open311,
        openData,
        sandboxes,
        privacy,
        logLevel,
        accessLog);
  }

  public boolean isOpen() {
    return access.anonymous() == AnonymousAccess.OPEN;
  }
}
