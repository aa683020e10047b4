package plaza.programme.notice;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.ledger.Notebook;
import plaza.ledger.store.Note;
import plaza.outbound.WebCall;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Engine;
import plaza.programme.procedure.Outcome;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Fields;
import plaza.programme.record.Ids;
import plaza.programme.record.Kind;

/// Tells other systems of every public step, in order, each at least once, signed.
///
/// Each hook has its own place in the audit chain: one that is slow or dead holds up nobody. A call
/// is `POST` of a JSON document with `Plaza-Event` (the link's number, by which a repetition is
/// told) and `Plaza-Signature: t=…,v1=…`, HMAC-SHA256 over time, a dot and the body.
public final class Webhooks {
  private static final System.Logger LOG = System.getLogger(Webhooks.class.getName());
  private static final String PLACE = "hook.";
  private static final int LINKS_PER_ROUND = 100;
  private static final int MOST = 100;
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
  private final Engine engine;
  private final Dossiers dossiers;
  private final Notebook notebook;
  private final WebCall web;
  private final InstantSource clock;
  private final Map<String, Pause> pauses = new ConcurrentHashMap<>();

  private record Pause(Instant until, Duration length) {}

  public Webhooks(
      Engine engine, Dossiers dossiers, Notebook notebook, WebCall web, InstantSource clock) {
    this.engine = engine;
    this.dossiers = dossiers;
    this.notebook = notebook;
    this.web = web;
    this.clock = clock;
  }

  /// Opens a hook from `{url, kinds}`; answers the `secret` once. It is told what happens from now
  /// on.
  public Outcome open(Caller caller, Value.Struct json) {
    requireOffice(caller);
    var input = new Fields("a webhook", json);
    var url = input.uri("url");
    if (!url.matches("https?://.+")) throw input.wrong("url", "an http or https address");
    var kinds = input.texts("kinds", 50);
    for (var kind : kinds)
      if (Kind.find(kind).filter(Kind::isOpen).isEmpty())
        throw input.wrong("kinds", "kinds of public records such as Need or Pilot");
    input.done();
    return engine.run(
        caller,
        work -> {
          if (work.list(Kind.WEBHOOK).size() >= MOST)
            throw new Refusal.TooMany("a city may have at most " + MOST + " webhooks");
          var secret = work.ids().token();
          var fields = new HashMap<String, Value>();
          fields.put("url", Value.of(url));
          fields.put("kinds", Value.of(kinds));
          fields.put("secret", Value.of(secret));
          fields.put("openedBy", Value.of(caller.id()));
          fields.put("from", Value.of(head(caller.address())));
          var hook = Dossier.of(Kind.WEBHOOK, work.ids().next(Kind.WEBHOOK), Dossier.KEPT, fields);
          work.save(hook);
          work.answer("secret", Value.of(secret));
          return hook;
        });
  }

  public List<Value.Struct> list(Caller caller) {
    requireOffice(caller);
    return dossiers.list(caller.address(), Kind.WEBHOOK).stream()
        .map(hook -> shown(caller.address(), hook))
        .toList();
  }

  public Outcome close(Caller caller, String id) {
    requireOffice(caller);
    return engine.run(
        caller,
        work -> {
          var hook = work.get(Kind.WEBHOOK, id);
          work.remove(hook);
          return hook;
        });
  }

  /// Without the secret.
  public Value.Struct shown(Address address, Dossier hook) {
    var view = new LinkedHashMap<String, Value>();
    view.put("id", Value.of(hook.id()));
    view.put("url", Value.of(hook.text("url")));
    view.put("kinds", Value.of(hook.texts("kinds")));
    view.put("told", Value.of(place(hook)));
    var pause = pauses.get(hook.id());
    if (pause != null) view.put("pausedUntil", Value.of(pause.until().toString()));
    return new Value.Struct(view);
  }

  private void requireOffice(Caller caller) {
    var standing = engine.standing(caller);
    if (!standing.holds("pmo") && !standing.holds("admin"))
      throw caller.isSignedIn()
          ? new Refusal.Forbidden("webhooks are for the pmo and the admin")
          : new Refusal.Unauthenticated("webhooks are for the pmo and the admin; sign in");
  }

  /// Calls every hook that has something to be told.
  ///
  /// @return how many calls were answered well
  public int round(Address address) {
    int called = 0;
    for (var hook : dossiers.list(address, Kind.WEBHOOK)) called += follow(address, hook);
    return called;
  }

  private int follow(Address address, Dossier hook) {
    var pause = pauses.get(hook.id());
    if (pause != null && clock.instant().isBefore(pause.until())) return 0;
    long place = place(hook);
    int called = 0;
    for (int i = 0; i < LINKS_PER_ROUND; i++) {
      var link = link(address, place + 1);
      if (link.isEmpty()) break;
      if (concerns(hook, link.get()) && isPublic(address, link.get())) {
        if (!call(hook, link.get())) break;
        called++;
      }
      place++;
      notebook.keep(
          Dossiers.PROGRAMME.through("programme"),
          address,
          List.of(
              new Note(PLACE + hook.id(), Long.toString(place).getBytes(StandardCharsets.UTF_8))));
    }
    return called;
  }

  private static boolean concerns(Dossier hook, Dossier link) {
    return hook.texts("kinds").isEmpty() || hook.texts("kinds").contains(link.text("kind"));
  }

  /// What a page would show to anybody.
  private boolean isPublic(Address address, Dossier link) {
    return Kind.find(link.text("kind"))
        .filter(Kind::isOpen)
        .filter(kind -> !kind.isConcealed(link.text("to")))
        .flatMap(kind -> dossiers.find(address, kind, link.text("subject")))
        .filter(record -> !record.kind().isConcealed(record.state()))
        .isPresent();
  }

  private boolean call(Dossier hook, Dossier link) {
    var event = new LinkedHashMap<String, Value>();
    for (var name : List.of("number", "kind", "subject", "action", "from", "to", "at", "hash"))
      link.find(name).ifPresent(value -> event.put(name, value));
    var body = Json.text(new Value.Struct(event));
    var time = Long.toString(clock.instant().getEpochSecond());
    var headers =
        Map.of(
            "Content-Type",
            "application/json",
            "Plaza-Event",
            Long.toString(link.count("number")),
            "Plaza-Signature",
            "t=" + time + ",v1=" + sign(hook.text("secret"), time + "." + body));
    try {
      int status =
          web.post(URI.create(hook.text("url")), headers, body.getBytes(StandardCharsets.UTF_8));
      if (status >= 200 && status < 300) {
        pauses.remove(hook.id());
        return true;
      }
      pause(hook, "answered " + status);
    } catch (Refusal | IllegalArgumentException e) {
      // The other hooks are called all the same.
      pause(hook, String.valueOf(e.getMessage()));
    }
    return false;
  }

  private void pause(Dossier hook, String why) {
    LOG.log(System.Logger.Level.INFO, "Webhook " + hook.id() + " waits: " + why);
    var length =
        Optional.ofNullable(pauses.get(hook.id()))
            .map(pause -> pause.length().multipliedBy(2))
            .filter(longer -> longer.compareTo(LONGEST_PAUSE) < 0)
            .orElse(pauses.containsKey(hook.id()) ? LONGEST_PAUSE : Duration.ofSeconds(5));
    pauses.put(hook.id(), new Pause(clock.instant().plus(length), length));
  }

  /// HMAC-SHA256 (RFC 2104) in lower-case hexadecimal.
  static String sign(String secret, String text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  private long place(Dossier hook) {
    return notebook
        .find(PLACE + hook.id())
        .map(bytes -> Long.parseLong(new String(bytes, StandardCharsets.UTF_8)))
        .orElse(hook.count("from"));
  }

  private long head(Address address) {
    return dossiers.list(address, Kind.CHAIN_HEAD, List.<Having>of()).stream()
        .mapToLong(head -> head.count("number"))
        .max()
        .orElse(0);
  }

  private Optional<Dossier> link(Address address, long number) {
    return dossiers.find(
        address, Kind.TRANSITION_EVENT, Ids.id(Kind.TRANSITION_EVENT, "%010d".formatted(number)));
  }
}
